import { keysOf } from '../../connection/tables';
import type { WriteSwitch } from '../../contract';
import { type AuditorNotice, NOTICES, type Notice, stopNoticeIn, type TopicForPeople } from '../../judge/notice';
import type { Report } from '../../judge/report';
import { unreachable } from '../text/unreachable';
import { describeMoment } from './author';
import { count } from './run';

/** What is to be known of the auditor itself, the gravest first. */
export function auditorNoticesOf({ notices }: Pick<Report, 'notices'>): readonly AuditorNotice[] {
  const ours = notices.filter(isOfAuditor);
  return keysOf(NOTICES).flatMap((code) => ours.filter((notice) => notice.code === code));
}

export function isOfAuditor(notice: Notice): notice is AuditorNotice {
  return NOTICES[notice.code].isOfAuditor;
}

/** The heading over it; a subject line says some of them too. */
export function titleAuditorNotice(notice: AuditorNotice): string {
  switch (notice.code) {
    case 'NOBODY_CONFIRMED':
      return UNHEARD[notice.topic].title;
    case 'SUBSCRIBERS_UNKNOWN':
      return `Subscribers of the ${notice.topic} not known`;
    case 'RUNS_MISSED':
      return `${count(notice.runs, 'run')} missed`;
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
      return `The topic of the ${notice.topic} did not tell how many subscriptions are confirmed, so it is not known who receives ${notice.topic}.`;
    case 'RUNS_MISSED':
      return `${count(notice.runs, 'run')} since ${describeMoment(notice.since)} did not reach everybody: nobody had confirmed a subscription, or a message failed. This report lists the writes that were not reported yet and everything that is open now.`;
    case 'WRITES_STOPPED':
      return explainKillSwitch(notice.why, notice.since);
    default:
      return unreachable(notice);
  }
}

/** `since`: ISO 8601, UTC; `null` where it is not known. */
export function explainKillSwitch(why: Exclude<WriteSwitch, 'allow'>, since: string | null): string {
  if (why === 'unreadable') return 'The kill switch could not be read. Nothing is written while that is so.';
  return ['The kill switch stops all writes.', ...sayFirstSeen(since)].join(' ');
}

/** Since when runs have seen that the kill switch is on `stop`, for words that say already that it is. */
export function sayStoppedSince(report: Pick<Report, 'notices'>): string[] {
  const stop = stopNoticeIn(report);
  return stop?.why === 'stop' ? sayFirstSeen(stop.since) : [];
}

function sayFirstSeen(since: string | null): string[] {
  return since === null ? [] : [`Runs first saw this on ${describeMoment(since)}.`];
}

/** The heading is in a subject line too. */
export const UNHEARD: Readonly<Record<TopicForPeople, { readonly title: string; readonly explanation: string }>> = {
  alerts: {
    title: 'Alerts reach nobody',
    explanation:
      'Nobody has confirmed a subscription of the alerts topic. Nobody receives this alert, and the run fails.',
  },
  alarms: {
    title: 'Alarms reach nobody',
    explanation:
      'Nobody has confirmed a subscription of the alarms topic. Nobody receives the alarms of this environment.',
  },
};

/** What to do about it: a text that stands alone in a list of steps. A message has the command itself beside it. */
export function remedyForAuditorNotice(notice: AuditorNotice): string {
  return remedyOf(notice).text;
}

/** The command of a remedy, with what it does. */
export interface Step {
  readonly words: string;
  readonly command: 'check' | 'history' | 'allow_writes';
}

/** The commands to paste for these notices, each once. */
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
  words: 'Check the deployment and who receives alerts and alarms (reads only):',
  command: 'check',
};

export const AUDITOR_REMEDIES: Readonly<Record<Exclude<AuditorNotice['code'], 'WRITES_STOPPED'>, Remedy>> = {
  NOBODY_CONFIRMED: {
    text: 'Run the command check: it lists each recipient and how to subscribe again.',
    step: CHECK,
  },
  SUBSCRIBERS_UNKNOWN: {
    text: "Let the function's role call sns:GetTopicAttributes on the topic, or check the subscriptions yourself.",
  },
  RUNS_MISSED: {
    text: 'Findings that were resolved meanwhile are in the records of these runs: run the command history.',
    step: { words: 'List the last runs and changes (reads only):', command: 'history' },
  },
};

export const KILL_SWITCH_REMEDIES: Readonly<Record<Exclude<WriteSwitch, 'allow'>, Remedy>> = {
  stop: {
    text: 'Find out who stopped the writes and why. Set the kill switch to allow when repairs may go on.',
    step: { words: 'Set the kill switch to allow, when repairs may go on:', command: 'allow_writes' },
  },
  unreadable: {
    text: "Check that the parameter of the kill switch exists and that the function's role may read it (ssm:GetParameter).",
  },
};
