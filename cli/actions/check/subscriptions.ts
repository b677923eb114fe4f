import { paginateListSubscriptionsByTopic, SNSClient } from '@aws-sdk/client-sns';
import { withDefaults } from '../../../lib/environment/with-defaults';
import { inRegionOf } from '../../access/aws-config';
import { type DeployedStack, explainAws } from '../../deployed/stack';
import type { ResolvedTarget } from '../../target';
import type { CheckLine } from './check-line';
import { isConfirmed, judgeReceivers, type Topic } from './receivers';
import { nameOf, readSubscription, type Subscription } from './subscription';

/** The names of the recipients of alarms; `undefined` if they could not be read. */
export type AlarmReceivers = readonly string[] | undefined;

/** Compares the recipients of alerts and of alarms with those in the environment's file. */
export async function* checkSubscriptions(
  { alertsTopicArn, alarmsTopicArn }: DeployedStack,
  target: ResolvedTarget,
): AsyncGenerator<CheckLine, AlarmReceivers> {
  if (alertsTopicArn === undefined) {
    yield { status: 'skip', subject: 'alerts', text: 'not checked: the stack has no output with the topic' };
    return undefined;
  }
  const receivers = yield* checkTopic(alertsTopic(alertsTopicArn, target), target);
  if (alarmsTopicArn !== alertsTopicArn && alarmsTopicArn !== undefined) {
    return yield* checkTopic(alarmsTopic(alarmsTopicArn, target), target);
  }
  if (hasSecondWay(target)) {
    const text = 'alarms still use the topic of the alerts: deploy the stack again, so that they use their own topic';
    yield { status: 'warn', subject: 'alarms', text };
  }
  return receivers;
}

function hasSecondWay({ definition }: ResolvedTarget): boolean {
  return (definition.alarmRecipients ?? definition.alarmsTopicArn) !== undefined;
}

function alertsTopic(topicArn: string, { definition }: ResolvedTarget): Topic {
  const { recipients, chat, existingAlertsTopicArn } = definition;
  return {
    subject: 'alerts',
    topicArn,
    setting: 'recipients',
    addresses: recipients,
    hasChat: chat !== undefined,
    isOwn: existingAlertsTopicArn === undefined,
    // The function counts the confirmed subscriptions if the environment names a recipient.
    whenNobody: withDefaults(definition).namesReceiver
      ? 'no subscription is confirmed: each run fails until one is confirmed'
      : 'no one receives the alerts. Add recipients to the environment and deploy again.',
  };
}

function alarmsTopic(topicArn: string, { definition }: ResolvedTarget): Topic {
  const { alarmRecipients = [], alarmsTopicArn, chat } = definition;
  return {
    subject: 'alarms',
    topicArn,
    setting: 'alarmRecipients',
    addresses: alarmRecipients,
    hasChat: chat !== undefined,
    isOwn: alarmsTopicArn === undefined,
    whenNobody: 'no subscription is confirmed: no one receives alarms',
  };
}

async function* checkTopic(topic: Topic, { aws, commands }: ResolvedTarget): AsyncGenerator<CheckLine, AlarmReceivers> {
  const { subject, topicArn } = topic;
  const subscriptions: Subscription[] = [];
  try {
    const client = new SNSClient(inRegionOf(topicArn, aws));
    for await (const page of paginateListSubscriptionsByTopic({ client }, { TopicArn: topicArn })) {
      subscriptions.push(...(page.Subscriptions ?? []).map(readSubscription));
    }
  } catch (error) {
    yield { status: 'skip', subject, text: `not checked: ${explainAws(error, 'the subscriptions')}` };
    return undefined;
  }
  yield* judgeReceivers(topic, subscriptions, commands);
  return subscriptions.filter(isConfirmed).map(nameOf);
}
