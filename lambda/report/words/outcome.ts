import { countBy, keysOf } from '../../connection/tables';
import type { Finding } from '../../judge/finding';
import {
  type ChangeRecord,
  isPutRight,
  isResting,
  isSettled,
  OUTCOMES,
  type Outcome,
  type OutcomeKind,
  type QuarantineReason,
} from '../../judge/outcome';
import { makeHarmless } from '../text/harmless';
import { explainManual } from './repair';
import { nameStop } from './stop';
import type { ValueWords } from './value-words';

/** A finding's outcome in a table's cell. */
export function nameEnding({
  outcome,
  stopped,
  quarantine,
}: Pick<Finding, 'outcome' | 'stopped'> & Partial<Pick<Finding, 'quarantine'>>): string {
  if (outcome === 'quarantined') return QUARANTINE_WORDS[quarantine ?? 'set_back'].name;
  return outcome === 'skipped_stopped' && stopped !== null ? nameStop(stopped) : OUTCOME_WORDS[outcome].name;
}

/** An outcome as the findings that have it are called: those that are quarantined may rest, or be set back. */
export function nameOutcome(outcome: Outcome, findings: readonly Finding[]): string {
  const ended = findings.filter((finding) => finding.outcome === outcome);
  const names = ended.map(({ quarantine }) => nameEnding({ outcome, stopped: null, quarantine }));
  return names.length === 0 ? nameEnding({ outcome, stopped: null }) : [...new Set(names)].sort().join(' or ');
}

/** What became of one repair, with all that is known of it. */
export function describeEnding(finding: Finding): string {
  const { unsafe } = finding;
  const words = [explainEnding(finding)];
  if (unsafe !== null) words.push(`Found when it was read again: ${explainManual(unsafe)}`);
  return [...words, ...describeCase(finding)].join(' ');
}

function explainEnding({ outcome, stopped, quarantine }: Finding): string {
  if (outcome === 'skipped_stopped' && stopped !== null) return `Not tried: ${nameStop(stopped)}.`;
  return outcome === 'quarantined'
    ? QUARANTINE_WORDS[quarantine ?? 'set_back'].explanation
    : OUTCOME_WORDS[outcome].explanation;
}

/** What is known of the one case: words of our own, then Auth0's where a connection rests because of them. */
export function describeCase(finding: Pick<Finding, 'outcome' | 'quarantine' | 'detail' | 'refusal'>): string[] {
  const { detail, refusal } = finding;
  return [
    ...(detail === null ? [] : [quoteDetail(detail)]),
    ...(refusal === null || !isResting(finding) ? [] : [`Auth0 said: ${makeHarmless(refusal, 400)}`]),
  ];
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
function listKeys(keys: readonly string[]): string {
  const shown = keys.slice(0, KEYS_SHOWN).map((key) => makeHarmless(key.replace(/^options\./, ''), 40));
  return [...shown, ...(keys.length > KEYS_SHOWN ? [`and ${keys.length - KEYS_SHOWN} more`] : [])].join(', ');
}

/** What else differs after a repair: where it was verified, options that Auth0 added, and others that it rewrote. */
export function describeAdditions({
  outcome,
  change,
  repair,
}: Pick<Finding, 'outcome' | 'change' | 'repair'>): readonly string[] {
  const fills =
    outcome !== 'remediated' || repair.action === 'manual'
      ? []
      : repair.fills.map((key) => `options.${key.split('.')[0]}`);
  const keys = change?.otherKeysChanged ?? [];
  const added = keys.filter((key) => fills.includes(key));
  const others = keys.filter((key) => !fills.includes(key));
  return [
    ...(added.length === 0 ? [] : [`Auth0 added what was missing: ${listKeys(added)}`]),
    ...(others.length === 0 ? [] : [`also different: ${listKeys(others)}`]),
  ];
}

const KEYS_SHOWN = 5;

/** What is said of each outcome. */
export const OUTCOME_WORDS: Readonly<Record<Outcome, ValueWords>> = {
  failed_verification: {
    name: 'NOT VERIFIED',
    explanation: 'FAILED VERIFICATION: something else changed too, or nobody can say what was written.',
    remedy:
      'See at once that people can log in through the connection. Compare the keys that the alert names in the Dashboard, and undo the run if needed.',
  },
  failed: {
    name: 'FAILED',
    explanation: 'The repair failed; nothing was changed.',
    remedy: 'Fix what the reason in the alert names. If the next run fails there too, set the value manually.',
  },
  skipped_stopped: {
    name: 'stopped',
    explanation: 'The run stopped writing before its turn came.',
    remedy: 'Do what the stop reason beside it asks.',
  },
  skipped_cap: {
    name: 'over cap',
    explanation: 'The plan is larger than this environment allows, so none of it was carried out.',
    remedy:
      'First find out why so many drifted at once; usually the policy changed. If the plan is right, raise the caps.',
  },
  skipped_incomplete: {
    name: 'incomplete',
    explanation: 'Not everything could be read, so nothing was written.',
    remedy: 'Do what the run error beside it asks. The next complete run repairs.',
  },
  quarantined: {
    name: 'quarantined',
    explanation: 'Not repaired for some days: something keeps setting it back, or Auth0 keeps refusing the repair.',
    remedy: 'Do what the quarantine reason beside it asks.',
  },
  skipped_conflict: {
    name: 'changed since',
    explanation: 'It is no longer what the plan was made for; nothing was written.',
    remedy: 'Nothing. The next run judges it again.',
  },
  skipped_unsafe: {
    name: 'manual',
    explanation: 'Needs a manual fix; nothing was written.',
    remedy: 'Do what the manual reason beside it asks.',
  },
  held: {
    name: 'held',
    explanation: 'A person undid an earlier repair, so it is held; nothing was written.',
    remedy: 'Change the rule, exempt the connection, or release the hold with `undo --release`.',
  },
  planned: {
    name: 'planned',
    explanation: 'Planned; nothing was written.',
    remedy: 'Fix it manually, or let an environment in mode remediate repair it.',
  },
  skipped_grace: {
    name: 'grace period',
    explanation: 'Its exemption expired a few days ago, so it is not repaired yet.',
    remedy: 'Renew the exemption with its owner, or let it go: after the grace days the connection is repaired.',
  },
  skipped_rule: {
    name: 'disabled',
    explanation: 'The rule disables repairs (`remediate: false`).',
    remedy: 'Fix it manually, or take `remediate: false` out of the rule.',
  },
  skipped_exempt: {
    name: 'exempt',
    explanation: 'Exempt, so never repaired.',
    remedy: 'Nothing until the exemption expires.',
  },
  remediated: {
    name: 'fixed',
    explanation: 'Fixed: written, read back and verified.',
    remedy: 'Nothing. `undo` puts the earlier value back.',
  },
  already_compliant: {
    name: 'already fixed',
    explanation: 'Someone else fixed it before its turn came; nothing was written.',
    remedy: 'Nothing.',
  },
  gone: {
    name: 'deleted',
    explanation: 'The connection was deleted after it was listed; nothing was written.',
    remedy: 'Nothing.',
  },
};

/** What to do about a connection that rests. */
export const RESTING_ADVICE =
  'Fix the cause at the identity provider or in the connection: a metadata address that does not answer, an old certificate. The auditor tries again 7 days after the last refusal, or when the value or its rule changes.';
/** Before the command that does it. */
export const RETRY_NOW = 'To try at once (shows every change that it would make, and asks first):';
const RESTING_REMEDY = `Read Auth0's words. ${RESTING_ADVICE} To try at once, run audit with --mode remediate and --retry NAME.`;

/** What is said of each reason for a quarantine. */
export const QUARANTINE_WORDS: Readonly<Record<QuarantineReason, ValueWords>> = {
  set_back: {
    name: 'quarantined',
    explanation: 'Repaired so often lately that something must keep setting it back; nothing was written.',
    remedy: 'Find out what sets it back (Terraform, a script, a person), and stop that or change the policy.',
  },
  refused: {
    name: 'resting',
    explanation: 'Auth0 refused the repair in several runs in a row, so it is not tried for some days.',
    remedy: RESTING_REMEDY,
  },
  refused_again: {
    name: 'refused again',
    explanation: 'Tried again in this run, and Auth0 refused the repair again; nothing was changed.',
    remedy: RESTING_REMEDY,
  },
};

/** Whether a finding is drift that is there and that somebody is allowed. */
export function isPermitted(finding: Finding): boolean {
  return isSettled(finding) && !isPutRight(finding.outcome);
}

type Ended = Pick<Finding, 'outcome'>;

/** The outcomes that some finding has, the worst first. */
export function outcomesOf(findings: readonly Ended[]): readonly Outcome[] {
  const found = new Set(findings.map(({ outcome }) => outcome));
  return keysOf(OUTCOMES).filter((outcome) => found.has(outcome));
}

/** The outcomes of a kind, the worst first. */
export function outcomesOfKind(kind: OutcomeKind): readonly Outcome[] {
  return keysOf(OUTCOMES).filter((outcome) => OUTCOMES[outcome].kind === kind);
}

/** How many findings have each outcome, zeros included: a consumer need not know which may be absent. */
export function countOutcomes(findings: readonly Ended[]): Readonly<Record<Outcome, number>> {
  return countBy(
    OUTCOMES,
    findings.map(({ outcome }) => outcome),
  );
}
