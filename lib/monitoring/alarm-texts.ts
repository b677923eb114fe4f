import type { AlarmName } from '../../lambda/contract';
import {
  accountSettingsCommand,
  allowWritesCommand,
  invokeAndWaitCommand,
  readLogsCommand,
  readQueueCommand,
  subscriptionsCommand,
} from '../../lambda/report/commands/aws';
import { type Command, inOneLine, type Word } from '../../lambda/report/commands/command';
import { checkCommand, fillSecretCommand } from '../../lambda/report/commands/npm';
import type { CommandPlace } from '../../lambda/report/commands/place';
import { dueHours, needsWatch, type Schedule } from '../environment/schedule';
import { INVOCATION_MINUTES } from '../environment/schema';
import { NEAR_LIMIT_MINUTES } from './alarm-math';

/** What the texts of an environment's alarms name. */
export interface Named {
  readonly environmentName: string;

  readonly schedule: Schedule;

  /** Where its commands work. */
  readonly place: CommandPlace;

  /** The address of the folder with the runbook, or its path from where people start the command line. */
  readonly docs: string;

  readonly logGroup: Word;
  readonly alertsTopicArn: Word;
  readonly undeliveredUrl: Word;
}

interface Words {
  /** What is wrong, in one sentence. */
  readonly wrong: (named: Named) => string;
  /** What to run first. */
  readonly command: (named: Named) => Command | undefined;
}

const log = ({ place, logGroup }: Named) => readLogsCommand(place, logGroup);

const WORDS = {
  'run-failed': {
    wrong: ({ environmentName }) => `An audit run of '${environmentName}' ended with an error.`,
    command: log,
  },
  'no-completed-run': {
    wrong: (named) => {
      const { environmentName, schedule } = named;
      const noRun = `No audit run of '${environmentName}' completed within ${dueHours(schedule)} hours`;
      return pausedOr(named, needsWatch(schedule) ? `${noRun}, or nothing has checked that for a day.` : `${noRun}.`);
    },
    command: ({ place }) => invokeAndWaitCommand(place),
  },
  'still-no-completed-run': {
    wrong: (named) =>
      pausedOr(
        named,
        needsWatch(named.schedule)
          ? `An audit run of '${named.environmentName}' has been overdue for 7 days; the first alarm may have reached nobody.`
          : `No audit run of '${named.environmentName}' completed within 7 days; the first alarm may have reached nobody.`,
      ),
    command: ({ place }) => checkCommand(place),
  },
  'not-delivered': {
    wrong: ({ environmentName }) =>
      `The schedule of '${environmentName}' could not start the function; messages of its queue say why.`,
    command: ({ place, undeliveredUrl }) => readQueueCommand(place, undeliveredUrl),
  },
  throttled: {
    wrong: ({ environmentName }) =>
      `Lambda throttles the function of '${environmentName}': no concurrent execution is free, and after 1 hour the run is given up.`,
    command: ({ place }) => accountSettingsCommand(place),
  },
  'near-time-limit': {
    wrong: ({ environmentName }) =>
      `A run of '${environmentName}' took ${NEAR_LIMIT_MINUTES} minutes or more, and Lambda ends it after ${INVOCATION_MINUTES}.`,
    command: log,
  },
  'near-memory-limit': {
    wrong: ({ environmentName }) =>
      `A run of '${environmentName}' used 85 % or more of its memory, and Lambda ends a run that needs more than all of it.`,
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
      `The Auth0 credentials of '${environmentName}' are a year old: rotate them in Auth0, then write the new ones.`,
    command: ({ place }) => fillSecretCommand(place),
  },
  'writes-stopped': {
    wrong: ({ environmentName }) =>
      `The kill switch has stopped the repairs of '${environmentName}' for 7 days or longer; allow them when its reason is gone.`,
    command: ({ place }) => allowWritesCommand(place),
  },
} as const satisfies Readonly<Record<AlarmName, Words>>;

/**
 * What is wrong, what to run and what to read, in lines: a mail may show them as one paragraph. CloudWatch takes up to
 * 1,024 characters (docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html, AlarmDescription).
 */
export function describeAlarm(name: AlarmName, named: Named): string {
  const { wrong, command } = WORDS[name];
  const first = command(named);
  if (first === undefined) throw new Error(`the command of the alarm ${name} lacks something`);
  return [wrong(named), `Run: ${inOneLine(first)}`, `Read: ${named.docs}/runbook.md#${name}`].join('\n');
}

function pausedOr({ environmentName, schedule }: Named, wrong: string): string {
  return schedule.enabled === false
    ? `The schedule of '${environmentName}' is paused: nobody is told that no audit run completes.`
    : wrong;
}
