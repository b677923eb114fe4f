import type { Conditions } from './conditions';
import type { Deployed } from './deployed';
import type { Listener } from './layouts';

type Publisher = 'the function' | 'CloudWatch';

/**
 * Whether a topic accepts a message. If the topic refuses the message of an alarm, only the history of the alarm shows it:
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Notify_Users_Alarm_Changes.html
 */
export function takes(topic: string, publisher: Publisher, deployed: Deployed, conditions: Conditions): boolean {
  if (disabledKeys(deployed, conditions).includes(keyOf(topic, deployed))) return false;
  const condition = conditionOf(topic, deployed, conditions);
  return condition !== 'deleted' && condition !== `refuses ${publisher}`;
}

/** The listeners that receive a message of a topic: confirmed and reachable. */
export function hearers(topic: string, deployed: Deployed, { unsubscribed, unreachable }: Conditions): Listener[] {
  const listeners = deployed.topics.get(topic)?.listeners ?? [];
  return listeners.filter((listener) => !unsubscribed.includes(listener) && listener !== unreachable);
}

/** The number of confirmed subscriptions. SNS also counts unreachable subscribers. A deleted topic has none. */
export function countConfirmed(topic: string, deployed: Deployed, conditions: Conditions): number {
  if (conditionOf(topic, deployed, conditions) === 'deleted') return 0;
  const { unsubscribed } = conditions;
  return (deployed.topics.get(topic)?.listeners ?? []).filter((listener) => !unsubscribed.includes(listener)).length;
}

/** The separate topic of the alarms; `undefined`: alarms go to the topic of the alerts. */
export function ownTopicOfAlarms({ alarms, alerts }: Deployed): string | undefined {
  return alarms.flatMap(({ alarmActions }) => alarmActions).find((topic) => topic !== alerts);
}

function conditionOf(topic: string, deployed: Deployed, { alertsTopic, alarmsTopic }: Conditions) {
  if (topic === deployed.alerts) return alertsTopic;
  return topic === ownTopicOfAlarms(deployed) ? alarmsTopic : 'good';
}

/** A disabled key disables every topic that it encrypts. */
function disabledKeys(deployed: Deployed, { alertsTopic, alarmsTopic }: Conditions): string[] {
  const ofAlarms = ownTopicOfAlarms(deployed);
  return [
    ...(alertsTopic === 'key disabled' ? [keyOf(deployed.alerts, deployed)] : []),
    ...(alarmsTopic === 'key disabled' && ofAlarms !== undefined ? [keyOf(ofAlarms, deployed)] : []),
  ];
}

function keyOf(topic: string, { topics }: Deployed): string {
  const definition = topics.get(topic);
  if (definition === undefined) throw new Error(`the template has no topic ${topic}`);
  return definition.key;
}
