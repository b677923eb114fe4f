import type { Environment } from '../../lib/environment/environment';
import type { Conditions } from './conditions';

export type FailureName =
  // No run
  | 'run schedule deleted or disabled'
  | 'scheduler role may not invoke'
  | 'scheduler role deleted'
  | 'scheduler role may not invoke, Undelivered queue deleted'
  | 'Undelivered queue deleted'
  | 'function deleted'
  | 'account without free concurrency for an hour each night'
  | 'function throttled for ten minutes'
  | 'concurrency of the function 0'
  | 'weekly: run schedule deleted'
  | 'weekly: all schedules deleted'
  | 'monthly: run schedule deleted'
  | 'first deploy: no run ever starts'
  | 'first deploy with a warm-up: no run ever starts'
  | 'weekly: first deploy with a warm-up, six days before the first run is due'
  // A run that fails
  | 'run times out'
  | 'run times out every night'
  | 'run out of memory'
  | 'code does not load'
  | 'run takes 14 of 15 minutes'
  | 'run uses 90 % of its memory'
  | 'Auth0 does not answer'
  | 'repair fails'
  | 'history bucket deleted'
  | 'weekly: history bucket deleted'
  | 'secret deleted'
  | 'secret never filled'
  | 'secret a year old'
  | 'log group deleted'
  | 'FailedRuns queue deleted'
  | 'FailedRuns queue deleted, a run fails'
  // Topics and those who listen
  | 'alerts key disabled'
  | 'alerts topic deleted'
  | 'alerts topic refuses the function'
  | 'alerts topic refuses CloudWatch'
  | 'nobody is subscribed to the alerts'
  | 'a subscriber of the alerts is unreachable'
  | 'own key of the alarms disabled'
  | 'own topic of the alarms deleted'
  | 'own topic of the alarms refuses CloudWatch'
  | 'nobody is subscribed to the own topic of the alarms'
  | 'alarms deleted, or their actions disabled'
  | 'first deploy: everybody confirms after the first run'
  | 'first deploy: nobody ever confirms'
  // Done on purpose
  | 'kill switch on stop for a day'
  | 'kill switch on stop for ten days'
  | 'kill switch parameter deleted'
  | 'schedule paused'
  // All is well
  | 'first deploy with a warm-up, everybody confirms before the first run'
  | 'daily, a month'
  | 'weekly, three months'
  | 'monthly, half a year'
  | 'daily, clocks change in spring'
  | 'daily, clocks change in autumn';

export const SECTIONS = ['No run', 'A run that fails', 'Topics and receivers', 'On purpose', 'All is well'] as const;

export interface Failure {
  readonly section: (typeof SECTIONS)[number];
  /** What of the template it breaks: a part of a logical id. */
  readonly breaks?: string;
  readonly change: Partial<Conditions>;
  /** Days until somebody mends it. */
  readonly days: number;
  /** Of the environment, beside those of all. */
  readonly environment?: Partial<Environment>;
  /** It is one of the own topic of the alarms, which only two ways have. */
  readonly isOfOwnTopic?: true;
  /** It begins with the first deploy; otherwise after runs that went well. */
  readonly isFirstDeploy?: true;
  /** Days after the first deploy until everybody confirms. */
  readonly confirmedAfterDays?: number;
  /** The day of the first deploy. */
  readonly from?: string;
  /** Why nobody hears of it although alarms have a way of their own; the table is refused where somebody does. */
  readonly unheard?: string;
}

const WEEKLY = { schedule: { cron: '30 4 ? * MON *', timeZone: 'Europe/Berlin' } };
const MONTHLY = { schedule: { cron: '30 4 1 * ? *', timeZone: 'Europe/Berlin' } };
const WARM = { alarmWarmUpHours: 48 };
const PAUSED = { schedule: { cron: '30 4 * * ? *', timeZone: 'Europe/Berlin', enabled: false } };

const noRun = { section: 'No run', days: 10 } as const;
const failed = { section: 'A run that fails', days: 10 } as const;
const topics = { section: 'Topics and receivers', days: 10 } as const;
const onPurpose = { section: 'On purpose', days: 10 } as const;
const well = { section: 'All is well', change: {}, unheard: 'Nothing is wrong.' } as const;

const TEST_ALARM = 'Alerts go on. A test alarm (`check --test-alarm`) shows it; no alarm can.';
const LATENT = 'Nothing is lost until a run fails; the row below it has that.';

/** Every failure that we know. A name without a row does not compile. */
export const FAILURES: Readonly<Record<FailureName, Failure>> = {
  'run schedule deleted or disabled': { ...noRun, breaks: 'NightlySchedule', change: { schedules: 'gone' } },
  'scheduler role may not invoke': {
    ...noRun,
    breaks: 'SchedulerRoleDefault',
    change: { schedulerRole: 'may not invoke' },
  },
  'scheduler role deleted': { ...noRun, breaks: 'SchedulerRole', change: { schedulerRole: 'gone' } },
  'scheduler role may not invoke, Undelivered queue deleted': {
    ...noRun,
    breaks: 'Undelivered',
    change: { schedulerRole: 'may not invoke', undelivered: 'gone' },
  },
  'Undelivered queue deleted': {
    ...noRun,
    breaks: 'Undelivered',
    change: { undelivered: 'gone' },
    unheard: 'Nothing is lost until an event cannot be delivered; the row above it has that.',
  },
  'function deleted': { ...noRun, breaks: 'AuditFunction', change: { function: 'gone' } },
  'account without free concurrency for an hour each night': { ...noRun, change: { function: 'throttled' } },
  'function throttled for ten minutes': {
    ...noRun,
    days: 1,
    change: { function: 'throttled for ten minutes' },
    unheard: 'Lambda tries again, and the run starts ten minutes later. The row above it has what lasts.',
  },
  'concurrency of the function 0': { ...noRun, change: { function: 'concurrency 0' } },
  'weekly: run schedule deleted': {
    ...noRun,
    days: 21,
    breaks: 'NightlySchedule',
    environment: WEEKLY,
    change: { schedules: 'only the watch' },
  },
  'weekly: all schedules deleted': {
    ...noRun,
    days: 21,
    breaks: 'Schedules',
    environment: WEEKLY,
    change: { schedules: 'gone' },
  },
  'monthly: run schedule deleted': {
    ...noRun,
    days: 60,
    breaks: 'NightlySchedule',
    environment: MONTHLY,
    change: { schedules: 'only the watch' },
  },
  'first deploy: no run ever starts': {
    ...noRun,
    breaks: 'NightlySchedule',
    change: { schedules: 'gone' },
    isFirstDeploy: true,
    confirmedAfterDays: 1,
    unheard:
      'The alarms ring before anybody has confirmed. The row below it has `alarmWarmUpHours`. Until then, `check` shows the alarms, and **InvokeNow**, the last step of a deploy, shows that runs start.',
  },
  'first deploy with a warm-up: no run ever starts': {
    ...noRun,
    change: { schedules: 'gone' },
    environment: WARM,
    isFirstDeploy: true,
    confirmedAfterDays: 1,
  },
  'weekly: first deploy with a warm-up, six days before the first run is due': {
    ...noRun,
    days: 6,
    environment: { ...WEEKLY, ...WARM },
    change: {},
    isFirstDeploy: true,
    confirmedAfterDays: 0.5,
  },

  'run times out': { ...failed, days: 1, change: { run: 'times out' } },
  'run times out every night': { ...failed, change: { run: 'times out' } },
  'run out of memory': { ...failed, days: 1, change: { run: 'runs out of memory' } },
  'code does not load': { ...failed, breaks: 'AuditFunction', change: { run: 'does not load' } },
  'run takes 14 of 15 minutes': { ...failed, days: 1, change: { run: 'takes 14 minutes' } },
  'run uses 90 % of its memory': { ...failed, days: 1, change: { run: 'uses 90 % of its memory' } },
  'Auth0 does not answer': { ...failed, days: 1, change: { run: 'Auth0 does not answer' } },
  'repair fails': { ...failed, days: 1, change: { run: 'fails a repair' } },
  'history bucket deleted': { ...failed, breaks: 'HistoryBucket', change: { run: 'cannot keep its history' } },
  'weekly: history bucket deleted': {
    ...failed,
    breaks: 'HistoryBucket',
    environment: WEEKLY,
    change: { run: 'cannot keep its history' },
  },
  'secret deleted': { ...failed, breaks: 'Secret', change: { run: 'cannot read the secret' } },
  'secret never filled': { ...failed, breaks: 'Secret', change: { run: 'needs setup' } },
  'secret a year old': { ...failed, breaks: 'Secret', change: { secretAgeDays: 366 } },
  'log group deleted': { ...failed, breaks: 'AuditLog', change: { log: 'gone' } },
  'FailedRuns queue deleted': { ...failed, breaks: 'FailedRuns', change: { failedRuns: 'gone' }, unheard: LATENT },
  'FailedRuns queue deleted, a run fails': {
    ...failed,
    days: 1,
    breaks: 'FailedRuns',
    change: { failedRuns: 'gone', run: 'fails a repair' },
  },

  'alerts key disabled': { ...topics, breaks: 'TopicsKey', change: { alertsTopic: 'key disabled' } },
  'alerts topic deleted': { ...topics, breaks: 'TopicsAlerts', change: { alertsTopic: 'gone' } },
  'alerts topic refuses the function': {
    ...topics,
    breaks: 'TopicsAlertsPolicy',
    change: { alertsTopic: 'refuses the function' },
  },
  'alerts topic refuses CloudWatch': {
    ...topics,
    breaks: 'TopicsAlertsPolicy',
    change: { alertsTopic: 'refuses CloudWatch' },
    unheard: 'With two ways no alarm goes over this topic. With one, a test alarm (`check --test-alarm`) shows it.',
  },
  'nobody is subscribed to the alerts': {
    ...topics,
    breaks: 'TopicsAlertsidentityteam',
    change: { unsubscribed: ['alert recipients', 'chat'] },
  },
  'a subscriber of the alerts is unreachable': { ...topics, breaks: 'Chat', change: { unreachable: 'chat' } },
  'own key of the alarms disabled': {
    ...topics,
    breaks: 'Key',
    isOfOwnTopic: true,
    change: { alarmsTopic: 'key disabled' },
    unheard: TEST_ALARM,
  },
  'own topic of the alarms deleted': {
    ...topics,
    breaks: 'Alarms',
    isOfOwnTopic: true,
    change: { alarmsTopic: 'gone' },
  },
  'own topic of the alarms refuses CloudWatch': {
    ...topics,
    breaks: 'Alarms',
    isOfOwnTopic: true,
    change: { alarmsTopic: 'refuses CloudWatch' },
    unheard: TEST_ALARM,
  },
  'nobody is subscribed to the own topic of the alarms': {
    ...topics,
    isOfOwnTopic: true,
    change: { unsubscribed: ['alarm recipients', 'chat'] },
  },
  'alarms deleted, or their actions disabled': {
    ...topics,
    breaks: 'Alarms',
    change: { alarms: 'gone' },
    unheard: 'Alerts go on. The command `check` shows it; no alarm can.',
  },
  'first deploy: everybody confirms after the first run': {
    ...topics,
    change: {},
    isFirstDeploy: true,
    confirmedAfterDays: 1,
  },
  'first deploy: nobody ever confirms': {
    ...topics,
    change: { unsubscribed: ['alert recipients', 'alarm recipients', 'chat'] },
    isFirstDeploy: true,
    unheard:
      'Nobody can hear before somebody confirms. The deploy prints the command that lists subscriptions, and `check` fails.',
  },

  'kill switch on stop for a day': {
    ...onPurpose,
    days: 1,
    breaks: 'KillSwitch',
    change: { killSwitch: 'stop' },
    unheard: 'A person has stopped writes, and allowed them again within a week.',
  },
  'kill switch on stop for ten days': { ...onPurpose, breaks: 'KillSwitch', change: { killSwitch: 'stop' } },
  'kill switch parameter deleted': { ...onPurpose, breaks: 'KillSwitch', change: { killSwitch: 'gone' } },
  'schedule paused': {
    ...onPurpose,
    environment: PAUSED,
    change: {},
    unheard: 'The environment says so, and each synthesis warns of it (`SCHEDULE_PAUSED`).',
  },

  'first deploy with a warm-up, everybody confirms before the first run': {
    ...well,
    environment: WARM,
    days: 14,
    isFirstDeploy: true,
    confirmedAfterDays: 0.5,
  },
  'daily, a month': { ...well, days: 31 },
  'weekly, three months': { ...well, days: 91, environment: WEEKLY },
  'monthly, half a year': { ...well, days: 184, environment: MONTHLY },
  'daily, clocks change in spring': { ...well, days: 14, from: '2027-03-14' },
  'daily, clocks change in autumn': { ...well, days: 14, from: '2027-10-17' },
};
