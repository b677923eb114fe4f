import type { WriteSwitch } from '../contract';
import type { Exemption } from '../policy/policy';
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

export type StopNotice = Extract<Notice, { readonly code: 'WRITES_STOPPED' }>;

/** What a run says of a kill switch that stops writes; `undefined` where it allows them, or was not asked. */
export function stopNoticeIn({ notices }: { readonly notices: readonly Notice[] }): StopNotice | undefined {
  return notices.find((notice) => notice.code === 'WRITES_STOPPED');
}
