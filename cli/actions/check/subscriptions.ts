import { paginateListSubscriptionsByTopic, SNSClient } from '@aws-sdk/client-sns';
import { withDefaults } from '../../../lib/environment/with-defaults';
import { inRegionOf } from '../../access/aws-config';
import { type DeployedStack, explainAws } from '../../deployed/stack';
import type { ResolvedTarget } from '../../target';
import type { CheckLine } from './check-line';
import { isConfirmed, judgeReceivers, type Topic } from './receivers';
import { nameOf, readSubscription, type Subscription } from './subscription';

/** Names of those who receive the alarms; `undefined` where that could not be read. */
export type AlarmReceivers = readonly string[] | undefined;

/** Who receives the alerts, and who the alarms, beside whom the environment's file names. */
export async function* checkSubscriptions(
  { alertsTopicArn, alarmsTopicArn }: DeployedStack,
  target: ResolvedTarget,
): AsyncGenerator<CheckLine, AlarmReceivers> {
  if (alertsTopicArn === undefined) {
    yield { status: 'skip', subject: 'alerts', text: 'not looked at: the stack names no topic' };
    return undefined;
  }
  const receivers = yield* checkTopic(alertsTopic(alertsTopicArn, target), target);
  if (alarmsTopicArn !== alertsTopicArn && alarmsTopicArn !== undefined) {
    return yield* checkTopic(alarmsTopic(alarmsTopicArn, target), target);
  }
  if (hasSecondWay(target)) {
    const text = 'alarms still go over the topic of the alerts: deploy the stack again, so that they get their own';
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
    // The function counts who has confirmed where the environment names anybody.
    whenNobody: withDefaults(definition).namesReceiver
      ? 'nobody has confirmed: each run fails until somebody does'
      : 'nobody receives the alerts. Add recipients to the environment and deploy again.',
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
    whenNobody: 'nobody has confirmed: no alarm reaches anybody',
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
    yield { status: 'skip', subject, text: `not looked at: ${explainAws(error, 'the subscriptions')}` };
    return undefined;
  }
  yield* judgeReceivers(topic, subscriptions, commands);
  return subscriptions.filter(isConfirmed).map(nameOf);
}
