import type { RootAttributes } from '../connection/setting';
import type { Change, ChangeKind, Told } from '../judge/change';
import type { Report } from '../judge/report';
import type { Policy } from '../policy/policy';
import type { TenantState } from './state';
import type { Versioned } from './versioned';

/** The store of runs and of the state for the next run: a bucket for the function, a folder for the command line. */
export interface History {
  /** The state and its version; an empty state and `undefined` if there is none yet. */
  readState(): Promise<{ readonly state: TenantState; readonly version: string | undefined }>;
  /** Writes the state only over the version that was read. `false`: another process wrote the state since. */
  writeState(state: TenantState, version: string | undefined): Promise<boolean>;
  /**
   * Writes a run's record over the version that was read or written before, `undefined` for the first one. Returns the
   * new version, or `undefined` if another process wrote the record since.
   */
  writeRun(record: RunRecord, version: string | undefined): Promise<string | undefined>;
  /**
   * Stores the result of the writes in the record of an interrupted run. `false`: another process wrote the record
   * since.
   */
  concludeRun(run: PastRun, cut: Change): Promise<boolean>;
  /** Writes a run's report as a page. */
  keepPage(runId: string, html: string): Promise<void>;
  /** The places of the record and the page of a run, as text for an operator. */
  placesOf(runId: string): { readonly record: string; readonly html: string };
  /** A run as recorded, or `undefined` if there is no such run. */
  readRun(runId: string): Promise<PastRun | undefined>;
  /** Stores the text of a policy under its fingerprint, if it is not stored yet. */
  keepPolicy(policy: Policy): Promise<void>;
  /**
   * The policy with this fingerprint: its text, from which the fingerprint is computed, and its place, as text for an
   * operator. `undefined` if it is not stored.
   */
  readPolicy(policyFingerprint: string): Promise<{ readonly text: string; readonly place: string } | undefined>;
  /** The place of the lease, as text for an operator. */
  readonly leasePlace: string;
  readLease(): Promise<KeptLease>;
  /** Writes the lease only over the version that was read. `false`: another process wrote the lease since. */
  writeLease(terms: LeaseTerms, version: string | undefined): Promise<boolean>;
  /** The events that runs have claimed, oldest first. */
  readClaims(): Promise<{ readonly claims: readonly Claim[]; readonly version: string | undefined }>;
  /** Writes the claims only over the version that was read. `false`: another process wrote the claims since. */
  writeClaims(claims: readonly Claim[], version: string | undefined): Promise<boolean>;
}

/** The time during which a run, an undo or an unlock is allowed to write. */
export interface Tenure {
  readonly owner: string;
  /** Milliseconds since the epoch. */
  readonly until: number;
}

/** Who is allowed to write to the tenant, and whose writes are not settled yet. An empty owner: no process writes. */
export interface LeaseTerms extends Tenure {
  /** Owners who lost the lease before they released it. */
  readonly unsettled: readonly Tenure[];
}

/** The lease as stored. `version` is `undefined` if there is none yet. */
export interface KeptLease extends LeaseTerms {
  readonly version: string | undefined;
  /** Whether the text is a lease. If it is not, it is unknown whether the lease has ended. */
  readonly isReadable: boolean;
}

/** An event of the schedule that a run has claimed. */
export interface Claim {
  /** The scheduled time, as written in the event. */
  readonly event: string;
  readonly runId: string;
  /** Milliseconds since the epoch until which the run might still be in progress; `null` after it has reported. */
  readonly until: number | null;
}

/** One value that a run changed; `null` is an absent key. */
export interface PastChange {
  readonly connectionId: string;
  readonly name: string;
  readonly strategy: string;
  readonly before: RootAttributes | null;
  readonly after: RootAttributes | null;
  /** What the rule expected then, in the form that a hold stores; `null` if the record does not contain it. */
  readonly expectation: string | null;
}

/**
 * The progress of a run, as recorded. `planned` is written before the first change, so that an interrupted run can be
 * found and undone. A `cut` record contains the result of the writes of such a run.
 */
export type RunPhase = 'planned' | 'ended' | 'cut';

/** One run, undo or other change as stored. */
export type RunRecord = RepairRecord | PersonalRecord;

export interface RepairRecord {
  readonly kind: 'repair';
  readonly phase: Exclude<RunPhase, 'cut'>;
  /** A hash of the policy. */
  readonly policyFingerprint: string;
  readonly report: Report;
  /** The operator who ran it; `null`: the function. */
  readonly by: string | null;
  /** Who was notified of it; `null` if it had nothing to write, so that delivery does not matter. */
  readonly published: Told | null;
}

/** A change that an operator made. */
export interface PersonalRecord {
  readonly kind: Exclude<ChangeKind, 'repair'>;
  readonly phase: Exclude<RunPhase, 'cut'>;
  readonly environment: string;
  /** The host of the tenant's own domain. */
  readonly tenant: string;
  readonly change: Change;
}

/** A run as recorded. */
export interface PastRun {
  readonly runId: string;
  readonly kind: ChangeKind;
  readonly phase: RunPhase;
  /** What the run wrote; for a run with phase `planned`, what it intended to write. */
  readonly change: Change;
  /** The same changes for an undo; for an interrupted run, the writes that were found. */
  readonly undoable: readonly PastChange[];
  readonly published: Told;
  /** The whole record, to be written back with its result. */
  readonly file: Versioned;
  /** `undefined`: the record is in the former folder, where it stays unchanged. */
  readonly version: string | undefined;
}

/** The history could not be read or written. The message names the place and never contains stored content. */
export class HistoryFailure extends Error {
  /** The file exists and its content is not valid: to read it again does not help. */
  readonly isLasting: boolean;

  constructor(message: string, { isLasting = false }: { readonly isLasting?: boolean } = {}) {
    super(message);
    this.name = 'HistoryFailure';
    this.isLasting = isLasting;
  }
}
