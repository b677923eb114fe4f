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

/** One audit of one tenant, as requested. */
export interface Run {
  readonly runId: string;
  readonly environment: string;
  /** The host of the domain that receives the requests, under which users know the tenant. */
  readonly tenant: string;
  /** The host of the tenant's own domain, from which ids are made. */
  readonly canonicalHost: string;
  readonly mode: Mode;
  readonly policy: Policy;
  /** A hash of the policy, for the record. */
  readonly policyFingerprint: string;
  /** The time zone of the schedule: exemptions end at the end of a day in this zone. */
  readonly timeZone: string;
  readonly caps: Caps | undefined;
  readonly quarantine: Quarantine;
  /** Ids or exact names of paused connections that the operator named to be tried again. */
  readonly retry: ReadonlySet<string>;
  readonly cadence: Cadence;
  /** Omits personal data (e-mail, address, user agent) from the record and from every message. */
  readonly withoutPeople: boolean;
  /** The operator who started the run: the AWS identity, or the OS user and host; `null`: the function. */
  readonly by: string | null;
}

/** What is sent after a run. */
export interface Announcement {
  readonly report: Report;
  /** Findings that continue in the report and must be closed under a former id. */
  readonly formerFindings: readonly FormerFinding[];
}

/** Who has received the result of a run, and why a message was not delivered. */
export interface Delivery {
  readonly told: Told;
  readonly untold: readonly string[];
}

/** The recipients of one topic. */
export interface Subscribers {
  /** The environment names a recipient, a chat or a topic. */
  readonly isNamed: boolean;
  /** Counts the confirmed subscriptions; `undefined` if the topic does not report them. */
  readonly countConfirmed: () => Promise<number | undefined>;
}

/** What the audit needs from outside. */
export interface World {
  readonly tenant: Tenant;
  readonly history: History;
  /** Whether writes are allowed now; any value other than `allow` stops them. */
  readonly mayWrite: () => Promise<WriteSwitch>;
  /**
   * Called one time with the finished plan, before anything is written. Returns why writes are not allowed, or
   * `undefined`. `isFirstRun`: no history of the tenant is known.
   */
  readonly approve: (
    planned: readonly Finding[],
    context: { readonly isFirstRun: boolean },
  ) => Promise<StopReason | undefined>;
  /** Whether an operator has asked the run to stop: nothing new is started, and what is known is kept and sent. */
  readonly isInterrupted: () => boolean;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** Milliseconds since the epoch after which no repair is started. */
  readonly stopAt: number;
  /** Milliseconds since the epoch at which this run has certainly ended, so that another run is allowed to write. */
  readonly overBy: number;
  readonly progress?: ((step: Step) => void) | undefined;
  /**
   * Called with each connection that has no finding. A report contains findings only, so that it stays small for any
   * tenant.
   * @default the connections are not passed on
   */
  readonly noteWithoutFinding?: ((connection: WithoutFinding) => void) | undefined;
  /**
   * The report as a page, to be kept with the record.
   * @default no page is kept
   */
  readonly writePage?: ((report: Report) => string | Promise<string>) | undefined;
  /**
   * Notifies recipients and consumers.
   * @default the caller shows the report to everyone
   */
  readonly tell?: ((announcement: Announcement) => Promise<Delivery>) | undefined;
  /**
   * Claims the event that started the run, after the credentials are proven. True: another run has claimed it.
   * @default a run that no event started, which is never a duplicate
   */
  readonly isClaimed?: (() => Promise<boolean>) | undefined;
  /**
   * The recipients by topic; alarms only if they have a separate topic.
   * @default the operator who started the run and reads its report
   */
  readonly subscribers?: Readonly<Partial<Record<TopicForPeople, Subscribers>>> | undefined;
  /** Only the operator who started this run receives its result, so the next run reports it again. */
  readonly isUnannounced: boolean;
}
