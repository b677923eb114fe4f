import type { MissingScope } from '../connection/scopes';
import type { Control } from '../connection/setting';
import type { FailureReason } from '../connection/tenant';
import type { Mode } from '../contract';
import type { EarlierChange } from './change';
import type { FindingCode, Verdict } from './evaluate';
import type { Finding } from './finding';
import type { Notice } from './notice';

export interface RunErrorFacts {
  /** The tenant is not named or the secret is not filled yet. Recipients get the steps instead of a report. */
  readonly isSetup: boolean;
  /** It makes the run incomplete. Otherwise it ends only one look-up in the tenant's log. */
  readonly endsRun: boolean;
  /** The next run has the same error, until a person changes something. */
  readonly isLasting: boolean;
}

/** Why a run is incomplete. Public: `report/words/incomplete.ts` has the words. */
export const RUN_ERRORS: Readonly<Record<FailureReason, RunErrorFacts>> = {
  setup_needed: { isSetup: true, endsRun: true, isLasting: true },
  secret_unusable: { isSetup: false, endsRun: true, isLasting: true },
  credentials_refused: { isSetup: false, endsRun: true, isLasting: true },
  audience_refused: { isSetup: false, endsRun: true, isLasting: true },
  scope_missing: { isSetup: false, endsRun: true, isLasting: true },
  request_refused: { isSetup: false, endsRun: true, isLasting: true },
  unreachable: { isSetup: false, endsRun: true, isLasting: true },
  no_answer: { isSetup: false, endsRun: true, isLasting: false },
  bad_answer: { isSetup: false, endsRun: true, isLasting: false },
  listing_never_ends: { isSetup: false, endsRun: true, isLasting: false },
  listing_short: { isSetup: false, endsRun: true, isLasting: false },
  listing_empty: { isSetup: false, endsRun: true, isLasting: true },
  out_of_time: { isSetup: false, endsRun: true, isLasting: false },
  interrupted: { isSetup: false, endsRun: true, isLasting: false },
  internal: { isSetup: false, endsRun: true, isLasting: false },
  log_too_long: { isSetup: false, endsRun: false, isLasting: false },
};

/** Why a run is incomplete. The auditor writes the message, for people. */
export interface Incomplete {
  readonly reason: FailureReason;
  readonly message: string;
  readonly missingScopes: readonly MissingScope[];
}

export interface Report {
  readonly runId: string;
  readonly environment: string;
  /** The tenant's domain as configured. */
  readonly tenant: string;
  /** The tenant's own domain, even if `tenant` is a custom domain. Ids contain it. */
  readonly canonicalHost: string;
  readonly mode: Mode;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly finishedAt: string;
  /** Every page was read, and no repair was cut off by the time limit or an interruption. Only a complete report is allowed to be an all-clear. */
  readonly complete: boolean;
  readonly incomplete: Incomplete | null;
  /** `listed`: connections read from the tenant. `judged`: listed connections whose setting could be read. */
  readonly coverage: { readonly listed: number; readonly judged: number };
  readonly summary: Readonly<Record<Verdict['verdict'] | 'exempt', number>>;
  readonly findings: readonly Finding[];
  readonly notices: readonly Notice[];
  /** Findings of earlier runs that this run resolves. */
  readonly resolved: readonly Resolved[];
  /** Changes by earlier runs and by people that recipients or consumers have not received, oldest first. */
  readonly earlierChanges: readonly EarlierChange[];
  /** Earlier runs in numbers, oldest first. */
  readonly trend: readonly TrendPoint[];
  /** Whether recipients get a message, and which kind. Records and messages publish it under this name. */
  readonly telling: Notification;
  /** The addresses of this run's record and HTML report; `null` if they are not kept. */
  readonly places: { readonly record: string; readonly html: string } | null;
  readonly otherWriters: OtherWriters;
  /**
   * Why the record of this run could not be kept, or the history of earlier runs could not be read; `null` without a
   * failure.
   */
  readonly historyFailure: string | null;
  /** Confirmed subscriptions of the alerts topic, of any protocol; `null` if they were not or could not be counted. */
  readonly subscribers: number | null;
  /** Why messages to recipients or consumers failed. It is empty in the messages themselves. */
  readonly untold: readonly string[];
}

/** A finding as an earlier run stored it. */
export interface EarlierFinding {
  readonly connection: { readonly id: string; readonly name: string; readonly strategy: string };
  readonly control: Control;
  readonly code: FindingCode;
  /** ISO 8601, UTC. */
  readonly firstSeen: string;
}

/** A resolved finding of an earlier run, and why it is resolved. */
export interface Resolved extends EarlierFinding {
  /** Judged compliant in this run, judged not applicable, or absent from a complete listing. */
  readonly how: 'compliant' | 'not_applicable' | 'absent';
}

/** One earlier run in numbers, for a trend. */
export interface TrendPoint {
  readonly runId: string;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly complete: boolean;
  readonly listed: number;
  readonly noncompliant: number;
  readonly indeterminate: number;
  readonly exempt: number;
  readonly remediated: number;
}

/** Whether recipients get a message about a run, and which kind. Consumers get messages about every run. */
export const NOTIFICATIONS = {
  /** Something is new, reopened, repaired, failed or incomplete. */
  at_once: { reachesPeople: true },
  /** Nothing changed, something is still open, and the last message was some days ago. */
  reminder: { reachesPeople: true },
  /** Nothing is open, and there was no message for a week. */
  all_clear: { reachesPeople: true },
  nothing_new: { reachesPeople: false },
} as const satisfies Readonly<Record<string, { readonly reachesPeople: boolean }>>;
export type Notification = keyof typeof NOTIFICATIONS;

/**
 * Whether the tenant's log shows other writers to the connections that the run repaired. It never proves that there were
 * none. `not_looked_for`: this run wrote nothing. `no_scope`: the application is not allowed to read the log.
 */
export type OtherWriters = 'not_looked_for' | 'no_scope' | 'none_seen' | 'seen' | 'log_unreadable';
