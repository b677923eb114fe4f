import { Failure } from '../failure';
import { type Connection, LIST, NEEDED, type Service } from '../operation';

export const SQS = {
  'receive-message': {
    options: {
      'queue-url': NEEDED,
      'message-attribute-names': LIST,
      'max-number-of-messages': { kind: 'number' },
      'wait-time-seconds': { kind: 'number' },
      'visibility-timeout': { kind: 'number' },
    },
    run: (given, connection) =>
      receive(connection, {
        QueueUrl: given.needed('queue-url'),
        MessageAttributeNames: given.list('message-attribute-names'),
        MaxNumberOfMessages: given.number('max-number-of-messages'),
        WaitTimeSeconds: given.number('wait-time-seconds'),
        VisibilityTimeout: given.number('visibility-timeout'),
      }),
  },
} satisfies Service;

/** Uses no SDK client, because that would be one more package for one call. The emulated AWS does not check the signature. */
async function receive({ endpoint, region, credentials }: Connection, input: object): Promise<object | undefined> {
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': 'AmazonSQS.ReceiveMessage',
      authorization: `AWS4-HMAC-SHA256 Credential=${credentials.accessKeyId}/20260101/${region}/sqs/aws4_request`,
    },
    body: JSON.stringify(input),
  });
  const answer = Object(await response.json());
  if (!response.ok) {
    const { __type: code, message } = answer;
    throw new Failure('service', `\nAn error occurred (${code}) when calling the ReceiveMessage operation: ${message}`);
  }
  return Object.keys(answer).length === 0 ? undefined : answer;
}
