import type { Listener } from './layouts';
import type { RunEnd } from './run-ends';

type TopicCondition = 'good' | 'key disabled' | 'refuses the function' | 'refuses CloudWatch' | 'gone';

/** How what an environment needs is at one time. A failure changes one or two of these. */
export interface Conditions {
  readonly schedules: 'there' | 'only the watch' | 'gone';
  /** The role with which EventBridge Scheduler starts the function and puts events into a queue. */
  readonly schedulerRole: 'good' | 'may not invoke' | 'gone';
  readonly undelivered: 'there' | 'gone';
  readonly function: 'free' | 'throttled' | 'throttled for ten minutes' | 'concurrency 0' | 'gone';
  readonly run: RunEnd;
  readonly failedRuns: 'there' | 'gone';
  readonly log: 'there' | 'gone';
  /** Days since the credentials were written. */
  readonly secretAgeDays: number;
  readonly killSwitch: 'allow' | 'stop' | 'gone';
  readonly alertsTopic: TopicCondition;
  /** Of the alarms, where they have a topic of their own. */
  readonly alarmsTopic: TopicCondition;
  readonly alarms: 'there' | 'gone';
  /** Those without a confirmed subscription. */
  readonly unsubscribed: readonly Listener[];
  /** SNS cannot deliver to this subscriber, whose subscription is confirmed. */
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
