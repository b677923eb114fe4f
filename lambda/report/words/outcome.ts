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

/** The outcome of a finding, for a table cell. */
export function nameEnding({
  outcome,
  stopped,
  quarantine,
}: Pick<Finding, 'outcome' | 'stopped'> & Partial<Pick<Finding, 'quarantine'>>): string {
  if (outcome === 'quarantined') return QUARANTINE_WORDS[quarantine ?? 'set_back'].name;
  return outcome === 'skipped_stopped' && stopped !== null ? nameStop(stopped) : OUTCOME_WORDS[outcome].name;
}

/** The name of an outcome over all its findings. Quarantined findings can have several names, one for each reason. */
export function nameOutcome(outcome: Outcome, findings: readonly Finding[]): string {
  const ended = findings.filter((finding) => finding.outcome === outcome);
  const names = ended.map(({ quarantine }) => nameEnding({ outcome, stopped: null, quarantine }));
  return names.length === 0 ? nameEnding({ outcome, stopped: null }) : [...new Set(names)].sort().join(' or ');
}

/** The result of one repair, with all known details. */
export function describeEnding(finding: Finding): string {
  const { unsafe } = finding;
  const words = [explainEnding(finding)];
  if (unsafe !== null) words.push(`The read before the write found this reason: ${explainManual(unsafe)}`);
  return [...words, ...describeCase(finding)].join(' ');
}

function explainEnding({ outcome, stopped, quarantine }: Finding): string {
  if (outcome === 'skipped_stopped' && stopped !== null)
    return `The auditor did not try this repair (${nameStop(stopped)}).`;
  return outcome === 'quarantined'
    ? QUARANTINE_WORDS[quarantine ?? 'set_back'].explanation
    : OUTCOME_WORDS[outcome].explanation;
}

/**
 * The details of one finding: the auditor's detail, then Auth0's message if the connection is paused after refusals.
 */
export function describeCase(finding: Pick<Finding, 'outcome' | 'quarantine' | 'detail' | 'refusal'>): string[] {
  const { detail, refusal } = finding;
  return [
    ...(detail === null ? [] : [quoteDetail(detail)]),
    ...(refusal === null || !isResting(finding) ? [] : [`Auth0's message: ${makeHarmless(refusal, 400)}`]),
  ];
}

/** A detail can quote Auth0's message, which can quote a foreign text. */
export function quoteDetail(detail: string): string {
  return makeHarmless(detail, 700);
}

/** `not set -> on_first_login`: the raw values, as an undo would restore them. */
export function describeChange({ before, after }: ChangeRecord): string {
  return `${before ?? 'not set'} -> ${after ?? 'not set'}`;
}

/** The keys next to the setting, without the dots that a mail client could turn into a link. */
function listKeys(keys: readonly string[]): string {
  const shown = keys.slice(0, KEYS_SHOWN).map((key) => makeHarmless(key.replace(/^options\./, ''), 40));
  return [...shown, ...(keys.length > KEYS_SHOWN ? [`and ${keys.length - KEYS_SHOWN} more`] : [])].join(', ');
}

/**
 * Other differences after a repair: after a verified repair, options that Auth0 added; and all other changed options.
 */
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
    ...(added.length === 0 ? [] : [`Auth0 added missing options: ${listKeys(added)}`]),
    ...(others.length === 0 ? [] : [`also changed: ${listKeys(others)}`]),
  ];
}

const KEYS_SHOWN = 5;

/** The texts of each outcome. */
export const OUTCOME_WORDS: Readonly<Record<Outcome, ValueWords>> = {
  failed_verification: {
    name: 'NOT VERIFIED',
    explanation: 'FAILED VERIFICATION: something else changed too, or it is unknown what was written.',
    remedy:
      'Check immediately that users can sign in through the connection. In the Dashboard, compare the keys that the alert names. Undo the run if needed.',
  },
  failed: {
    name: 'FAILED',
    explanation: 'The repair failed; nothing was changed.',
    remedy: 'Fix the reason that the alert names. If the repair fails in the next run too, set the value manually.',
  },
  skipped_stopped: {
    name: 'stopped',
    explanation: 'The run stopped writing before it reached this repair.',
    remedy: 'Follow the advice for the stop reason.',
  },
  skipped_cap: {
    name: 'over cap',
    explanation: 'The plan is larger than the caps of this environment allow, so no repair was made.',
    remedy:
      'First find out why so many connections drifted; usually the policy changed. If the plan is correct, raise the caps.',
  },
  skipped_incomplete: {
    name: 'incomplete',
    explanation: 'Not everything could be read, so nothing was written.',
    remedy: 'Follow the advice for the run error. The next complete run makes the repair.',
  },
  quarantined: {
    name: 'quarantined',
    explanation: 'Not repaired for some days: something repeatedly reverts the repair, or Auth0 repeatedly refuses it.',
    remedy: 'Follow the advice for the quarantine reason.',
  },
  skipped_conflict: {
    name: 'changed since',
    explanation: 'The connection no longer matches the plan; nothing was written.',
    remedy: 'Nothing. The next run judges the connection again.',
  },
  skipped_unsafe: {
    name: 'manual',
    explanation: 'Needs a manual fix; nothing was written.',
    remedy: 'Follow the advice for the manual reason.',
  },
  held: {
    name: 'held',
    explanation: 'An operator undid an earlier repair, so the connection is held; nothing was written.',
    remedy: 'Change the rule, exempt the connection, or release the hold with `undo --release`.',
  },
  planned: {
    name: 'planned',
    explanation: 'Planned; nothing was written.',
    remedy: 'Fix it manually, or let an environment in remediate mode repair it.',
  },
  skipped_grace: {
    name: 'grace period',
    explanation: 'The exemption expired a few days ago. The connection is not repaired during the grace period.',
    remedy: 'Renew the exemption with its owner, or do nothing: after the grace period the connection is repaired.',
  },
  skipped_rule: {
    name: 'disabled',
    explanation: 'The rule disables repairs (`remediate: false`).',
    remedy: 'Fix it manually, or remove `remediate: false` from the rule.',
  },
  skipped_exempt: {
    name: 'exempt',
    explanation: 'The connection is exempt, so it is not repaired.',
    remedy: 'Nothing until the exemption expires.',
  },
  remediated: {
    name: 'fixed',
    explanation: 'Fixed: written, read back and verified.',
    remedy: 'Nothing. `undo` restores the earlier value.',
  },
  already_compliant: {
    name: 'already fixed',
    explanation: 'Someone else fixed the connection before the auditor reached it; nothing was written.',
    remedy: 'Nothing.',
  },
  gone: {
    name: 'deleted',
    explanation: 'The connection was deleted after it was listed; nothing was written.',
    remedy: 'Nothing.',
  },
};

/** What to do about a connection that is paused after refusals. */
export const RESTING_ADVICE =
  'Fix the cause at the identity provider or in the connection, for example a metadata address that does not answer or an old certificate. The auditor tries again 7 days after the last refusal, or when the value or its rule changes.';
/** Introduces the command. */
export const RETRY_NOW = 'To try again now (shows all changes and asks first):';
const RESTING_REMEDY = `Read Auth0's message. ${RESTING_ADVICE} To try again now, run audit with --mode remediate and --retry NAME.`;

/** The texts of each reason for a quarantine. */
export const QUARANTINE_WORDS: Readonly<Record<QuarantineReason, ValueWords>> = {
  set_back: {
    name: 'quarantined',
    explanation:
      'The connection was repaired so often recently that something must be reverting the repairs; nothing was written.',
    remedy: 'Find out what reverts the repairs (Terraform, a script, a person). Stop it, or change the policy.',
  },
  refused: {
    name: 'paused',
    explanation: 'Auth0 refused the repair in several runs in a row, so the auditor pauses it for some days.',
    remedy: RESTING_REMEDY,
  },
  refused_again: {
    name: 'refused again',
    explanation: 'The auditor tried the repair again in this run, and Auth0 refused it again; nothing was changed.',
    remedy: RESTING_REMEDY,
  },
};

/** Whether a finding is permitted drift: settled, but not by a repair. */
export function isPermitted(finding: Finding): boolean {
  return isSettled(finding) && !isPutRight(finding.outcome);
}

type Ended = Pick<Finding, 'outcome'>;

/** The outcomes of the findings without duplicates, most severe first. */
export function outcomesOf(findings: readonly Ended[]): readonly Outcome[] {
  const found = new Set(findings.map(({ outcome }) => outcome));
  return keysOf(OUTCOMES).filter((outcome) => found.has(outcome));
}

/** The outcomes of a kind, most severe first. */
export function outcomesOfKind(kind: OutcomeKind): readonly Outcome[] {
  return keysOf(OUTCOMES).filter((outcome) => OUTCOMES[outcome].kind === kind);
}

/** The number of findings with each outcome, zeros included, so that no outcome is ever absent. */
export function countOutcomes(findings: readonly Ended[]): Readonly<Record<Outcome, number>> {
  return countBy(
    OUTCOMES,
    findings.map(({ outcome }) => outcome),
  );
}
