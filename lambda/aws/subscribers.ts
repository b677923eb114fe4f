import { GetTopicAttributesCommand, NotFoundException, type SNSClient } from '@aws-sdk/client-sns';
import { AWS_CALL_MS, inTime } from './time-limit';

/**
 * Counts the confirmed subscriptions of a topic, for every protocol, including queues and chat channels (SNS API
 * reference, GetTopicAttributes). A deleted topic has none. `undefined` if the topic does not report the number: it can
 * be in another account whose policy does not allow the request. Never rejects.
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
