import type { RootAttributes } from '../connection/setting';
import type { Report } from '../judge/report';
import type { TenantState } from './state';

/** Where runs are kept and what one run tells the next: a bucket for the function, a folder for the command line. */
export interface History {
  /** The state and a version of it; an empty state and `undefined` where there is none yet. */
  readState(): Promise<{ readonly state: TenantState; readonly version: string | undefined }>;
  /** Writes the state only over the version that was read. Throws `HistoryFailure` where another run was faster. */
  writeState(state: TenantState, version: string | undefined): Promise<void>;
  /** Writes a run's record, over an earlier one of the same run. */
  keepRun(record: RunRecord): Promise<void>;
  /** Writes a run's report as a page. */
  keepPage(runId: string, html: string): Promise<void>;
  /** Where the record and the page of a run are kept, for people. */
  placesOf(runId: string): { readonly record: string; readonly html: string };
  /** What a run changed, or `undefined` where there is no such run. */
  readChanges(runId: string): Promise<readonly PastChange[] | undefined>;
  /** Takes the one lease on the tenant until a time (milliseconds), or `undefined` where another run holds it. */
  takeLease(owner: string, now: number, until: number): Promise<Lease | undefined>;
}

/** One change of an earlier run; `null` is an absent key. */
export interface PastChange {
  readonly connectionId: string;
  readonly before: RootAttributes | null;
  readonly after: RootAttributes | null;
}

export interface Lease {
  /** Gives it back before its time. */
  release(): Promise<void>;
}

/** One run as it is kept. `phase: planned` is written before the first change, so that a run that is cut can be undone. */
export interface RunRecord {
  readonly phase: 'planned' | 'ended';
  /** A hash of the policy. */
  readonly policyFingerprint: string;
  readonly report: Report;
}

/** The history could not be read or written. The message names the place and never its content. */
export class HistoryFailure extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'HistoryFailure';
  }
}
