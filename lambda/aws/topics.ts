import { PublishCommand, type PublishCommandOutput, type SNSClient } from '@aws-sdk/client-sns';
import type { Sequence } from '../connection/sequence';
import { AWS_CALL_MS, adviceAfter, causeOf, inTime } from './time-limit';

/**
 * A text for people. `subject`: at most 100 ASCII characters; `message`: the bodies by protocol, as JSON with `default`
 * (SNS Publish API reference, MessageStructure).
 */
export interface Alert {
  readonly subject: string;
  readonly message: string;
}

/** A JSON text for machines, with the attributes that filter policies match on. */
export interface AttributedMessage {
  readonly body: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** A message did not reach its topic. Says how many did, so that a consumer's gap can be explained. */
export class PublishError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'PublishError';
  }
}

/** Publishes one alert. Throws `PublishError`; `limitMs` is asked before the call. */
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
 * One after the other: parts arrive in order as far as SNS keeps any, and the first failure stops the rest. Throws
 * `PublishError`; `limitMs` is asked before each call.
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
  // A proxy may answer 200 in place of SNS; only SNS gives an id.
  if (!answer.MessageId) {
    throw new PublishError(
      `Publishing to ${command.input.TopicArn}: the answer holds no message id, after ${progress} messages. Check that no proxy stands before AWS.`,
    );
  }
}
