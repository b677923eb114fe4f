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

/** Describes a notice: a fact about the run that does not make it incomplete. */
export function describeNotice(notice: Notice, mode: Mode): string {
  return isOfAuditor(notice)
    ? `${explainAuditorNotice(notice)} ${remedyForAuditorNotice(notice)}`
    : `${leadOf(notice, mode)} ${NOTICE_WORDS[notice.code].remedy}`;
}

/** Whether the section on the outcome of these findings states the same as a notice. */
export function isSaidBy(findings: readonly Finding[]): (notice: Notice) => boolean {
  return ({ code }) => {
    const { saidBy }: NoticeFacts = NOTICES[code];
    if (saidBy === null) return false;
    return findings.some(({ outcome, stopped }) =>
      'outcome' in saidBy ? outcome === saidBy.outcome : stopped !== null && saidBy.stopped.includes(stopped),
    );
  };
}

/** The stop reasons that the notices about the auditor already state. */
export function stopsSaidBy(report: Pick<Report, 'notices'>): ReadonlySet<StopReason> {
  const saids = auditorNoticesOf(report).map(({ code }): NoticeFacts['saidBy'] => NOTICES[code].saidBy);
  return new Set(saids.flatMap((saidBy) => (saidBy !== null && 'stopped' in saidBy ? saidBy.stopped : [])));
}

/** Whether a notice alone makes the run send an alert. */
export function hasUrgentNotice({ notices }: Pick<Report, 'notices'>): boolean {
  return notices.some(({ code }) => NOTICES[code].isUrgent);
}

/** The urgent notices that are not about the auditor. Their facts are only numbers and times. */
export function urgentNoticesOf({ notices }: Pick<Report, 'notices'>): readonly Notice[] {
  return notices.filter((notice) => NOTICES[notice.code].isUrgent && !isOfAuditor(notice));
}

/** The texts of each notice. The reference prints the explanation; a message prints the facts instead. */
export const NOTICE_WORDS: Readonly<Record<NoticeCode, Omit<ValueWords, 'name'>>> = {
  SCOPES_UNKNOWN: {
    explanation: 'Auth0 did not return the scopes of the token.',
    remedy: 'If options are hidden, first check the scope read:connections_options.',
  },
  WRITE_SCOPES_IN_REPORT_MODE: {
    explanation: 'The credentials can write, but this run is in report mode.',
    remedy: 'Remove these scopes: report mode does not need them.',
  },
  WRITE_SCOPES_MISSING: {
    explanation:
      'The run is in remediate mode, but the credentials cannot write. They need both update:connections and update:connections_options.',
    remedy: 'Grant both scopes. Until then nothing is repaired.',
  },
  CAP_EXCEEDED: {
    explanation: 'The plan has more repairs than the caps of the environment allow, so no repair is made.',
    remedy: 'First find out why so many connections drifted.',
  },
  UNKNOWN_STRATEGY: {
    explanation:
      'Connections have a strategy that the auditor does not know. It judges these connections like any other, but never writes them.',
    remedy: 'Check for a newer release.',
  },
  LISTING_DROPPED: {
    explanation:
      'More than a fifth of the connections of the last complete run are missing. The auditor read some of the missing connections by id, and these were deleted.',
    remedy: 'Check that the missing connections were deleted on purpose.',
  },
  NO_CONNECTIONS: {
    explanation: 'The first run of this tenant listed no connections.',
    remedy: 'Check that the domain and the credentials belong to the right tenant.',
  },
  LAST_TOLD_IN_FUTURE: {
    explanation: 'In the history, the date of the last message is in the future, so reminders would not be sent.',
    remedy: 'Check the clock of the machine that wrote the date. This run corrects the date.',
  },
  NOBODY_CONFIRMED: {
    explanation:
      'The environment names recipients of alerts or alarms, but no subscription of that topic is confirmed. Without a confirmed subscription of the alerts topic, the run fails.',
    remedy: AUDITOR_REMEDIES.NOBODY_CONFIRMED.text,
  },
  SUBSCRIBERS_UNKNOWN: {
    explanation:
      'The alerts topic or the alarms topic did not return its number of confirmed subscriptions, so the recipients are unknown.',
    remedy: AUDITOR_REMEDIES.SUBSCRIBERS_UNKNOWN.text,
  },
  RUNS_MISSED: {
    explanation:
      'The messages of the last runs did not reach all recipients: no subscription was confirmed, or a message failed. The report lists all unreported writes and all open findings.',
    remedy: AUDITOR_REMEDIES.RUNS_MISSED.text,
  },
  WRITES_STOPPED: {
    explanation: 'The kill switch stops all writes, or it could not be read. In both cases nothing is written.',
    remedy: `If it is on stop: ${KILL_SWITCH_REMEDIES.stop.text} If it could not be read: ${KILL_SWITCH_REMEDIES.unreadable.text}`,
  },
  RULE_MATCHED_NOTHING: {
    explanation: 'A rule matched no connection.',
    remedy: 'Check whether the rule is still needed and whether its match is correct.',
  },
  ONLY_DEFAULT: {
    explanation: "Connections matched no rule. Only the policy's default covers these connections.",
    remedy: 'If the default is not meant for these connections, add a rule.',
  },
  OUTSIDE_GROUP_RULES: {
    explanation:
      "The policy has rules by group, but no such rule can match the strategies of these connections. Only the policy's default covers these connections. A strategy that the auditor does not know belongs to no group.",
    remedy: 'If the default is not meant for these connections, add a rule by strategy or group.',
  },
  EXEMPTION_EXPIRED: {
    explanation: 'An exemption has expired and no longer applies. During the grace period nothing is repaired.',
    remedy: 'Remove the exemption, or renew it with its owner.',
  },
  EXEMPTION_EXPIRING: {
    explanation: 'An exemption expires soon.',
    remedy: 'Ask its owner whether to renew or to remove the exemption.',
  },
  EXEMPTION_UNUSED: { explanation: 'An exemption matches no connection.', remedy: 'Remove or correct it.' },
  EXEMPTION_NOT_NEEDED: {
    explanation: 'All connections of an exemption comply with the policy.',
    remedy: 'Remove the exemption.',
  },
};

function leadOf(notice: Exclude<Notice, AuditorNotice>, mode: Mode): string {
  switch (notice.code) {
    case 'SCOPES_UNKNOWN':
    case 'WRITE_SCOPES_MISSING':
      return NOTICE_WORDS[notice.code].explanation;
    case 'WRITE_SCOPES_IN_REPORT_MODE':
      return `The credentials can write (${notice.scopes.map((scope) => makeHarmless(scope)).join(', ')}) but this run is in report mode.`;
    case 'CAP_EXCEEDED': {
      const planned = `${count(notice.planned, 'repair')} planned, ${notice.allowed} allowed`;
      return mode === 'report'
        ? `${planned}: in remediate mode nothing would be repaired.`
        : `${planned}: nothing was repaired.`;
    }
    case 'UNKNOWN_STRATEGY':
      return `Unknown strategy ${makeHarmless(notice.strategy)}: ${count(notice.connections, 'connection')}. This version of the auditor does not know the strategy. Such connections are judged like any other, but never written.`;
    case 'LISTING_DROPPED':
      return `${count(notice.now, 'connection')} listed; the last complete run listed ${notice.before}. The auditor read some of the missing connections by id, and these were deleted.`;
    case 'NO_CONNECTIONS':
      return NOTICE_WORDS[notice.code].explanation;
    case 'LAST_TOLD_IN_FUTURE':
      return `In the history, the date of the last message is ${describeMoment(notice.at)}. This date is in the future, so reminders would not be sent.`;
    case 'RULE_MATCHED_NOTHING':
      return `The rule ${makeHarmless(notice.rule)} matched no connection.`;
    case 'ONLY_DEFAULT':
      return `${count(notice.connections, 'connection')} matched no rule. Only the policy's default covers them.`;
    case 'OUTSIDE_GROUP_RULES':
      return `No rule by group can match ${count(notice.connections, 'connection')}: ${nameStrategies(notice)}. Only the policy's default covers them.`;
    case 'EXEMPTION_EXPIRED': {
      const grace = notice.graceUntil === null ? '' : `; nothing is repaired until the end of ${notice.graceUntil}`;
      return `Expired: ${describeExemption(notice.exemption)}. It no longer applies${grace}.`;
    }
    case 'EXEMPTION_EXPIRING':
      return `Expires in ${count(notice.daysLeft, 'day')}: ${describeExemption(notice.exemption)}.`;
    case 'EXEMPTION_UNUSED':
      return `Unused: ${describeExemption(notice.exemption)}. It matches no connection.`;
    case 'EXEMPTION_NOT_NEEDED':
      return `No longer needed: ${describeExemption(notice.exemption)}. All its connections comply with the policy.`;
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
