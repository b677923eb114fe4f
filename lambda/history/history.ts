import type { RootAttributes } from '../connection/setting';
import type { Change, ChangeKind, Told } from '../judge/change';
import type { Report } from '../judge/report';
import type { Policy } from '../policy/policy';
import type { TenantState } from './state';
import type { Versioned } from './versioned';

/** Where runs are kept and what one run tells the next: a bucket for the function, a folder for the command line. */
export interface History {
  /** The state and a version of it; an empty state and `undefined` where there is none yet. */
  readState(): Promise<{ readonly state: TenantState; readonly version: string | undefined }>;
  /** Writes the state only over the version that was read. `false`: another was faster. */
  writeState(state: TenantState, version: string | undefined): Promise<boolean>;
  /**
   * Writes a run's record over the version that was read or written before, `undefined` for the first one. Gives back
   * the new version, or `undefined` where another has written it since.
   */
  writeRun(record: RunRecord, version: string | undefined): Promise<string | undefined>;
  /** Keeps in the record of a run that was cut how its writes ended. `false`: another was faster. */
  concludeRun(run: PastRun, cut: Change): Promise<boolean>;
  /** Writes a run's report as a page. */
  keepPage(runId: string, html: string): Promise<void>;
  /** Where the record and the page of a run are kept, for people. */
  placesOf(runId: string): { readonly record: string; readonly html: string };
  /** A run as its record tells it, or `undefined` where there is no such run. */
  readRun(runId: string): Promise<PastRun | undefined>;
  /** Keeps the text of a policy under its fingerprint, where it is not kept yet. */
  keepPolicy(policy: Policy): Promise<void>;
  /**
   * The policy with this fingerprint: its text, of which the fingerprint is made, and where it is kept, for people.
   * `undefined` where it is not kept.
   */
  readPolicy(policyFingerprint: string): Promise<{ readonly text: string; readonly place: string } | undefined>;
  /** Where the lease is kept, for people. */
  readonly leasePlace: string;
  readLease(): Promise<KeptLease>;
  /** Writes the lease only over the version that was read. `false`: another was faster. */
  writeLease(terms: LeaseTerms, version: string | undefined): Promise<boolean>;
  /** The events that runs have claimed, the oldest first. */
  readClaims(): Promise<{ readonly claims: readonly Claim[]; readonly version: string | undefined }>;
  /** Writes the claims only over the version that was read. `false`: another was faster. */
  writeClaims(claims: readonly Claim[], version: string | undefined): Promise<boolean>;
}

/** The time for which a run, an undo or an unlock may write. */
export interface Tenure {
  readonly owner: string;
  /** Milliseconds since the epoch. */
  readonly until: number;
}

/** Who may write to the tenant, and whose writes nobody has settled yet. An empty owner: nobody writes. */
export interface LeaseTerms extends Tenure {
  /** Owners from whom the lease was taken before they gave it back. */
  readonly unsettled: readonly Tenure[];
}

/** The lease as it is kept. `version` is `undefined` where there is none yet. */
export interface KeptLease extends LeaseTerms {
  readonly version: string | undefined;
  /** The text is a lease; of one that is not, nobody can be sure that it is over. */
  readonly isReadable: boolean;
}

/** An event of the schedule that a run has taken on. */
export interface Claim {
  /** The scheduled time, as the event gives it. */
  readonly event: string;
  readonly runId: string;
  /** Milliseconds since the epoch until which the run may still be at work; `null` where it has reported. */
  readonly until: number | null;
}

/** One value that a run changed; `null` is an absent key. */
export interface PastChange {
  readonly connectionId: string;
  readonly name: string;
  readonly strategy: string;
  readonly before: RootAttributes | null;
  readonly after: RootAttributes | null;
  /** What the rule expected then, as a hold remembers it; `null` where the record does not tell. */
  readonly expectation: string | null;
}

/**
 * How far a run has come, as its record tells. `planned` is written before the first change, so that a run that is cut
 * can be found and undone; `cut` says how the writes of such a run ended.
 */
export type RunPhase = 'planned' | 'ended' | 'cut';

/** One run, undo or other change as it is kept. */
export type RunRecord = RepairRecord | PersonalRecord;

export interface RepairRecord {
  readonly kind: 'repair';
  readonly phase: Exclude<RunPhase, 'cut'>;
  /** A hash of the policy. */
  readonly policyFingerprint: string;
  readonly report: Report;
  /** The person who ran it; `null`: the function. */
  readonly by: string | null;
  /** Who has heard of it; `null` where it had nothing to write, so that nobody has to be sure. */
  readonly published: Told | null;
}

/** A change that a person made. */
export interface PersonalRecord {
  readonly kind: Exclude<ChangeKind, 'repair'>;
  readonly phase: Exclude<RunPhase, 'cut'>;
  readonly environment: string;
  /** The host of the tenant's own domain. */
  readonly tenant: string;
  readonly change: Change;
}

/** A run as its record tells it. */
export interface PastRun {
  readonly runId: string;
  readonly kind: ChangeKind;
  readonly phase: RunPhase;
  /** What it wrote; of a run that was only planned, what it meant to write. */
  readonly change: Change;
  /** The same as an undo needs it: of a run that was cut, what was found to be written. */
  readonly undoable: readonly PastChange[];
  readonly published: Told;
  /** The whole record, to be written back with an ending. */
  readonly file: Versioned;
  /** `undefined`: the record lies in the former folder, and stays as it is there. */
  readonly version: string | undefined;
}

/** The history could not be read or written. The message names the place and never its content. */
export class HistoryFailure extends Error {
  /** The file is there and is not what it has to be: reading it again will not help. */
  readonly isLasting: boolean;

  constructor(message: string, { isLasting = false }: { readonly isLasting?: boolean } = {}) {
    super(message);
    this.name = 'HistoryFailure';
    this.isLasting = isLasting;
  }
}
