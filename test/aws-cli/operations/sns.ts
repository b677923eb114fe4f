import {
  PublishCommand,
  paginateListSubscriptionsByTopic,
  SNSClient,
  SubscribeCommand,
  type Subscription,
} from '@aws-sdk/client-sns';
import { FLAG, NEEDED, type Service, TEXT } from '../operation';

export const SNS = {
  'list-subscriptions-by-topic': {
    options: { 'topic-arn': NEEDED },
    async run(given, connection) {
      const client = new SNSClient(connection);
      const subscriptions: Subscription[] = [];
      for await (const page of paginateListSubscriptionsByTopic({ client }, { TopicArn: given.needed('topic-arn') })) {
        subscriptions.push(...(page.Subscriptions ?? []));
      }
      return { Subscriptions: subscriptions };
    },
  },
  publish: {
    options: { 'topic-arn': TEXT, subject: TEXT, message: NEEDED, 'message-structure': TEXT },
    run: (given, connection) =>
      new SNSClient(connection).send(
        new PublishCommand({
          TopicArn: given.text('topic-arn'),
          Subject: given.text('subject'),
          Message: given.needed('message'),
          MessageStructure: given.text('message-structure'),
        }),
      ),
  },
  subscribe: {
    options: {
      'topic-arn': NEEDED,
      protocol: NEEDED,
      'notification-endpoint': TEXT,
      'return-subscription-arn': FLAG,
    },
    run: (given, connection) =>
      new SNSClient(connection).send(
        new SubscribeCommand({
          TopicArn: given.needed('topic-arn'),
          Protocol: given.needed('protocol'),
          Endpoint: given.text('notification-endpoint'),
          ReturnSubscriptionArn: given.flag('return-subscription-arn'),
        }),
      ),
  },
} satisfies Service;
