import { PublishCommand, type PublishCommandOutput, type SNSClient } from '@aws-sdk/client-sns';
import type { Sequence } from '../connection/sequence';
import { AWS_CALL_MS, adviceAfter, causeOf, inTime } from './time-limit';

/**
 * A message to recipients. `subject`: at most 100 ASCII characters. `message`: the bodies by protocol, as JSON with
 * `default` (SNS Publish API reference, MessageStructure).
 */
export interface Alert {
  readonly subject: string;
  readonly message: string;
}

/** A JSON text for consumers, with the attributes that filter policies match on. */
export interface AttributedMessage {
  readonly body: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/**
 * A message did not reach its topic. The error contains the number of published messages, so that a gap can be
 * explained.
 */
export class PublishError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'PublishError';
  }
}

/** Publishes one alert. Throws `PublishError`. `limitMs` is called before the request. */
export async function publishAlert(
  client: SNSClient,
  topicArn: string,
  { subject, message }: Alert,
  limitMs = () => AWS_CALL_MS,
): Promise<void> {
  const alert = { TopicArn: topicArn, Subject: subject, Message: message, MessageStructure: 'json' };
  await publish(client, new PublishCommand(alert), limitMs(), '0 of 1');
}

/**
 * Publishes messages one after the other: parts arrive in order if SNS keeps the order. The first failure stops the
 * remaining messages. Throws `PublishError`. `limitMs` is called before each request.
 */
export async function publishMessages(
  client: SNSClient,
  topicArn: string,
  messages: Sequence<AttributedMessage>,
  limitMs = () => AWS_CALL_MS,
): Promise<void> {
  let published = 0;
  for (const { body, attributes } of messages) {
    const progress = `${published} of ${messages.length}`;
    const MessageAttributes = Object.fromEntries(
      Object.entries(attributes).map(([name, value]) => [name, { DataType: 'String', StringValue: value }]),
    );
    const command = new PublishCommand({ TopicArn: topicArn, Message: body, MessageAttributes });
    await publish(client, command, limitMs(), progress);
    published += 1;
  }
}

async function publish(client: SNSClient, command: PublishCommand, limitMs: number, progress: string): Promise<void> {
  let answer: PublishCommandOutput;
  try {
    answer = await inTime(limitMs, (abortSignal) => client.send(command, { abortSignal }));
  } catch (error) {
    const failure = `Publishing to ${command.input.TopicArn}: ${causeOf(error)}, after ${progress} messages.`;
    throw new PublishError(failure + adviceAfter(error, "Check the topic, its key and the role's permissions."));
  }
  // A proxy can answer 200 in place of SNS; only SNS returns an id.
  if (!answer.MessageId) {
    throw new PublishError(
      `Publishing to ${command.input.TopicArn}: the answer contains no message ID, after ${progress} messages. Check that no proxy answers in place of AWS.`,
    );
  }
}
