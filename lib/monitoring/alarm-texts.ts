import type { AlarmName } from '../../lambda/contract';
import {
  accountSettingsCommand,
  readLogsCommand,
  readQueueCommand,
  subscriptionsCommand,
  writesHistoryCommand,
} from '../../lambda/report/commands/aws';
import { type Command, inOneLine, type Word } from '../../lambda/report/commands/command';
import { checkCommand } from '../../lambda/report/commands/npm';
import type { CommandPlace } from '../../lambda/report/commands/place';
import { dueHours, needsWatch, type Schedule, wordHours } from '../environment/schedule';
import { INVOCATION_MINUTES } from '../environment/schema';
import { NEAR_LIMIT_MINUTES } from './alarm-math';

/** The names in the texts of the alarms of an environment. */
export interface Named {
  readonly environmentName: string;

  readonly schedule: Schedule;

  /** The place for the commands. */
  readonly place: CommandPlace;

  /** The address of the folder with the runbook, or its path relative to the folder in which operators start the command line. */
  readonly docs: string;

  readonly logGroup: Word;
  readonly alertsTopicArn: Word;
  readonly undeliveredUrl: Word;
}

interface Words {
  /** The failure in one sentence. A second sentence can state a fact or an action. */
  readonly wrong: (named: Named) => string;
  /** The first command to run. It only reads, because operators paste it before they analyze the failure. */
  readonly command: (named: Named) => Command | undefined;
}

/** An alarm on a run looks back over 30 minutes. Its recipients might read the mail a day later. */
const log = ({ place, logGroup }: Named) => readLogsCommand(place, logGroup, 2);

/** The log since the last completed run. */
const logSinceLastRun = ({ place, logGroup, schedule }: Named) =>
  readLogsCommand(place, logGroup, Math.ceil(dueHours(schedule) / 24));

const WORDS = {
  'run-failed': {
    wrong: ({ environmentName }) => `An audit run of '${environmentName}' ended with an error.`,
    command: log,
  },
  'no-completed-run': {
    wrong: (named) => {
      const { environmentName, schedule } = named;
      const noRun = `No audit run of '${environmentName}' completed within ${wordHours(dueHours(schedule))}`;
      return pausedOr(
        named,
        needsWatch(schedule) ? `${noRun}, or the daily check for overdue runs did not run.` : `${noRun}.`,
      );
    },
    command: logSinceLastRun,
  },
  'still-no-completed-run': {
    wrong: (named) =>
      pausedOr(
        named,
        needsWatch(named.schedule)
          ? `An audit run of '${named.environmentName}' has been overdue for 7 days. You might have missed the first alarm.`
          : `No audit run of '${named.environmentName}' completed within 7 days. You might have missed the first alarm.`,
      ),
    command: ({ place }) => checkCommand(place),
  },
  'not-delivered': {
    wrong: ({ environmentName }) =>
      `The schedule of '${environmentName}' could not start the function. The messages in the queue Undelivered contain the reason.`,
    command: ({ place, undeliveredUrl }) => readQueueCommand(place, undeliveredUrl),
  },
  throttled: {
    wrong: ({ environmentName }) =>
      `Lambda throttles the function of '${environmentName}': no concurrent execution is free. After 1 hour Lambda stops trying to start the run.`,
    command: ({ place }) => accountSettingsCommand(place),
  },
  'near-time-limit': {
    wrong: ({ environmentName }) =>
      `A run of '${environmentName}' took ${NEAR_LIMIT_MINUTES} minutes or more. Lambda ends a run after ${INVOCATION_MINUTES} minutes.`,
    command: log,
  },
  'near-memory-limit': {
    wrong: ({ environmentName }) =>
      `A run of '${environmentName}' used 85 % or more of its memory. Lambda ends a run that needs more than 100 %.`,
    command: log,
  },
  'failed-run-lost': {
    wrong: ({ environmentName }) =>
      `Lambda could not put a failed run of '${environmentName}' into the queue of failed runs.`,
    command: log,
  },
  'alert-undelivered': {
    wrong: ({ environmentName }) => `SNS could not deliver an alert of '${environmentName}' to a subscriber.`,
    command: ({ place, alertsTopicArn }) => subscriptionsCommand(place, alertsTopicArn),
  },
  'old-credentials': {
    wrong: ({ environmentName }) =>
      `The Auth0 credentials of '${environmentName}' are a year old. Rotate the credentials in Auth0, then write the new credentials into the secret.`,
    command: ({ place }) => checkCommand(place),
  },
  'writes-stopped': {
    wrong: ({ environmentName }) =>
      `The kill switch has stopped the repairs of '${environmentName}' for 7 days or longer. Before you allow repairs, find out who stopped them and why.`,
    command: ({ place }) => writesHistoryCommand(place),
  },
} as const satisfies Readonly<Record<AlarmName, Words>>;

/**
 * The failure, the command to run and the text to read, one line each: a mail can show the lines as one paragraph.
 * CloudWatch accepts up to 1,024 characters
 * (docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html, AlarmDescription).
 */
export function describeAlarm(name: AlarmName, named: Named): string {
  const { wrong, command } = WORDS[name];
  const first = command(named);
  if (first === undefined) throw new Error(`the command of the alarm ${name} is incomplete`);
  return [wrong(named), `Run: ${inOneLine(first)}`, `Read: ${named.docs}/runbook.md#${name}`].join('\n');
}

function pausedOr({ environmentName, schedule }: Named, wrong: string): string {
  return schedule.enabled === false
    ? `The schedule of '${environmentName}' is paused: no audit runs, and no alarm reports missing runs.`
    : wrong;
}
