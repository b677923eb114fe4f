import { keysOf } from '../../connection/tables';
import type { WriteSwitch } from '../../contract';
import { type AuditorNotice, NOTICES, type Notice, stopNoticeIn, type TopicForPeople } from '../../judge/notice';
import type { Report } from '../../judge/report';
import { unreachable } from '../text/unreachable';
import { describeMoment } from './author';
import { count } from './run';

/** The notices about the auditor itself, most severe first. */
export function auditorNoticesOf({ notices }: Pick<Report, 'notices'>): readonly AuditorNotice[] {
  const ours = notices.filter(isOfAuditor);
  return keysOf(NOTICES).flatMap((code) => ours.filter((notice) => notice.code === code));
}

export function isOfAuditor(notice: Notice): notice is AuditorNotice {
  return NOTICES[notice.code].isOfAuditor;
}

/** The heading of a notice. Some of the headings are in subject lines too. */
export function titleAuditorNotice(notice: AuditorNotice): string {
  switch (notice.code) {
    case 'NOBODY_CONFIRMED':
      return UNHEARD[notice.topic].title;
    case 'SUBSCRIBERS_UNKNOWN':
      return `Subscribers of the ${notice.topic} topic unknown`;
    case 'RUNS_MISSED':
      return `${count(notice.runs, 'run')} not reported`;
    case 'WRITES_STOPPED':
      return 'Writes stopped';
    default:
      return unreachable(notice);
  }
}

export function explainAuditorNotice(notice: AuditorNotice): string {
  switch (notice.code) {
    case 'NOBODY_CONFIRMED':
      return UNHEARD[notice.topic].explanation;
    case 'SUBSCRIBERS_UNKNOWN':
      return `The ${notice.topic} topic did not return its number of confirmed subscriptions, so the recipients of the ${notice.topic} are unknown.`;
    case 'RUNS_MISSED':
      return `The messages of ${count(notice.runs, 'run')} since ${describeMoment(notice.since)} did not reach all recipients: no subscription was confirmed, or a message failed. This report lists all unreported writes and all open findings.`;
    case 'WRITES_STOPPED':
      return explainKillSwitch(notice.why, notice.since);
    default:
      return unreachable(notice);
  }
}

/** `since`: ISO 8601, UTC; `null` if unknown. */
export function explainKillSwitch(why: Exclude<WriteSwitch, 'allow'>, since: string | null): string {
  if (why === 'unreadable') return 'The kill switch could not be read. Nothing is written until it can be read.';
  return ['The kill switch stops all writes.', ...sayFirstSeen(since)].join(' ');
}

/**
 * When a run first read `stop` from the kill switch. For texts that already state that the kill switch is on `stop`.
 */
export function sayStoppedSince(report: Pick<Report, 'notices'>): string[] {
  const stop = stopNoticeIn(report);
  return stop?.why === 'stop' ? sayFirstSeen(stop.since) : [];
}

function sayFirstSeen(since: string | null): string[] {
  return since === null ? [] : [`A run first detected this on ${describeMoment(since)}.`];
}

/** The titles are in subject lines too. */
export const UNHEARD: Readonly<Record<TopicForPeople, { readonly title: string; readonly explanation: string }>> = {
  alerts: {
    title: 'Alerts reach nobody',
    explanation: 'No subscription of the alerts topic is confirmed. No one receives this alert, and the run fails.',
  },
  alarms: {
    title: 'Alarms reach nobody',
    explanation: 'No subscription of the alarms topic is confirmed. No one receives the alarms of this environment.',
  },
};

/** What to do about a notice: a text that is complete alone in a list of steps. A message also prints the command. */
export function remedyForAuditorNotice(notice: AuditorNotice): string {
  return remedyOf(notice).text;
}

/** The command of a remedy, and a text that introduces it. */
export interface Step {
  readonly words: string;
  readonly command: 'check' | 'history' | 'allow_writes';
}

/** The commands to paste for these notices, without duplicates. */
export function stepsFor(notices: readonly AuditorNotice[]): readonly Step[] {
  const steps = notices.flatMap((notice) => remedyOf(notice).step ?? []);
  return [...new Map(steps.map((step) => [step.command, step])).values()];
}

interface Remedy {
  readonly text: string;
  readonly step?: Step;
}

function remedyOf(notice: AuditorNotice): Remedy {
  if (notice.code === 'WRITES_STOPPED') return KILL_SWITCH_REMEDIES[notice.why];
  return AUDITOR_REMEDIES[notice.code];
}

const CHECK: Step = {
  words: 'Check deployment and recipients of alerts and alarms (read-only):',
  command: 'check',
};

export const AUDITOR_REMEDIES: Readonly<Record<Exclude<AuditorNotice['code'], 'WRITES_STOPPED'>, Remedy>> = {
  NOBODY_CONFIRMED: {
    text: 'Run the command check. It lists each recipient and the command that subscribes a recipient again.',
    step: CHECK,
  },
  SUBSCRIBERS_UNKNOWN: {
    text: "Allow the function's role to call sns:GetTopicAttributes on the topic, or check the subscriptions manually.",
  },
  RUNS_MISSED: {
    text: 'Use the command history to list these runs. Their records also show the findings that were resolved in the meantime.',
    step: { words: 'List the last runs and changes (read-only):', command: 'history' },
  },
};

export const KILL_SWITCH_REMEDIES: Readonly<Record<Exclude<WriteSwitch, 'allow'>, Remedy>> = {
  stop: {
    text: 'Find out who stopped the writes, and why. Set the kill switch to allow when repairs can continue.',
    step: { words: 'When repairs can continue, set the kill switch to allow:', command: 'allow_writes' },
  },
  unreadable: {
    text: "Check that the SSM parameter of the kill switch exists and that the function's role is allowed to read it (ssm:GetParameter).",
  },
};
