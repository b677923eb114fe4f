import type { RootAttributes } from '../connection/setting';
import type { Permission } from '../policy/policy';
import type { Verdict } from './evaluate';
import type { ManualReason } from './repair';

/** The kind of an outcome. Code that treats several outcomes alike uses the kind. */
export type OutcomeKind =
  /** The repair did not end as planned. It fails the run. */
  | 'failure'
  /** Something prevented the run from writing. */
  | 'stopped'
  /** A safeguard protects this one connection from writes. */
  | 'guarded'
  /** A write could do harm, or the connection changed after the plan was made. */
  | 'refused'
  | 'planned'
  /** The policy disables the repair. */
  | 'by_policy'
  /**
   * Nothing deviates any more: this run fixed the connection, someone else fixed it, or it was deleted. The finding is
   * settled.
   */
  | 'put_right';

export interface OutcomeFacts {
  readonly kind: OutcomeKind;
  /** The cause is in this run, so a message repeats the full finding even if earlier messages had it. */
  readonly isOfThisRun: boolean;
}

/**
 * The outcome of a repair; in report mode, the planned repair or the skip that would apply. Outcomes that need the most
 * attention come first. Outcomes are public: `report/words/outcome.ts` has the words.
 */
export const OUTCOMES = {
  failed_verification: { kind: 'failure', isOfThisRun: true },
  failed: { kind: 'failure', isOfThisRun: true },
  skipped_stopped: { kind: 'stopped', isOfThisRun: true },
  skipped_cap: { kind: 'stopped', isOfThisRun: true },
  skipped_incomplete: { kind: 'stopped', isOfThisRun: false },
  quarantined: { kind: 'guarded', isOfThisRun: false },
  skipped_conflict: { kind: 'refused', isOfThisRun: true },
  skipped_unsafe: { kind: 'refused', isOfThisRun: false },
  held: { kind: 'guarded', isOfThisRun: false },
  planned: { kind: 'planned', isOfThisRun: false },
  skipped_grace: { kind: 'by_policy', isOfThisRun: false },
  skipped_rule: { kind: 'by_policy', isOfThisRun: false },
  skipped_exempt: { kind: 'by_policy', isOfThisRun: false },
  remediated: { kind: 'put_right', isOfThisRun: true },
  already_compliant: { kind: 'put_right', isOfThisRun: true },
  gone: { kind: 'put_right', isOfThisRun: true },
} as const satisfies Readonly<Record<string, OutcomeFacts>>;
export type Outcome = keyof typeof OUTCOMES;

/** The outcomes of a kind, for tables that need a row for each of them. */
export type OutcomeOf<Kind extends OutcomeKind> = {
  [One in Outcome]: (typeof OUTCOMES)[One]['kind'] extends Kind ? One : never;
}[Outcome];

export interface StopFacts {
  /** It prevented all writes of the run, so a subject names it. Otherwise it stopped only a part of the writes. */
  readonly isOfRun: boolean;
}

/**
 * Why a run stopped writing before this repair, most severe first. Stop reasons are public: `report/words/stop.ts` has the
 * words.
 */
export const STOP_REASONS = {
  kill_switch: { isOfRun: true },
  /** The kill switch could not be read. This is not the same as stop. */
  kill_switch_unreadable: { isOfRun: true },
  scope: { isOfRun: true },
  /** Auth0 refused a write for the whole tenant: a scope or the plan does not allow it. */
  tenant_refused: { isOfRun: true },
  history: { isOfRun: true },
  lease: { isOfRun: true },
  /** The tenant has no history. Repairs could override holds, and connections that something keeps changing back. */
  first_run: { isOfRun: true },
  declined: { isOfRun: true },
  /** There was no terminal to ask in. This is not the same as declined. */
  not_asked: { isOfRun: true },
  failures: { isOfRun: false },
  canary: { isOfRun: false },
  /** Auth0 refused several connections of the strategy. */
  refusals: { isOfRun: false },
  time: { isOfRun: false },
  interrupted: { isOfRun: false },
} as const satisfies Readonly<Record<string, StopFacts>>;
export type StopReason = keyof typeof STOP_REASONS;

export interface QuarantineFacts {
  /** The connection is paused, because Auth0 refused the repair in several runs in a row. */
  readonly isResting: boolean;
  /** This run has tried the repair. */
  readonly isTried: boolean;
}

/**
 * Why a connection is not repaired for some days: something changes the value back after each repair, or Auth0 refuses
 * the repair. Public: `report/words/outcome.ts` has the words.
 */
export const QUARANTINES = {
  set_back: { isResting: false, isTried: false },
  refused: { isResting: true, isTried: false },
  refused_again: { isResting: true, isTried: true },
} as const satisfies Readonly<Record<string, QuarantineFacts>>;
export type QuarantineReason = keyof typeof QUARANTINES;

/** The most characters of Auth0's message that are kept. */
const LONGEST_REFUSAL = 300;

/** Auth0's message, cut. No half of a character remains at the end. A second cut changes nothing. */
export function cutRefusal(words: string): string {
  return words.slice(0, LONGEST_REFUSAL).replace(/[\uD800-\uDBFF]+$/, '');
}

/** One write to a connection, for the record and for undo. It never contains the value of another option. */
export interface ChangeRecord {
  /** The raw value before: `null` where the key was absent. */
  readonly before: RootAttributes | null;
  readonly after: RootAttributes | null;
  /** Keys other than the setting that had another value when they were read back; empty if all stayed the same. */
  readonly otherKeysChanged: readonly string[];
  /**
   * Milliseconds from the answer to the fresh read to the answer to the write. The write would overwrite an edit in
   * this window.
   */
  readonly windowMs: number;
  /** ISO 8601, UTC. */
  readonly writtenAt: string;
}

/** The end of one repair. */
export interface Ending {
  readonly outcome: Outcome;
  readonly stopped: StopReason | null;
  /** Why the repair is manual, found at the fresh read. */
  readonly unsafe: ManualReason | null;
  /** The auditor's text about this case, for people; `null` if the outcome is enough. */
  readonly detail: string | null;
  /** Why the connection is quarantined; `null` with any other outcome. */
  readonly quarantine: QuarantineReason | null;
  /**
   * Auth0's message if Auth0 clearly refused the write: in this run, or, for a paused connection, in the last run that tried.
   * Masked, up to `LONGEST_REFUSAL` characters; `null` if Auth0 did not refuse.
   */
  readonly refusal: string | null;
  readonly change: ChangeRecord | null;
}

/** The only function that creates an ending. It cuts Auth0's message. */
export function ending(outcome: Outcome, more: Partial<Omit<Ending, 'outcome'>> = {}): Ending {
  const { stopped = null, unsafe = null, detail = null, quarantine = null, refusal = null, change = null } = more;
  const kept = refusal === null ? null : cutRefusal(refusal);
  return { outcome, stopped, unsafe, detail, quarantine, refusal: kept, change };
}

/** Whether Auth0 clearly refused the repair in this run. */
export function isRefused({ quarantine, refusal }: Pick<Ending, 'quarantine' | 'refusal'>): boolean {
  return refusal !== null && (quarantine === null || QUARANTINES[quarantine].isTried);
}

/** Whether a connection is paused because Auth0 refused its repair in several runs in a row. */
export function isResting({ quarantine }: Pick<Ending, 'quarantine'>): boolean {
  return quarantine !== null && QUARANTINES[quarantine].isResting;
}

/** Whether nothing deviates any more. */
export function isPutRight(outcome: Outcome): outcome is OutcomeOf<'put_right'> {
  return OUTCOMES[outcome].kind === 'put_right';
}

/** Whether a repair did not end as planned. */
export function isFailure(outcome: Outcome): outcome is OutcomeOf<'failure'> {
  return OUTCOMES[outcome].kind === 'failure';
}

/**
 * Whether a finding needs no action. An exemption settles drift, but never an indeterminate connection or a failed
 * repair.
 */
export function isSettled({
  verdict,
  exemption,
  outcome,
}: {
  readonly verdict: Verdict['verdict'];
  readonly exemption: Permission | null;
  readonly outcome: Outcome;
}): boolean {
  if (isFailure(outcome)) return false;
  return isPutRight(outcome) || (verdict === 'noncompliant' && exemption !== null);
}
