import type { MissingScope } from '../connection/scopes';
import type { Control } from '../connection/setting';
import type { FailureReason } from '../connection/tenant';
import type { Mode } from '../contract';
import type { EarlierChange } from './change';
import type { FindingCode, Verdict } from './evaluate';
import type { Finding } from './finding';
import type { Notice } from './notice';

export interface RunErrorFacts {
  /** Nobody has named the tenant or filled the secret yet: people get the steps instead of a report. */
  readonly isSetup: boolean;
  /** It makes a run incomplete; else it ends one look-up in the tenant's log. */
  readonly endsRun: boolean;
  /** The next run meets it too, until a person changes something. */
  readonly isLasting: boolean;
}

/** Why a run did not see everything. Public: `report/words/incomplete.ts` has the words. */
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

/** Why a run did not see everything. The message is ours, for people. */
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
  /** The tenant's own domain, also where `tenant` is a custom one. Ids are made of it. */
  readonly canonicalHost: string;
  readonly mode: Mode;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly finishedAt: string;
  /** Every page was read and time sufficed. Only a complete report may say that all is well. */
  readonly complete: boolean;
  readonly incomplete: Incomplete | null;
  /** `listed`: connections read from the tenant; `judged`: those of them whose setting could be seen. */
  readonly coverage: { readonly listed: number; readonly judged: number };
  readonly summary: Readonly<Record<Verdict['verdict'] | 'exempt', number>>;
  readonly findings: readonly Finding[];
  readonly notices: readonly Notice[];
  /** Findings of earlier runs that this one settles. */
  readonly resolved: readonly Resolved[];
  /** Changes by earlier runs and by people that nobody, or not everybody, has heard of; the oldest first. */
  readonly earlierChanges: readonly EarlierChange[];
  /** Earlier runs in numbers, oldest first. */
  readonly trend: readonly TrendPoint[];
  /** Whether people are told, and as what. Records and messages publish it under this name. */
  readonly telling: Notification;
  /** Where this run's record and its HTML report are kept; `null` where they are not. */
  readonly places: { readonly record: string; readonly html: string } | null;
  readonly otherWriters: OtherWriters;
  /** Why this run could not be kept, or what earlier ones left could not be read; `null` when all went well. */
  readonly historyFailure: string | null;
  /** Confirmed subscriptions of the alerts topic, of any protocol; `null` where nobody counted, or the topic does not tell. */
  readonly subscribers: number | null;
  /** Why people or machines could not be told of this run; empty in what they are told. */
  readonly untold: readonly string[];
}

/** A finding as an earlier run left it. */
export interface EarlierFinding {
  readonly connection: { readonly id: string; readonly name: string; readonly strategy: string };
  readonly control: Control;
  readonly code: FindingCode;
  /** ISO 8601, UTC. */
  readonly firstSeen: string;
}

/** A finding of an earlier run that is none any more, and how that is known. */
export interface Resolved extends EarlierFinding {
  /** Judged compliant in this run, judged to lie outside the setting, or absent from a listing that was complete. */
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

/** Whether people are told of a run, and as what. Machines are told of every run. */
export const NOTIFICATIONS = {
  /** Something is new, back, repaired, failed or not complete. */
  at_once: { reachesPeople: true },
  /** Nothing changed, and something stays open since the last message some days ago. */
  reminder: { reachesPeople: true },
  /** Nothing is open, and nobody has heard of it for a week. */
  all_clear: { reachesPeople: true },
  nothing_new: { reachesPeople: false },
} as const satisfies Readonly<Record<string, { readonly reachesPeople: boolean }>>;
export type Notification = keyof typeof NOTIFICATIONS;

/**
 * What the tenant's log told about others who wrote to the connections we repaired. Never that there were none.
 * `not_looked_for`: this run wrote nothing. `no_scope`: the application may not read the log.
 */
export type OtherWriters = 'not_looked_for' | 'no_scope' | 'none_seen' | 'seen' | 'log_unreadable';
