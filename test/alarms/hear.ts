import { DAY, HOUR } from '../../lib/environment/cron';
import { dueHours, type Schedule } from '../../lib/environment/schedule';
import { sampleEnvironment } from '../lib/environment/sample-environment';
import { templateOf } from '../lib/synthesize';
import { ROUTINE } from './auditor';
import type { StateChange } from './cloudwatch/watch-alarm';
import { watchAlarm } from './cloudwatch/watch-alarm';
import { type Conditions, GOOD } from './conditions';
import { type Deployed, readDeployed } from './deployed';
import type { Failure } from './failures';
import { firingsOf } from './firings';
import { ENVIRONMENT, LAYOUTS, type Layout, type Listener } from './layouts';
import { live } from './live';
import { hearers, takes } from './topics';

/** A message that a listener could receive. */
export interface Heard {
  /** Milliseconds since the failure began. */
  readonly after: number;
  readonly text: string;
  readonly kind: 'alert' | 'finding' | 'alarm' | 'OK';
  /** Empty if the topic refuses the message or has no subscriber. */
  readonly by: readonly Listener[];
}

/** The messages about a failure until it is fixed, and after the fix. */
export interface Hearing {
  readonly during: readonly Heard[];
  readonly mended: readonly Heard[];
}

const FROM = '2027-05-03';
const EVERYBODY: readonly Listener[] = ['alert recipients', 'alarm recipients', 'chat'];

/** Simulates a failure with one layout of topics, and collects the messages of all topics. */
export function hear(failure: Failure, layout: Layout): Hearing {
  const { schedule = sampleEnvironment.schedule } = failure.environment ?? {};
  const deployed = readDeployed(templateOf({ ...ENVIRONMENT, ...LAYOUTS[layout], ...failure.environment }));
  const { from, begins, mended, to } = timesOf(failure, schedule);
  const conditionsAt = (time: number): Conditions => ({
    ...GOOD,
    ...(time < from + (failure.confirmedAfterDays ?? 0) * DAY && { unsubscribed: EVERYBODY }),
    ...(time >= begins && time < mended && failure.change),
  });
  const life = live({ deployed, conditionsAt, dueHours: dueHours(schedule), during: { from, to } });
  const changes = deployed.alarms.flatMap((alarm) => watchAlarm(alarm, life.data, { from, to }));
  const told = [
    ...life.messages
      .filter(({ text }) => text !== '' && !ROUTINE.includes(text))
      .map(({ at, topic, text }) => ({
        at,
        text,
        kind: topic === deployed.alerts ? ('alert' as const) : ('finding' as const),
        by: hearers(topic, deployed, conditionsAt(at)),
      })),
    ...changes.flatMap((change) => actionsOf(change, deployed, conditionsAt(change.at))),
  ].toSorted((one, other) => one.at - other.at);
  const between = (start: number, end: number, since: number): Heard[] =>
    told
      .filter(({ at }) => at >= start && at < end)
      .map(({ at, text, kind, by }) => ({ after: at - since, text, kind, by }));
  return { during: between(begins, mended, begins), mended: between(mended, to, mended) };
}

/** An action of an alarm is a message to a topic. If the topic refuses the message, no one is notified, without a trace. */
function actionsOf({ at, alarm, state }: StateChange, deployed: Deployed, conditions: Conditions) {
  if (conditions.alarms === 'deleted') return [];
  const actions = { ALARM: alarm.alarmActions, OK: alarm.okActions, INSUFFICIENT_DATA: [] }[state];
  return actions.map((topic) => ({
    at,
    text: alarm.name.replace(`auth0-connection-auditor-${sampleEnvironment.name}-`, ''),
    kind: state === 'OK' ? ('OK' as const) : ('alarm' as const),
    by: takes(topic, 'CloudWatch', deployed, conditions) ? hearers(topic, deployed, conditions) : [],
  }));
}

/** A failure begins one hour before a run is due, after successful runs, unless it begins with the first deployment. */
function timesOf({ days, isFirstDeploy, from: day = FROM }: Failure, schedule: Schedule) {
  const from = Date.parse(`${day}T09:00:00Z`);
  const gap = dueHours(schedule) * HOUR;
  const quiet = from + 8 * DAY + gap;
  const [due = quiet] = firingsOf(schedule, { from: quiet, to: quiet + 2 * gap });
  const begins = isFirstDeploy ? from : due - HOUR;
  const mended = begins + days * DAY;
  return { from, begins, mended, to: mended + 2 * gap + DAY };
}
