import { isObject, parseJson } from '../json';
import type { AwsAnswer, AwsError, AwsProduct } from './product';
import { createQueryProtocol, readForm } from './query-protocol';
import { escapeXml } from './xml';

/** Who is told by a topic. Unconfirmed ones are listed with the ARN `PendingConfirmation`. */
export interface Subscription {
  readonly protocol: string;
  readonly endpoint: string;
  readonly confirmed: boolean;
}

export interface PublishedMessage {
  readonly topicArn: string;
  readonly subject: string | undefined;
  readonly message: string;
  readonly attributes: { readonly [name: string]: { readonly type: string; readonly value: string } };
  readonly messageStructure: string | undefined;
}

/** docs.aws.amazon.com/sns Publish: "256 KB", body and attributes together. */
const LARGEST = 262144;
/** docs.aws.amazon.com/sns Publish, Subject: ASCII, no line breaks or control characters, up to 100 characters. */
const SUBJECT = /^[\x21-\x7e][\x20-\x7e]{0,99}$/;
const VERSION = '2010-03-31';
const { operationOf, succeed, refuse } = createQueryProtocol(VERSION, `http://sns.amazonaws.com/doc/${VERSION}/`);

/** SNS, as much as `Publish` and `ListSubscriptionsByTopic`: the Query protocol, form in and XML out. */
export function createTopics(topics: { readonly [arn: string]: readonly Subscription[] }): AwsProduct & {
  readonly published: readonly PublishedMessage[];
} {
  const published: PublishedMessage[] = [];

  function publish(form: URLSearchParams): AwsAnswer {
    const topicArn = form.get('TopicArn') ?? form.get('TargetArn') ?? '';
    if (!Object.hasOwn(topics, topicArn)) return refuse(notFound());
    const message = form.get('Message') ?? '';
    const subject = form.get('Subject') ?? undefined;
    const messageStructure = form.get('MessageStructure') ?? undefined;
    const attributes = readAttributes(form);
    const problem = findProblem(message, subject, messageStructure, attributes);
    if (problem !== undefined)
      return refuse({ status: 400, code: 'InvalidParameter', message: `Invalid parameter: ${problem}` });
    published.push({ topicArn, subject, message, attributes, messageStructure });
    const id = `00000000-0000-4000-8000-${String(published.length).padStart(12, '0')}`;
    return succeed('Publish', `<MessageId>${id}</MessageId>`);
  }

  function listSubscriptions(form: URLSearchParams): AwsAnswer {
    const topicArn = form.get('TopicArn') ?? '';
    const subscriptions = Object.hasOwn(topics, topicArn) ? topics[topicArn] : undefined;
    if (subscriptions === undefined) return refuse(notFound());
    const members = subscriptions.map(({ protocol, endpoint, confirmed }, position) => {
      const arn = confirmed
        ? `${topicArn}:00000000-0000-4000-8000-${String(position + 1).padStart(12, '0')}`
        : 'PendingConfirmation';
      return (
        `<member><TopicArn>${escapeXml(topicArn)}</TopicArn><Protocol>${escapeXml(protocol)}</Protocol>` +
        `<SubscriptionArn>${escapeXml(arn)}</SubscriptionArn><Owner>000000000000</Owner>` +
        `<Endpoint>${escapeXml(endpoint)}</Endpoint></member>`
      );
    });
    return succeed('ListSubscriptionsByTopic', `<Subscriptions>${members.join('')}</Subscriptions>`);
  }

  return {
    published,
    operationOf,
    resourceOf: (request) => readForm(request).get('TopicArn') ?? '',
    answer(operation, request) {
      const form = readForm(request);
      if (operation === 'Publish') return publish(form);
      if (operation === 'ListSubscriptionsByTopic') return listSubscriptions(form);
      return refuse({ status: 400, code: 'InvalidAction', message: `not emulated: ${operation}` });
    },
    refuse,
  };
}

function findProblem(
  message: string,
  subject: string | undefined,
  structure: string | undefined,
  attributes: PublishedMessage['attributes'],
): string | undefined {
  if (message === '') return 'Empty message';
  if (subject !== undefined && !SUBJECT.test(subject)) return 'Subject';
  let size = Buffer.byteLength(message);
  for (const [name, { type, value }] of Object.entries(attributes)) {
    if (!/^[A-Za-z0-9_.-]{1,256}$/.test(name)) return `Message attribute name '${name}' is invalid`;
    if (!/^(String|Number|Binary|String\.Array)(\..+)?$/.test(type))
      return `The message attribute '${name}' has an invalid message attribute type`;
    if (value === '') return `The message attribute '${name}' must contain a non-empty value`;
    if (type === 'Number' && !Number.isFinite(Number(value)))
      return `Could not cast message attribute '${name}' value to number`;
    size += Buffer.byteLength(name) + Buffer.byteLength(type) + Buffer.byteLength(value);
  }
  if (size > LARGEST) return 'Message too long';
  if (structure === undefined) return undefined;
  const parsed = parseJson(message);
  if (structure !== 'json' || !parsed.ok || !isObject(parsed.value))
    return 'Message Structure - JSON message body failed to parse';
  return typeof parsed.value.default === 'string'
    ? undefined
    : 'Message Structure - No default entry in JSON message body';
}

function readAttributes(form: URLSearchParams): PublishedMessage['attributes'] {
  const attributes: { [name: string]: { type: string; value: string } } = {};
  for (let i = 1; form.has(`MessageAttributes.entry.${i}.Name`); i++) {
    const prefix = `MessageAttributes.entry.${i}`;
    attributes[form.get(`${prefix}.Name`) ?? ''] = {
      type: form.get(`${prefix}.Value.DataType`) ?? '',
      value: form.get(`${prefix}.Value.StringValue`) ?? form.get(`${prefix}.Value.BinaryValue`) ?? '',
    };
  }
  return attributes;
}

function notFound(): AwsError {
  return { status: 404, code: 'NotFound', message: 'Topic does not exist' };
}
