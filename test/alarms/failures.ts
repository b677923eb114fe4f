import type { Environment } from '../../lib/environment/environment';
import type { Conditions } from './conditions';

export type FailureName =
  // No run
  | 'run schedule deleted or disabled'
  | 'scheduler role is not allowed to invoke'
  | 'scheduler role deleted'
  | 'scheduler role is not allowed to invoke, Undelivered queue deleted'
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
  | 'every run times out'
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
  // Topics and receivers
  | 'alerts key disabled'
  | 'alerts topic deleted'
  | 'alerts topic refuses the function'
  | 'alerts topic refuses CloudWatch'
  | 'no one is subscribed to the alerts'
  | 'a subscriber of the alerts is unreachable'
  | 'separate key of the alarms disabled'
  | 'separate topic of the alarms deleted'
  | 'separate topic of the alarms refuses CloudWatch'
  | 'no one is subscribed to the separate topic of the alarms'
  | 'alarms deleted, or their actions disabled'
  | 'first deploy: all recipients confirm after the first run'
  | 'first deploy: no recipient confirms'
  // On purpose
  | 'kill switch on stop for a day'
  | 'kill switch on stop for ten days'
  | 'kill switch parameter deleted'
  | 'schedule paused'
  // No failure
  | 'first deploy with a warm-up, all recipients confirm before the first run'
  | 'daily, a month'
  | 'weekly, three months'
  | 'monthly, half a year'
  | 'daily, clocks change in spring'
  | 'daily, clocks change in autumn';

export const SECTIONS = ['No run', 'A run that fails', 'Topics and receivers', 'On purpose', 'No failure'] as const;

export interface Failure {
  readonly section: (typeof SECTIONS)[number];
  /** The resource of the template that the failure breaks: a part of a logical id. */
  readonly breaks?: string;
  readonly change: Partial<Conditions>;
  /** Days until the failure is fixed. */
  readonly days: number;
  /** Settings of the environment, in addition to the common settings. */
  readonly environment?: Partial<Environment>;
  /** The failure concerns the separate topic of the alarms, which exists only with two topics. */
  readonly isOfOwnTopic?: true;
  /** The failure begins with the first deployment; otherwise after successful runs. */
  readonly isFirstDeploy?: true;
  /** Days after the first deployment until all recipients confirm. */
  readonly confirmedAfterDays?: number;
  /** The day of the first deployment. */
  readonly from?: string;
  /** The reason why no one is notified although alarms have a separate topic. A test checks that no one is notified. */
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
const well = { section: 'No failure', change: {}, unheard: 'Nothing is wrong.' } as const;

const TEST_ALARM = 'Alerts continue. A test alarm (`check --test-alarm`) shows the failure; no alarm can.';
const LATENT = 'Nothing is lost until a run fails; the next row shows that case.';

/** Every known failure. A name without a row does not compile. */
export const FAILURES: Readonly<Record<FailureName, Failure>> = {
  'run schedule deleted or disabled': { ...noRun, breaks: 'NightlySchedule', change: { schedules: 'deleted' } },
  'scheduler role is not allowed to invoke': {
    ...noRun,
    breaks: 'SchedulerRoleDefault',
    change: { schedulerRole: 'is not allowed to invoke' },
  },
  'scheduler role deleted': { ...noRun, breaks: 'SchedulerRole', change: { schedulerRole: 'deleted' } },
  'scheduler role is not allowed to invoke, Undelivered queue deleted': {
    ...noRun,
    breaks: 'Undelivered',
    change: { schedulerRole: 'is not allowed to invoke', undelivered: 'deleted' },
  },
  'Undelivered queue deleted': {
    ...noRun,
    breaks: 'Undelivered',
    change: { undelivered: 'deleted' },
    unheard: 'Nothing is lost until an event cannot be delivered; the previous row shows that case.',
  },
  'function deleted': { ...noRun, breaks: 'AuditFunction', change: { function: 'deleted' } },
  'account without free concurrency for an hour each night': { ...noRun, change: { function: 'throttled' } },
  'function throttled for ten minutes': {
    ...noRun,
    days: 1,
    change: { function: 'throttled for ten minutes' },
    unheard: 'Lambda retries, and the run starts ten minutes later. The previous row shows longer throttling.',
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
    change: { schedules: 'deleted' },
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
    change: { schedules: 'deleted' },
    isFirstDeploy: true,
    confirmedAfterDays: 1,
    unheard:
      'The alarms are sent before a recipient has confirmed. The next row shows `alarmWarmUpHours`. Without this setting, `check` shows the alarms, and **InvokeNow**, the last step of a deployment, shows that runs start.',
  },
  'first deploy with a warm-up: no run ever starts': {
    ...noRun,
    change: { schedules: 'deleted' },
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
  'every run times out': { ...failed, change: { run: 'times out' } },
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
  'log group deleted': { ...failed, breaks: 'AuditLog', change: { log: 'deleted' } },
  'FailedRuns queue deleted': { ...failed, breaks: 'FailedRuns', change: { failedRuns: 'deleted' }, unheard: LATENT },
  'FailedRuns queue deleted, a run fails': {
    ...failed,
    days: 1,
    breaks: 'FailedRuns',
    change: { failedRuns: 'deleted', run: 'fails a repair' },
  },

  'alerts key disabled': { ...topics, breaks: 'TopicsKey', change: { alertsTopic: 'key disabled' } },
  'alerts topic deleted': { ...topics, breaks: 'TopicsAlerts', change: { alertsTopic: 'deleted' } },
  'alerts topic refuses the function': {
    ...topics,
    breaks: 'TopicsAlertsPolicy',
    change: { alertsTopic: 'refuses the function' },
  },
  'alerts topic refuses CloudWatch': {
    ...topics,
    breaks: 'TopicsAlertsPolicy',
    change: { alertsTopic: 'refuses CloudWatch' },
    unheard:
      'With two topics no alarm uses this topic. With one topic, a test alarm (`check --test-alarm`) shows the failure.',
  },
  'no one is subscribed to the alerts': {
    ...topics,
    breaks: 'TopicsAlertsidentityteam',
    change: { unsubscribed: ['alert recipients', 'chat'] },
  },
  'a subscriber of the alerts is unreachable': { ...topics, breaks: 'Chat', change: { unreachable: 'chat' } },
  'separate key of the alarms disabled': {
    ...topics,
    breaks: 'Key',
    isOfOwnTopic: true,
    change: { alarmsTopic: 'key disabled' },
    unheard: TEST_ALARM,
  },
  'separate topic of the alarms deleted': {
    ...topics,
    breaks: 'Alarms',
    isOfOwnTopic: true,
    change: { alarmsTopic: 'deleted' },
  },
  'separate topic of the alarms refuses CloudWatch': {
    ...topics,
    breaks: 'Alarms',
    isOfOwnTopic: true,
    change: { alarmsTopic: 'refuses CloudWatch' },
    unheard: TEST_ALARM,
  },
  'no one is subscribed to the separate topic of the alarms': {
    ...topics,
    isOfOwnTopic: true,
    change: { unsubscribed: ['alarm recipients', 'chat'] },
  },
  'alarms deleted, or their actions disabled': {
    ...topics,
    breaks: 'Alarms',
    change: { alarms: 'deleted' },
    unheard: 'Alerts continue. The command `check` shows the failure; no alarm can.',
  },
  'first deploy: all recipients confirm after the first run': {
    ...topics,
    change: {},
    isFirstDeploy: true,
    confirmedAfterDays: 1,
  },
  'first deploy: no recipient confirms': {
    ...topics,
    change: { unsubscribed: ['alert recipients', 'alarm recipients', 'chat'] },
    isFirstDeploy: true,
    unheard:
      'No message arrives before a recipient confirms. The deployment prints the command that lists subscriptions, and `check` fails.',
  },

  'kill switch on stop for a day': {
    ...onPurpose,
    days: 1,
    breaks: 'KillSwitch',
    change: { killSwitch: 'stop' },
    unheard: 'An operator has stopped writes, and allowed them again within a week.',
  },
  'kill switch on stop for ten days': { ...onPurpose, breaks: 'KillSwitch', change: { killSwitch: 'stop' } },
  'kill switch parameter deleted': { ...onPurpose, breaks: 'KillSwitch', change: { killSwitch: 'deleted' } },
  'schedule paused': {
    ...onPurpose,
    environment: PAUSED,
    change: {},
    unheard: 'The pause is a setting of the environment, and each synthesis warns about it (`SCHEDULE_PAUSED`).',
  },

  'first deploy with a warm-up, all recipients confirm before the first run': {
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
