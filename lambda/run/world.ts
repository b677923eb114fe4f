import type { Tenant } from '../connection/tenant';
import type { Cadence, Mode, Quarantine, WriteSwitch } from '../contract';
import type { FormerFinding } from '../history/former-ids';
import type { History } from '../history/history';
import type { Told } from '../judge/change';
import type { WithoutFinding } from '../judge/evaluate';
import type { Finding } from '../judge/finding';
import type { TopicForPeople } from '../judge/notice';
import type { StopReason } from '../judge/outcome';
import type { Report } from '../judge/report';
import type { Policy } from '../policy/policy';
import type { Caps } from '../repair/caps';
import type { Step } from '../repair/step';

/** One audit of one tenant, as asked for. */
export interface Run {
  readonly runId: string;
  readonly environment: string;
  /** The host of the domain that is asked, as people know the tenant. */
  readonly tenant: string;
  /** The host of the tenant's own domain, of which ids are made. */
  readonly canonicalHost: string;
  readonly mode: Mode;
  readonly policy: Policy;
  /** A hash of the policy, for the record. */
  readonly policyFingerprint: string;
  /** The schedule's time zone: exemptions end with the day there. */
  readonly timeZone: string;
  readonly caps: Caps | undefined;
  readonly quarantine: Quarantine;
  /** Connections to try although they rest, as a person named them: ids or exact names. */
  readonly retry: ReadonlySet<string>;
  readonly cadence: Cadence;
  /** Leaves out of the record and of every message what tells who a person is: e-mail, address, user agent. */
  readonly withoutPeople: boolean;
  /** The person who runs it: the AWS identity, or the OS user and host; `null`: the function. */
  readonly by: string | null;
}

/** What is told of a run. */
export interface Announcement {
  readonly report: Report;
  /** Findings that go on in the report and are to be closed under a former id. */
  readonly formerFindings: readonly FormerFinding[];
}

/** Who has heard of a run, and why somebody has not. */
export interface Delivery {
  readonly told: Told;
  readonly untold: readonly string[];
}

/** Those who are to receive what is sent to one topic. */
export interface Subscribers {
  /** The environment names one: a recipient, a chat or a topic. */
  readonly isNamed: boolean;
  /** Counts the confirmed subscriptions; `undefined` where the topic does not tell. */
  readonly countConfirmed: () => Promise<number | undefined>;
}

/** What the audit needs of the world. */
export interface World {
  readonly tenant: Tenant;
  readonly history: History;
  /** Whether writes are allowed just now; anything but `allow` stops them. */
  readonly mayWrite: () => Promise<WriteSwitch>;
  /**
   * Asked once with the finished plan, before anything is written; gives back why nothing may be, if so. `isFirstRun`:
   * no history of the tenant is known.
   */
  readonly approve: (
    planned: readonly Finding[],
    context: { readonly isFirstRun: boolean },
  ) => Promise<StopReason | undefined>;
  /** Whether a person has asked the run to end: nothing more is begun, and what is known is kept and told. */
  readonly isInterrupted: () => boolean;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** Milliseconds since the epoch after which no repair is begun. */
  readonly stopAt: number;
  /** Milliseconds since the epoch at which this run is over for certain, so that another may write. */
  readonly overBy: number;
  readonly progress?: ((step: Step) => void) | undefined;
  /**
   * Told of each connection that has no finding. A report has findings only, so that it is small whatever the tenant.
   * @default nobody asks for them
   */
  readonly noteWithoutFinding?: ((connection: WithoutFinding) => void) | undefined;
  /**
   * The report as a page, to be kept with the record.
   * @default no page is kept
   */
  readonly writePage?: ((report: Report) => string | Promise<string>) | undefined;
  /**
   * Tells people and machines.
   * @default the caller shows the report to everybody there is
   */
  readonly tell?: ((announcement: Announcement) => Promise<Delivery>) | undefined;
  /**
   * Claims the event that started the run, once the credentials are proven. True: another run has claimed it.
   * @default a run that no event started, which is never a duplicate
   */
  readonly isClaimed?: (() => Promise<boolean>) | undefined;
  /**
   * Who is to receive what, by topic; alarms where they have a topic of their own.
   * @default the person who started the run, who reads its report
   */
  readonly subscribers?: Readonly<Partial<Record<TopicForPeople, Subscribers>>> | undefined;
  /** Nobody but the person who started this run hears of it, so that the next one reports it again. */
  readonly isUnannounced: boolean;
}
