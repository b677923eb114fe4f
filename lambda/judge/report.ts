import type { MissingScope } from '../connection/scopes';
import type { Control } from '../connection/setting';
import type { FailureReason } from '../connection/tenant';
import type { Mode, WriteSwitch } from '../contract';
import type { Exemption } from '../policy/policy';
import type { EarlierChange } from './change';
import type { FindingCode, Verdict } from './evaluate';
import type { Finding } from './finding';
import type { Outcome, StopReason } from './outcome';

/** The topics that people are to be subscribed to. Alarms have one of their own where the environment says so. */
export const TOPICS_FOR_PEOPLE = ['alerts', 'alarms'] as const;
export type TopicForPeople = (typeof TOPICS_FOR_PEOPLE)[number];

/** Something about the run itself that a person should know, and that does not make it incomplete. */
export type Notice =
  | { readonly code: 'SCOPES_UNKNOWN' }
  | { readonly code: 'WRITE_SCOPES_IN_REPORT_MODE'; readonly scopes: readonly string[] }
  | { readonly code: 'WRITE_SCOPES_MISSING' }
  /** The plan is larger than the caps allow: in report mode it is only told. */
  | { readonly code: 'CAP_EXCEEDED'; readonly planned: number; readonly allowed: number }
  | { readonly code: 'UNKNOWN_STRATEGY'; readonly strategy: string; readonly connections: number }
  /** More than a fifth of the connections of the last complete run are gone, which reading them by id has confirmed. */
  | { readonly code: 'LISTING_DROPPED'; readonly before: number; readonly now: number }
  /** The first run sees no connection at all. */
  | { readonly code: 'NO_CONNECTIONS' }
  /** The state dates the last message (ISO 8601, UTC) later than now: a clock was wrong, then or now. */
  | { readonly code: 'LAST_TOLD_IN_FUTURE'; readonly at: string }
  /** The environment names somebody who is to receive alerts, or alarms, and no subscription of their topic is confirmed. */
  | { readonly code: 'NOBODY_CONFIRMED'; readonly topic: TopicForPeople }
  /** The topic does not tell who is subscribed: it may be of another account. */
  | { readonly code: 'SUBSCRIBERS_UNKNOWN'; readonly topic: TopicForPeople }
  /** Runs of the function since this time (ISO 8601, UTC) of which somebody was not told, the last ones in a row. */
  | { readonly code: 'RUNS_MISSED'; readonly runs: number; readonly since: string }
  /** The kill switch stops all writes: since when runs have seen that (ISO 8601, UTC); `null` where nobody knows. */
  | { readonly code: 'WRITES_STOPPED'; readonly since: string | null; readonly why: Exclude<WriteSwitch, 'allow'> }
  | { readonly code: 'RULE_MATCHED_NOTHING'; readonly rule: string }
  | { readonly code: 'ONLY_DEFAULT'; readonly connections: number }
  /** The policy has rules by group, and connections that only the default decides have strategies that none of these can match. */
  | {
      readonly code: 'OUTSIDE_GROUP_RULES';
      readonly connections: number;
      /** Those with the most connections, the most first. */
      readonly strategies: readonly { readonly strategy: string; readonly connections: number }[];
    }
  | {
      readonly code: 'EXEMPTION_EXPIRED';
      readonly exemption: Exemption;
      /** The last day on which its connections are not repaired; `null` when that has passed too. */
      readonly graceUntil: string | null;
    }
  | { readonly code: 'EXEMPTION_EXPIRING'; readonly exemption: Exemption; readonly daysLeft: number }
  | { readonly code: 'EXEMPTION_UNUSED'; readonly exemption: Exemption }
  | { readonly code: 'EXEMPTION_NOT_NEEDED'; readonly exemption: Exemption };
export type NoticeCode = Notice['code'];

/** The outcome or the stop reasons whose words say the same, so that the notice is not repeated beside them. */
type SaidBy = { readonly outcome: Outcome } | { readonly stopped: readonly StopReason[] } | null;

export interface NoticeFacts {
  readonly saidBy: SaidBy;
  /** It cannot wait for the next reminder: people are told of the run because of it. */
  readonly isUrgent: boolean;
  /**
   * About the auditor itself, so that it changes how all else is read: every message has it, and before the findings. Its
   * facts are numbers, times and names of ours, since a chat shows them as they are.
   */
  readonly isOfAuditor: boolean;
}

/** Notice codes are public: `report/words/notice.ts` has the words. */
export const NOTICES = {
  SCOPES_UNKNOWN: { saidBy: null, isUrgent: false, isOfAuditor: false },
  WRITE_SCOPES_IN_REPORT_MODE: { saidBy: null, isUrgent: false, isOfAuditor: false },
  WRITE_SCOPES_MISSING: { saidBy: { stopped: ['scope'] }, isUrgent: false, isOfAuditor: false },
  CAP_EXCEEDED: { saidBy: { outcome: 'skipped_cap' }, isUrgent: false, isOfAuditor: false },
  UNKNOWN_STRATEGY: { saidBy: null, isUrgent: false, isOfAuditor: false },
  LISTING_DROPPED: { saidBy: null, isUrgent: true, isOfAuditor: false },
  NO_CONNECTIONS: { saidBy: null, isUrgent: true, isOfAuditor: false },
  LAST_TOLD_IN_FUTURE: { saidBy: null, isUrgent: true, isOfAuditor: false },
  NOBODY_CONFIRMED: { saidBy: null, isUrgent: true, isOfAuditor: true },
  SUBSCRIBERS_UNKNOWN: { saidBy: null, isUrgent: false, isOfAuditor: true },
  RUNS_MISSED: { saidBy: null, isUrgent: true, isOfAuditor: true },
  WRITES_STOPPED: {
    saidBy: { stopped: ['kill_switch', 'kill_switch_unreadable'] },
    isUrgent: false,
    isOfAuditor: true,
  },
  RULE_MATCHED_NOTHING: { saidBy: null, isUrgent: false, isOfAuditor: false },
  ONLY_DEFAULT: { saidBy: null, isUrgent: false, isOfAuditor: false },
  OUTSIDE_GROUP_RULES: { saidBy: null, isUrgent: false, isOfAuditor: false },
  EXEMPTION_EXPIRED: { saidBy: null, isUrgent: false, isOfAuditor: false },
  EXEMPTION_EXPIRING: { saidBy: null, isUrgent: false, isOfAuditor: false },
  EXEMPTION_UNUSED: { saidBy: null, isUrgent: false, isOfAuditor: false },
  EXEMPTION_NOT_NEEDED: { saidBy: null, isUrgent: false, isOfAuditor: false },
} as const satisfies Readonly<Record<NoticeCode, NoticeFacts>>;

type AuditorNoticeCode = {
  [Code in NoticeCode]: (typeof NOTICES)[Code]['isOfAuditor'] extends true ? Code : never;
}[NoticeCode];
export type AuditorNotice = Extract<Notice, { readonly code: AuditorNoticeCode }>;

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
