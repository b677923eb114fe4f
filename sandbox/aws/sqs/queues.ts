import type { JsonObject } from '../../json';
import { createJsonProtocol, readMembers, textIn, unknownOperation } from '../json-protocol';
import type { AwsProduct } from '../product';
import { isElsewhere } from '../region';

/** A message in a queue. */
export interface QueuedMessage {
  readonly body: string;
  /** The values of its attributes, all of the type String. */
  readonly attributes?: { readonly [name: string]: string };
}

const { operationOf, succeed, refuse } = createJsonProtocol({
  target: 'AmazonSQS',
  version: '1.0',
  isQueryCompatible: true,
});

/** The allowed range of each member: docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ReceiveMessage.html */
const NUMBERS = {
  MaxNumberOfMessages: { least: 1, most: 10, usual: 1 },
  WaitTimeSeconds: { least: 0, most: 20, usual: 0 },
  VisibilityTimeout: { least: 0, most: 43_200, usual: 30 },
} as const;

/**
 * SQS with `ReceiveMessage`, by the URL of the queue (same source). A received message is hidden for the visibility timeout.
 * The call does not wait, because no message arrives later.
 */
export function createQueues(
  queues: { readonly [url: string]: readonly QueuedMessage[] },
  region: string | undefined,
): AwsProduct {
  /** Milliseconds since 1970. */
  const hiddenUntil = new Map<QueuedMessage, number>();

  return {
    operationOf,
    answer(operation, request) {
      if (operation !== 'ReceiveMessage') return refuse(unknownOperation(operation));
      const members = readMembers(request);
      const messages = isElsewhere(request, region) ? undefined : queues[textIn(members, 'QueueUrl') ?? ''];
      if (messages === undefined) {
        const message = 'The specified queue does not exist.';
        return refuse({ status: 400, code: 'AWS.SimpleQueueService.NonExistentQueue', message });
      }
      const problem = findProblem(members);
      if (problem !== undefined) return refuse({ status: 400, code: 'InvalidParameterValue', message: problem });

      const now = Date.now();
      const areAttributesAsked =
        Array.isArray(members.MessageAttributeNames) && members.MessageAttributeNames.includes('All');
      const received = [...messages.entries()]
        .filter(([, message]) => (hiddenUntil.get(message) ?? 0) <= now)
        .slice(0, numberIn(members, 'MaxNumberOfMessages'));
      for (const [, message] of received) {
        hiddenUntil.set(message, now + numberIn(members, 'VisibilityTimeout') * 1000);
      }
      const told = received.map(([index, { body, attributes = {} }]) => ({
        MessageId: `00000000-0000-4000-8000-${String(index + 1).padStart(12, '0')}`,
        ReceiptHandle: `made-up-${index + 1}`,
        Body: body,
        ...(areAttributesAsked && {
          MessageAttributes: Object.fromEntries(
            Object.entries(attributes).map(([name, value]) => [name, { StringValue: value, DataType: 'String' }]),
          ),
        }),
      }));
      // The answer of an empty queue does not contain the member.
      return succeed(told.length === 0 ? {} : { Messages: told });
    },
    refuse,
  };
}

function numberIn(members: JsonObject, name: keyof typeof NUMBERS): number {
  return Number(members[name] ?? NUMBERS[name].usual);
}

function findProblem(members: JsonObject): string | undefined {
  for (const [name, { least, most, usual }] of Object.entries(NUMBERS)) {
    const value = members[name] ?? usual;
    if (typeof value !== 'number' || !Number.isInteger(value) || value < least || value > most) {
      return `Value ${members[name]} for parameter ${name} is invalid. Reason: Must be between ${least} and ${most}, if provided.`;
    }
  }
  return undefined;
}
