import type { Mode } from '../../contract';
import type { Finding } from '../../judge/finding';
import { type AuditorNotice, NOTICES, type Notice, type NoticeCode, type NoticeFacts } from '../../judge/notice';
import type { StopReason } from '../../judge/outcome';
import type { Report } from '../../judge/report';
import type { Exemption } from '../../policy/policy';
import { makeHarmless } from '../text/harmless';
import { unreachable } from '../text/unreachable';
import {
  AUDITOR_REMEDIES,
  auditorNoticesOf,
  explainAuditorNotice,
  isOfAuditor,
  KILL_SWITCH_REMEDIES,
  remedyForAuditorNotice,
} from './auditor-notice';
import { describeMoment } from './author';
import { count } from './run';
import type { ValueWords } from './value-words';

/** What a person should know about the run, though it makes nothing incomplete. */
export function describeNotice(notice: Notice, mode: Mode): string {
  return isOfAuditor(notice)
    ? `${explainAuditorNotice(notice)} ${remedyForAuditorNotice(notice)}`
    : `${leadOf(notice, mode)} ${NOTICE_WORDS[notice.code].remedy}`;
}

/** Whether what became of these findings says the same, in words of its own. */
export function isSaidBy(findings: readonly Finding[]): (notice: Notice) => boolean {
  return ({ code }) => {
    const { saidBy }: NoticeFacts = NOTICES[code];
    if (saidBy === null) return false;
    return findings.some(({ outcome, stopped }) =>
      'outcome' in saidBy ? outcome === saidBy.outcome : stopped !== null && saidBy.stopped.includes(stopped),
    );
  };
}

/** Why repairs were not tried, as far as the notices about the auditor say it. */
export function stopsSaidBy(report: Pick<Report, 'notices'>): ReadonlySet<StopReason> {
  const saids = auditorNoticesOf(report).map(({ code }): NoticeFacts['saidBy'] => NOTICES[code].saidBy);
  return new Set(saids.flatMap((saidBy) => (saidBy !== null && 'stopped' in saidBy ? saidBy.stopped : [])));
}

/** Whether people are told of the run because of a notice. */
export function hasUrgentNotice({ notices }: Pick<Report, 'notices'>): boolean {
  return notices.some(({ code }) => NOTICES[code].isUrgent);
}

/** The other notices that cannot wait. Their facts are numbers and times. */
export function urgentNoticesOf({ notices }: Pick<Report, 'notices'>): readonly Notice[] {
  return notices.filter((notice) => NOTICES[notice.code].isUrgent && !isOfAuditor(notice));
}

/** What is said of each notice: the explanation is for the reference, a message has the facts in its place. */
export const NOTICE_WORDS: Readonly<Record<NoticeCode, Omit<ValueWords, 'name'>>> = {
  SCOPES_UNKNOWN: {
    explanation: 'Auth0 did not say which scopes the token has.',
    remedy: 'If options are hidden, the scope read:connections_options is the first thing to look at.',
  },
  WRITE_SCOPES_IN_REPORT_MODE: {
    explanation: 'The credentials can write and this run only reports.',
    remedy: 'Remove these scopes: report mode does not need them.',
  },
  WRITE_SCOPES_MISSING: {
    explanation:
      'The mode is remediate, and the credentials cannot write: update:connections and update:connections_options are both needed.',
    remedy: 'Grant them, or nothing is ever fixed.',
  },
  CAP_EXCEEDED: {
    explanation: 'More repairs are planned than the caps of the environment allow, so that none is made.',
    remedy: 'First find out why so many drifted at once.',
  },
  UNKNOWN_STRATEGY: {
    explanation: 'Connections have a strategy that the auditor does not know: judged like any other, never written.',
    remedy: 'Look for a newer release.',
  },
  LISTING_DROPPED: {
    explanation:
      'More than a fifth of the connections of the last complete run are gone. Those that were read by id are confirmed as deleted.',
    remedy: 'Check that they were deleted on purpose.',
  },
  NO_CONNECTIONS: {
    explanation: 'The first run of this tenant saw no connections.',
    remedy: 'Check that the domain and the credentials belong to the right tenant.',
  },
  LAST_TOLD_IN_FUTURE: {
    explanation: 'The history dates the last message later than now, so reminders would not be sent.',
    remedy: 'Check the clock of the machine that wrote it. This run corrects the date.',
  },
  NOBODY_CONFIRMED: {
    explanation:
      'The environment names somebody who is to receive alerts, or alarms, and nobody has confirmed a subscription of their topic. Without subscribers of the alerts the run fails.',
    remedy: AUDITOR_REMEDIES.NOBODY_CONFIRMED.text,
  },
  SUBSCRIBERS_UNKNOWN: {
    explanation:
      'The topic of the alerts, or of the alarms, did not tell how many subscriptions are confirmed, so it is not known who receives them.',
    remedy: AUDITOR_REMEDIES.SUBSCRIBERS_UNKNOWN.text,
  },
  RUNS_MISSED: {
    explanation:
      'The last runs did not reach everybody: nobody had confirmed a subscription, or a message failed. The report lists the writes that were not reported yet and everything that is open now.',
    remedy: AUDITOR_REMEDIES.RUNS_MISSED.text,
  },
  WRITES_STOPPED: {
    explanation: 'The kill switch stops all writes, or could not be read: nothing is written while that is so.',
    remedy: `On stop: ${KILL_SWITCH_REMEDIES.stop.text} Not readable: ${KILL_SWITCH_REMEDIES.unreadable.text}`,
  },
  RULE_MATCHED_NOTHING: {
    explanation: 'A rule matched no connection.',
    remedy: 'Is it still needed, and is its match right?',
  },
  ONLY_DEFAULT: {
    explanation: "Connections matched no rule: only the policy's default covers them.",
    remedy: 'Add a rule where the default is not meant for them.',
  },
  OUTSIDE_GROUP_RULES: {
    explanation:
      "The policy has rules by group, and none of them can match the strategies of these connections: only the policy's default covers them. A strategy that the auditor does not know is in no group.",
    remedy: 'Add a rule by strategy or group where the default is not meant for them.',
  },
  EXEMPTION_EXPIRED: {
    explanation: 'An exemption has expired and no longer exempts; for the grace days nothing is repaired yet.',
    remedy: 'Remove it, or renew it with its owner.',
  },
  EXEMPTION_EXPIRING: { explanation: 'An exemption expires soon.', remedy: 'Ask its owner.' },
  EXEMPTION_UNUSED: { explanation: 'An exemption fits no connection.', remedy: 'Remove it, or correct it.' },
  EXEMPTION_NOT_NEEDED: {
    explanation: 'What an exemption fits is as the policy says.',
    remedy: 'Remove it.',
  },
};

function leadOf(notice: Exclude<Notice, AuditorNotice>, mode: Mode): string {
  switch (notice.code) {
    case 'SCOPES_UNKNOWN':
    case 'WRITE_SCOPES_MISSING':
      return NOTICE_WORDS[notice.code].explanation;
    case 'WRITE_SCOPES_IN_REPORT_MODE':
      return `The credentials can write (${notice.scopes.map((scope) => makeHarmless(scope)).join(', ')}) and this run only reports.`;
    case 'CAP_EXCEEDED': {
      const planned = `${count(notice.planned, 'repair')} planned, ${notice.allowed} allowed`;
      return mode === 'report'
        ? `${planned}: in remediate mode nothing would be repaired.`
        : `${planned}: nothing was repaired.`;
    }
    case 'UNKNOWN_STRATEGY':
      return `${count(notice.connections, 'connection')} of the strategy ${makeHarmless(notice.strategy)}, which the auditor does not know: judged like any other, never written.`;
    case 'LISTING_DROPPED':
      return `${count(notice.now, 'connection')} listed; the last complete run listed ${notice.before}. Those that were read by id are confirmed as deleted.`;
    case 'NO_CONNECTIONS':
      return NOTICE_WORDS[notice.code].explanation;
    case 'LAST_TOLD_IN_FUTURE':
      return `The history dates the last message ${describeMoment(notice.at)}. That is later than now, so reminders would not be sent.`;
    case 'RULE_MATCHED_NOTHING':
      return `The rule ${makeHarmless(notice.rule)} matched no connection.`;
    case 'ONLY_DEFAULT':
      return `${count(notice.connections, 'connection')} matched no rule: only the policy's default covers them.`;
    case 'OUTSIDE_GROUP_RULES':
      return `No rule by group can match ${count(notice.connections, 'connection')}: ${nameStrategies(notice)}. Only the policy's default covers them.`;
    case 'EXEMPTION_EXPIRED': {
      const grace = notice.graceUntil === null ? '' : `; nothing is repaired before the end of ${notice.graceUntil}`;
      return `Expired: ${describeExemption(notice.exemption)}. It no longer exempts${grace}.`;
    }
    case 'EXEMPTION_EXPIRING':
      return `Expires in ${count(notice.daysLeft, 'day')}: ${describeExemption(notice.exemption)}.`;
    case 'EXEMPTION_UNUSED':
      return `Unused: ${describeExemption(notice.exemption)}. It fits no connection.`;
    case 'EXEMPTION_NOT_NEEDED':
      return `No longer needed: ${describeExemption(notice.exemption)}. What it fits is as the policy says.`;
    default:
      return unreachable(notice);
  }
}

/** `slack (3), tomorrow (1)`. */
function nameStrategies({ connections, strategies }: Extract<Notice, { code: 'OUTSIDE_GROUP_RULES' }>): string {
  const named = strategies.map((one) => `${makeHarmless(one.strategy, 40)} (${one.connections})`);
  const rest = strategies.reduce((left, one) => left - one.connections, connections);
  return [...named, ...(rest > 0 ? [`other strategies (${rest})`] : [])].join(', ');
}

function describeExemption({ id, name, owner, ticket, expires }: Exemption): string {
  const [of, by, see, until] = [id ?? name ?? '', owner, ticket, expires].map((text) => makeHarmless(text));
  return `exemption of ${of} (${by}, ${see}, until ${until})`;
}
