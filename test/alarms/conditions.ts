import type { Listener } from './layouts';
import type { RunEnd } from './run-ends';

type TopicCondition = 'good' | 'key disabled' | 'refuses the function' | 'refuses CloudWatch' | 'deleted';

/** The condition of each resource of an environment at one time. A failure changes one or two of these. */
export interface Conditions {
  readonly schedules: 'there' | 'only the watch' | 'deleted';
  /** The role with which EventBridge Scheduler starts the function and sends events to a queue. */
  readonly schedulerRole: 'good' | 'is not allowed to invoke' | 'deleted';
  readonly undelivered: 'there' | 'deleted';
  readonly function: 'free' | 'throttled' | 'throttled for ten minutes' | 'concurrency 0' | 'deleted';
  readonly run: RunEnd;
  readonly failedRuns: 'there' | 'deleted';
  readonly log: 'there' | 'deleted';
  /** Days since the credentials were written. */
  readonly secretAgeDays: number;
  readonly killSwitch: 'allow' | 'stop' | 'deleted';
  readonly alertsTopic: TopicCondition;
  /** The topic of the alarms, if they have a separate topic. */
  readonly alarmsTopic: TopicCondition;
  readonly alarms: 'there' | 'deleted';
  /** The listeners without a confirmed subscription. */
  readonly unsubscribed: readonly Listener[];
  /** A subscriber with a confirmed subscription to which SNS cannot deliver. */
  readonly unreachable: Listener | null;
}

export const GOOD: Conditions = {
  schedules: 'there',
  schedulerRole: 'good',
  undelivered: 'there',
  function: 'free',
  run: 'completes',
  failedRuns: 'there',
  log: 'there',
  secretAgeDays: 30,
  killSwitch: 'allow',
  alertsTopic: 'good',
  alarmsTopic: 'good',
  alarms: 'there',
  unsubscribed: [],
  unreachable: null,
};
