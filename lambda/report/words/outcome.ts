import type { Finding } from '../../judge/finding';
import { type ChangeRecord, isPutRight, isSettled, type Outcome } from '../../judge/outcome';
import { makeHarmless } from '../text/harmless';
import { explainManual } from './repair';
import { nameStop } from './stop';

/** A finding's outcome in a table's cell. */
export function nameEnding({ outcome, stopped }: Pick<Finding, 'outcome' | 'stopped'>): string {
  return outcome === 'skipped_stopped' && stopped !== null ? nameStop(stopped) : OUTCOMES[outcome].name;
}

/** What became of the repair, in words. `describeEnding` adds what is known of the one case. */
export function describeOutcome(outcome: Outcome): string {
  return OUTCOMES[outcome].description;
}

/** What became of one repair, with all that is known of it. */
export function describeEnding({ outcome, stopped, unsafe, detail }: Finding): string {
  const isStopped = outcome === 'skipped_stopped' && stopped !== null;
  const words = [isStopped ? `Not tried: ${nameStop(stopped)}.` : describeOutcome(outcome)];
  if (unsafe !== null) words.push(`Found when it was read again: ${explainManual(unsafe)}`);
  if (detail !== null) words.push(quoteDetail(detail));
  return words.join(' ');
}

/** The words are ours and may quote Auth0, which may quote anyone. */
export function quoteDetail(detail: string): string {
  return makeHarmless(detail, 700);
}

/** `not set -> on_first_login`: the raw values, as an undo would put them back. */
export function describeChange({ before, after }: ChangeRecord): string {
  return `${before ?? 'not set'} -> ${after ?? 'not set'}`;
}

/** The keys beside the setting, without the dots that a mail client could take for a host. */
export function listKeys(keys: readonly string[]): string {
  const shown = keys.slice(0, KEYS_SHOWN).map((key) => makeHarmless(key.replace(/^options\./, ''), 40));
  return [...shown, ...(keys.length > KEYS_SHOWN ? [`and ${keys.length - KEYS_SHOWN} more`] : [])].join(', ');
}

const KEYS_SHOWN = 5;

interface OutcomeWords {
  /** What a table's cell has room for. */
  readonly name: string;
  readonly description: string;
}

const OUTCOMES: Readonly<Record<Outcome, OutcomeWords>> = {
  failed_verification: {
    name: 'NOT VERIFIED',
    description: 'FAILED VERIFICATION: something else changed too, or nobody can say what was written.',
  },
  failed: { name: 'FAILED', description: 'The repair failed; nothing was changed.' },
  skipped_stopped: { name: 'stopped', description: 'The run stopped writing before its turn came.' },
  skipped_cap: {
    name: 'over cap',
    description: 'The plan is larger than this environment allows, so none of it was carried out.',
  },
  skipped_incomplete: { name: 'incomplete', description: 'Not everything could be read, so nothing was written.' },
  quarantined: {
    name: 'quarantined',
    description: 'Repaired so often lately that something must keep setting it back; nothing was written.',
  },
  skipped_conflict: {
    name: 'changed since',
    description: 'It is no longer what the plan was made for; nothing was written.',
  },
  skipped_unsafe: { name: 'for a person', description: 'Left to a person; nothing was written.' },
  held: { name: 'held', description: 'A person undid an earlier repair, so it is held; nothing was written.' },
  planned: { name: 'planned', description: 'Planned; nothing was written.' },
  skipped_grace: { name: 'in grace', description: 'Its exemption expired a few days ago, so it is not repaired yet.' },
  skipped_rule: { name: 'rule says no', description: 'The rule says not to repair it.' },
  skipped_exempt: { name: 'exempt', description: 'Exempt, so never repaired.' },
  remediated: { name: 'fixed', description: 'Fixed: written, and verified by what reads back.' },
  already_compliant: {
    name: 'right by now',
    description: 'Someone else put it right before its turn came; nothing was written.',
  },
  gone: { name: 'deleted', description: 'The connection was deleted after it was listed; nothing was written.' },
};

/** Whether a finding is drift that is there and that somebody is allowed. */
export function isPermitted(finding: Finding): boolean {
  return isSettled(finding) && !isPutRight(finding.outcome);
}

type Ended = Pick<Finding, 'outcome'>;

/** The outcomes that some finding has, the worst first. */
export function outcomesOf(findings: readonly Ended[]): readonly Outcome[] {
  return [...new Set(findings.map(({ outcome }) => outcome))].sort(
    (a, b) => WORST_FIRST.indexOf(a) - WORST_FIRST.indexOf(b),
  );
}

/** How many findings have each outcome, zeros included: a consumer need not know which may be absent. */
export function countOutcomes(findings: readonly Ended[]): Readonly<Record<Outcome, number>> {
  const counts = { ...NONE };
  for (const { outcome } of findings) counts[outcome] += 1;
  return counts;
}

/** Every outcome, in the order of how much it asks of a person, the most first. A new one must find its place. */
const NONE: Readonly<Record<Outcome, number>> = {
  failed_verification: 0,
  failed: 0,
  skipped_stopped: 0,
  skipped_cap: 0,
  skipped_incomplete: 0,
  quarantined: 0,
  skipped_conflict: 0,
  skipped_unsafe: 0,
  held: 0,
  planned: 0,
  skipped_grace: 0,
  skipped_rule: 0,
  skipped_exempt: 0,
  remediated: 0,
  already_compliant: 0,
  gone: 0,
};
const WORST_FIRST = Object.keys(NONE);
