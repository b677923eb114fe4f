import type { RootAttributes } from '../connection/setting';
import type { Permission } from '../policy/policy';
import type { Verdict } from './evaluate';
import type { ManualReason } from './repair';

/** What kind of ending an outcome is; everything that treats outcomes alike goes by it. */
export type OutcomeKind =
  /** The repair did not come to what it should have. It fails the run. */
  | 'failure'
  /** Something kept the run from writing. */
  | 'stopped'
  /** A rail protects this one connection from being written. */
  | 'guarded'
  /** A write could do harm, or the connection is no longer what the plan was made for. */
  | 'refused'
  | 'planned'
  /** The policy says not to repair it. */
  | 'by_policy'
  /** Nothing deviates any more: this run repaired it, someone else did, or the connection is gone. It settles. */
  | 'put_right';

export interface OutcomeFacts {
  readonly kind: OutcomeKind;
  /** The cause lies in this run, so that a finding known from earlier messages is told in full again. */
  readonly isOfThisRun: boolean;
}

/**
 * What became of a repair; in report mode, what would be attempted or the skip that would apply. The ones that ask most
 * of a person come first. Outcomes are public: `report/words/outcome.ts` has the words.
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
  /** It kept the whole run from writing, so that a subject names it; else it only cut off a part. */
  readonly isOfRun: boolean;
}

/**
 * Why a run stopped writing before this repair's turn came, the gravest first. Stop reasons are public:
 * `report/words/stop.ts` has the words.
 */
export const STOP_REASONS = {
  kill_switch: { isOfRun: true },
  /** Nobody knows what the kill switch says. Not a clear no. */
  kill_switch_unreadable: { isOfRun: true },
  scope: { isOfRun: true },
  /** Auth0 refused a write for the whole tenant: a scope or the plan does not allow it. */
  tenant_refused: { isOfRun: true },
  history: { isOfRun: true },
  lease: { isOfRun: true },
  /** No history of the tenant is known: what people hold and what keeps being set back would be overruled. */
  first_run: { isOfRun: true },
  declined: { isOfRun: true },
  /** Nobody could be asked. Not a no. */
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
  /** Auth0 refused the repair in so many runs in a row that the connection rests. */
  readonly isResting: boolean;
  /** This run has tried the repair. */
  readonly isTried: boolean;
}

/**
 * Why a connection is left alone for some days: something sets the value back after each repair, or Auth0 refuses the
 * repair. Public: `report/words/outcome.ts` has the words.
 */
export const QUARANTINES = {
  set_back: { isResting: false, isTried: false },
  refused: { isResting: true, isTried: false },
  refused_again: { isResting: true, isTried: true },
} as const satisfies Readonly<Record<string, QuarantineFacts>>;
export type QuarantineReason = keyof typeof QUARANTINES;

/** So many characters of Auth0's words are kept. */
const LONGEST_REFUSAL = 300;

/** Auth0's words, cut; no half of a character is left at the end. Words that were cut stay as they are. */
export function cutRefusal(words: string): string {
  return words.slice(0, LONGEST_REFUSAL).replace(/[\uD800-\uDBFF]+$/, '');
}

/** One write to a connection, for the record and the way back. Never an option's content. */
export interface ChangeRecord {
  /** The raw value before: `null` where the key was absent. */
  readonly before: RootAttributes | null;
  readonly after: RootAttributes | null;
  /** Keys other than the setting that read back different; empty when all stayed the same. */
  readonly otherKeysChanged: readonly string[];
  /** From the fresh read's answer to the write's answer, in milliseconds: an edit by someone else in it would be lost. */
  readonly windowMs: number;
  /** ISO 8601, UTC. */
  readonly writtenAt: string;
}

/** How one repair ended. */
export interface Ending {
  readonly outcome: Outcome;
  readonly stopped: StopReason | null;
  /** Why it is for a person, found at the fresh read. */
  readonly unsafe: ManualReason | null;
  /** Words of our own about this one case, for people; `null` where the outcome says it all. */
  readonly detail: string | null;
  /** Why it is quarantined; `null` with any other outcome. */
  readonly quarantine: QuarantineReason | null;
  /**
   * What Auth0 said where it cleanly refused the write, in this run or, of a connection that rests, in the last one that
   * tried. Masked, up to `LONGEST_REFUSAL` characters; `null` where it did not.
   */
  readonly refusal: string | null;
  readonly change: ChangeRecord | null;
}

/** The one way to make an ending: no more of Auth0's words gets into one than may be kept. */
export function ending(outcome: Outcome, more: Partial<Omit<Ending, 'outcome'>> = {}): Ending {
  const { stopped = null, unsafe = null, detail = null, quarantine = null, refusal = null, change = null } = more;
  const kept = refusal === null ? null : cutRefusal(refusal);
  return { outcome, stopped, unsafe, detail, quarantine, refusal: kept, change };
}

/** Whether Auth0 cleanly refused the repair in this run. */
export function isRefused({ quarantine, refusal }: Pick<Ending, 'quarantine' | 'refusal'>): boolean {
  return refusal !== null && (quarantine === null || QUARANTINES[quarantine].isTried);
}

/** Whether a connection is left alone because Auth0 refused its repair in several runs in a row. */
export function isResting({ quarantine }: Pick<Ending, 'quarantine'>): boolean {
  return quarantine !== null && QUARANTINES[quarantine].isResting;
}

/** Whether nothing deviates any more. */
export function isPutRight(outcome: Outcome): outcome is OutcomeOf<'put_right'> {
  return OUTCOMES[outcome].kind === 'put_right';
}

/** Whether a repair did not come to what it should have. */
export function isFailure(outcome: Outcome): outcome is OutcomeOf<'failure'> {
  return OUTCOMES[outcome].kind === 'failure';
}

/** Whether a finding asks nothing more of anybody. A permission settles drift, and never what could not be seen or failed. */
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
