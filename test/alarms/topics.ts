import type { Conditions } from './conditions';
import type { Deployed } from './deployed';
import type { Listener } from './layouts';

type Publisher = 'the function' | 'CloudWatch';

/**
 * Whether a topic takes a message. An alarm whose topic does not take its message leaves no trace but in its own history:
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Notify_Users_Alarm_Changes.html
 */
export function takes(topic: string, publisher: Publisher, deployed: Deployed, conditions: Conditions): boolean {
  if (disabledKeys(deployed, conditions).includes(keyOf(topic, deployed))) return false;
  const condition = conditionOf(topic, deployed, conditions);
  return condition !== 'gone' && condition !== `refuses ${publisher}`;
}

/** Those who receive what a topic takes: confirmed, and within SNS's reach. */
export function hearers(topic: string, deployed: Deployed, { unsubscribed, unreachable }: Conditions): Listener[] {
  const listeners = deployed.topics.get(topic)?.listeners ?? [];
  return listeners.filter((listener) => !unsubscribed.includes(listener) && listener !== unreachable);
}

/** Confirmed subscriptions. SNS goes on counting one that it cannot deliver to; a topic that is gone has none. */
export function countConfirmed(topic: string, deployed: Deployed, conditions: Conditions): number {
  if (conditionOf(topic, deployed, conditions) === 'gone') return 0;
  const { unsubscribed } = conditions;
  return (deployed.topics.get(topic)?.listeners ?? []).filter((listener) => !unsubscribed.includes(listener)).length;
}

/** The topic that alarms have for themselves; `undefined`: they go over that of the alerts. */
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
