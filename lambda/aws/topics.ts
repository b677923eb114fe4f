import { PublishCommand, type SNSClient } from '@aws-sdk/client-sns';

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

export async function publishAlert(client: SNSClient, topicArn: string, { subject, message }: Alert): Promise<void> {
  const alert = { TopicArn: topicArn, Subject: subject, Message: message, MessageStructure: 'json' };
  await publish(client, new PublishCommand(alert), '0 of 1');
}

/** One after the other: parts arrive in order as far as SNS keeps any, and the first failure stops the rest. */
export async function publishMessages(
  client: SNSClient,
  topicArn: string,
  messages: readonly AttributedMessage[],
): Promise<void> {
  for (const [published, { body, attributes }] of messages.entries()) {
    const progress = `${published} of ${messages.length}`;
    const MessageAttributes = Object.fromEntries(
      Object.entries(attributes).map(([name, value]) => [name, { DataType: 'String', StringValue: value }]),
    );
    await publish(client, new PublishCommand({ TopicArn: topicArn, Message: body, MessageAttributes }), progress);
  }
}

async function publish(client: SNSClient, command: PublishCommand, progress: string): Promise<void> {
  try {
    await client.send(command);
  } catch (error) {
    const name = error instanceof Error ? error.name : 'unknown error';
    throw new PublishError(
      `Publishing to ${command.input.TopicArn}: ${name}, after ${progress} messages. Check the topic, its key and the role's permissions.`,
    );
  }
}
