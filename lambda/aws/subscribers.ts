import { GetTopicAttributesCommand, NotFoundException, type SNSClient } from '@aws-sdk/client-sns';
import { AWS_CALL_MS, inTime } from './time-limit';

/**
 * Counts the confirmed subscriptions of a topic: of every protocol, queues and chat channels included (SNS API reference,
 * GetTopicAttributes). A topic that is gone has none. `undefined` where the topic does not tell: it may be of another account,
 * whose policy does not allow the question. Never rejects.
 */
export async function countConfirmed(
  client: SNSClient,
  topicArn: string,
  limitMs = AWS_CALL_MS,
): Promise<number | undefined> {
  try {
    const command = new GetTopicAttributesCommand({ TopicArn: topicArn });
    const { Attributes } = await inTime(limitMs, (abortSignal) => client.send(command, { abortSignal }));
    const count = Attributes?.SubscriptionsConfirmed;
    return count !== undefined && /^\d{1,9}$/.test(count) ? Number(count) : undefined;
  } catch (error) {
    return error instanceof NotFoundException ? 0 : undefined;
  }
}
