import type { RootAttributes } from '../connection/setting';
import type { Permission } from '../policy/policy';
import type { Verdict } from './evaluate';
import type { ManualReason } from './repair';

/** Why a run stopped writing before this repair's turn came. */
export type StopReason = 'canary' | 'failures' | 'kill_switch' | 'time' | 'scope' | 'lease' | 'history' | 'declined';

/** What became of a repair. In report mode: what a run that may write would attempt, or the skip that would apply. */
export type Outcome =
  | 'planned'
  /** Written, and verified by what reads back. */
  | 'remediated'
  /** Someone else put it right before its turn came. */
  | 'already_compliant'
  /** The connection was deleted since it was listed. */
  | 'gone'
  | 'skipped_exempt'
  /** Its exemption expired a few days ago. */
  | 'skipped_grace'
  /** The rule says `remediate: false`. */
  | 'skipped_rule'
  /** The repair is for a person (`manual`). */
  | 'skipped_unsafe'
  /** The plan is larger than the environment allows, so that none of it is carried out. */
  | 'skipped_cap'
  /** The connection is no longer what the plan was made for. */
  | 'skipped_conflict'
  /** The listing was not complete, so that nothing is written. */
  | 'skipped_incomplete'
  | 'skipped_stopped'
  /** Repaired too often lately: something keeps setting it back. */
  | 'quarantined'
  /** A person undid our repair; it holds until its rule changes or the hold is released. */
  | 'held'
  /** Nothing was changed, although it should have been. */
  | 'failed'
  /** Something else changed too, or nobody can say what was written. */
  | 'failed_verification';

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
  readonly change: ChangeRecord | null;
}

export function ending(outcome: Outcome, more: Partial<Omit<Ending, 'outcome'>> = {}): Ending {
  return { outcome, stopped: null, unsafe: null, detail: null, change: null, ...more };
}

/** Whether nothing deviates any more: this run put it right, someone else did, or the connection is gone. */
export function isPutRight(outcome: Outcome): boolean {
  return outcome === 'remediated' || outcome === 'already_compliant' || outcome === 'gone';
}

/** Whether a repair did not come to what it should have. */
export function isFailure(outcome: Outcome): boolean {
  return outcome === 'failed' || outcome === 'failed_verification';
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
