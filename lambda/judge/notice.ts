import type { WriteSwitch } from '../contract';
import type { Exemption } from '../policy/policy';
import type { Outcome, StopReason } from './outcome';

/** The topics for recipients. Alarms have a separate topic if the environment names one. */
export const TOPICS_FOR_PEOPLE = ['alerts', 'alarms'] as const;
export type TopicForPeople = (typeof TOPICS_FOR_PEOPLE)[number];

/** A fact about the run or the policy that recipients should know. It does not make the run incomplete. */
export type Notice =
  | { readonly code: 'SCOPES_UNKNOWN' }
  | { readonly code: 'WRITE_SCOPES_IN_REPORT_MODE'; readonly scopes: readonly string[] }
  | { readonly code: 'WRITE_SCOPES_MISSING' }
  /** The plan is larger than the caps allow. In report mode this is only reported. */
  | { readonly code: 'CAP_EXCEEDED'; readonly planned: number; readonly allowed: number }
  | { readonly code: 'UNKNOWN_STRATEGY'; readonly strategy: string; readonly connections: number }
  /**
   * More than a fifth of the connections of the last complete run are missing. Reads by id confirmed that they are
   * deleted.
   */
  | { readonly code: 'LISTING_DROPPED'; readonly before: number; readonly now: number }
  /** The first run read no connections. */
  | { readonly code: 'NO_CONNECTIONS' }
  /** The state dates the last message (ISO 8601, UTC) later than now: a clock was wrong, then or now. */
  | { readonly code: 'LAST_TOLD_IN_FUTURE'; readonly at: string }
  /** The environment names recipients of alerts or alarms, and no subscription of their topic is confirmed. */
  | { readonly code: 'NOBODY_CONFIRMED'; readonly topic: TopicForPeople }
  /** The subscriptions of the topic could not be read, for example because the topic is in another account. */
  | { readonly code: 'SUBSCRIBERS_UNKNOWN'; readonly topic: TopicForPeople }
  /** The last consecutive runs of the function, since this time (ISO 8601, UTC), that did not reach everyone. */
  | { readonly code: 'RUNS_MISSED'; readonly runs: number; readonly since: string }
  /** The kill switch stops all writes. `since`: when runs first found that (ISO 8601, UTC); `null` if it is unknown. */
  | { readonly code: 'WRITES_STOPPED'; readonly since: string | null; readonly why: Exclude<WriteSwitch, 'allow'> }
  | { readonly code: 'RULE_MATCHED_NOTHING'; readonly rule: string }
  | { readonly code: 'ONLY_DEFAULT'; readonly connections: number }
  /**
   * The policy has rules by group. Only the default decides some connections, and none of these rules can match their
   * strategies.
   */
  | {
      readonly code: 'OUTSIDE_GROUP_RULES';
      readonly connections: number;
      /** The strategies with the most connections, most first. */
      readonly strategies: readonly { readonly strategy: string; readonly connections: number }[];
    }
  | {
      readonly code: 'EXEMPTION_EXPIRED';
      readonly exemption: Exemption;
      /** The last day on which its connections are not repaired; `null` if that day has passed too. */
      readonly graceUntil: string | null;
    }
  | { readonly code: 'EXEMPTION_EXPIRING'; readonly exemption: Exemption; readonly daysLeft: number }
  | { readonly code: 'EXEMPTION_UNUSED'; readonly exemption: Exemption }
  | { readonly code: 'EXEMPTION_NOT_NEEDED'; readonly exemption: Exemption };
export type NoticeCode = Notice['code'];

/** The outcome or the stop reasons that state the same fact, so that a message does not repeat it as a notice. */
type SaidBy = { readonly outcome: Outcome } | { readonly stopped: readonly StopReason[] } | null;

export interface NoticeFacts {
  readonly saidBy: SaidBy;
  /** It cannot wait for the next reminder: recipients get an alert because of it. */
  readonly isUrgent: boolean;
  /**
   * It is about the auditor itself and affects how to read the rest, so every message shows it before the findings. Its facts
   * are only numbers, times and the auditor's own names, because a chat shows them unchanged.
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

/** The notice of a kill switch that stops writes; `undefined` if it allows writes, or was not read. */
export function stopNoticeIn({ notices }: { readonly notices: readonly Notice[] }): StopNotice | undefined {
  return notices.find((notice) => notice.code === 'WRITES_STOPPED');
}
