import { createJsonProtocol, readMembers, textIn, unknownOperation } from '../json-protocol';
import type { AwsProduct } from '../product';
import { isElsewhere } from '../region';

/** A message that waits in a queue. */
export interface QueuedMessage {
  readonly body: string;
  /** Values of its attributes, all of the type String. */
  readonly attributes?: { readonly [name: string]: string };
}

const { operationOf, succeed, refuse } = createJsonProtocol({
  target: 'AmazonSQS',
  version: '1.0',
  isQueryCompatible: true,
});

/**
 * SQS, as much as `ReceiveMessage`, by the URL of the queue
 * (docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ReceiveMessage.html). Messages that were received are
 * not hidden for the visibility timeout, unlike at AWS.
 */
export function createQueues(
  queues: { readonly [url: string]: readonly QueuedMessage[] },
  region: string | undefined,
): AwsProduct {
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
      const { MaxNumberOfMessages: most = 1, MessageAttributeNames: names } = members;
      if (typeof most !== 'number' || !Number.isInteger(most) || most < 1 || most > 10) {
        const message = `Value ${most} for parameter MaxNumberOfMessages is invalid. Reason: Must be between 1 and 10, if provided.`;
        return refuse({ status: 400, code: 'InvalidParameterValue', message });
      }
      const areAttributesAsked = Array.isArray(names) && names.includes('All');
      const received = messages.slice(0, most).map(({ body, attributes = {} }, index) => ({
        MessageId: `00000000-0000-4000-8000-${String(index + 1).padStart(12, '0')}`,
        ReceiptHandle: `made-up-${index + 1}`,
        Body: body,
        ...(areAttributesAsked && {
          MessageAttributes: Object.fromEntries(
            Object.entries(attributes).map(([name, value]) => [name, { StringValue: value, DataType: 'String' }]),
          ),
        }),
      }));
      // An empty queue answers without the member.
      return succeed(received.length === 0 ? {} : { Messages: received });
    },
    refuse,
  };
}
