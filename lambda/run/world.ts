import type { Tenant } from '../connection/tenant';
import type { Mode } from '../contract';
import type { History } from '../history/history';
import type { Quarantine } from '../history/state';
import type { Finding } from '../judge/finding';
import type { EarlierFinding, Report } from '../judge/report';
import type { Policy } from '../policy/policy';
import type { Caps } from '../repair/caps';
import type { Cadence } from './notification';

/** One audit of one tenant, as asked for. */
export interface Run {
  readonly runId: string;
  readonly environment: string;
  readonly tenant: string;
  readonly mode: Mode;
  readonly policy: Policy;
  /** A hash of the policy, for the record. */
  readonly policyFingerprint: string;
  /** The schedule's time zone: exemptions end with the day there. */
  readonly timeZone: string;
  readonly caps: Caps | undefined;
  readonly quarantine: Quarantine;
  readonly cadence: Cadence;
  /** Leaves out of the record and of every message what tells who a person is: e-mail, address, user agent. */
  readonly withoutPeople: boolean;
}

/** What is told of a run. */
export interface Announcement {
  readonly report: Report;
  /** Findings that go on in the report and are to be closed under the id that version 0.1.0 gave them. */
  readonly formerFindings: readonly EarlierFinding[];
}

/** What the audit needs of the world. */
export interface World {
  readonly tenant: Tenant;
  readonly history: History;
  /** Whether writes are allowed just now; anything but a clear yes stops them. */
  readonly mayWrite: () => Promise<boolean>;
  /** Asked once with the finished plan, before anything is written. */
  readonly approve: (planned: readonly Finding[]) => Promise<boolean>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** Milliseconds since the epoch after which no repair is begun. */
  readonly stopAt: number;
  /** Milliseconds since the epoch at which this run is over for certain, so that another may write. */
  readonly overBy: number;
  readonly progress?: ((step: 'judged' | 'repaired', count: number) => void) | undefined;
  /**
   * The report as a page, to be kept with the record.
   * @default no page is kept
   */
  readonly writePage?: ((report: Report) => string) | undefined;
  /**
   * Tells people and machines; gives back why somebody could not be told.
   * @default nobody is told
   */
  readonly tell?: ((announcement: Announcement) => Promise<readonly string[]>) | undefined;
  /**
   * Nobody but the person who started this run hears of it, so that the next one reports it again.
   * @default false
   */
  readonly isUnannounced?: boolean | undefined;
}
