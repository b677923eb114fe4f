import { findProblem, type PublishedMessage, readMessage } from './message';
import type { AwsAnswer, AwsError, AwsProduct } from './product';
import { createQueryProtocol, readForm } from './query-protocol';
import { ACCOUNT, isElsewhere, regionOfArn } from './region';
import { escapeXml } from './xml';

export type { PublishedMessage } from './message';

/** Who is told by a topic. Unconfirmed ones are listed with the ARN `PendingConfirmation`. */
export interface Subscription {
  readonly protocol: string;
  readonly endpoint: string;
  readonly confirmed: boolean;
}

export interface Topics {
  readonly published: readonly PublishedMessage[];
  /** Who is subscribed now; nobody where there is no such topic. */
  subscriptions(arn: string): readonly Subscription[];
  /** Publishes, or says why not. */
  deliver(message: PublishedMessage): AwsError | undefined;
}

/** docs.aws.amazon.com/sns/latest/api/API_ListSubscriptionsByTopic.html: "a limited list of subscriptions, up to 100". */
const PAGE = 100;
/** docs.aws.amazon.com/sns/latest/api/API_Subscribe.html, Protocol. */
const PROTOCOLS = ['http', 'https', 'email', 'email-json', 'sms', 'sqs', 'application', 'lambda', 'firehose'];
const VERSION = '2010-03-31';
const { operationOf, succeed, refuse } = createQueryProtocol(VERSION, `http://sns.amazonaws.com/doc/${VERSION}/`);

/**
 * SNS, as much as `Publish`, `Subscribe` and `ListSubscriptionsByTopic`, in the region of each topic's ARN. Nobody ever
 * confirms a subscription.
 */
export function createTopics(initial: { readonly [arn: string]: readonly Subscription[] }): AwsProduct & Topics {
  const topics = new Map(Object.entries(initial).map(([arn, subscriptions]) => [arn, [...subscriptions]]));
  const published: PublishedMessage[] = [];

  function deliver(message: PublishedMessage): AwsError | undefined {
    if (!topics.has(message.topicArn)) return NOT_FOUND;
    const problem = findProblem(message);
    if (problem !== undefined) return invalid(problem);
    published.push(message);
    return undefined;
  }

  function publish(form: URLSearchParams): AwsAnswer {
    const error = deliver(readMessage(form));
    return error === undefined ? succeed('Publish', `<MessageId>${idOf(published.length)}</MessageId>`) : refuse(error);
  }

  /** For who has to confirm first, the answer has no ARN (API_Subscribe.html, ReturnSubscriptionArn). */
  function subscribe(form: URLSearchParams, topicArn: string, subscriptions: Subscription[]): AwsAnswer {
    const protocol = form.get('Protocol') ?? '';
    const endpoint = form.get('Endpoint') ?? '';
    if (!PROTOCOLS.includes(protocol)) return refuse(invalid(`Does not support this protocol string: ${protocol}`));
    if (protocol.startsWith('email') && !endpoint.includes('@')) return refuse(invalid('Email address'));
    let position = subscriptions.findIndex((each) => each.protocol === protocol && each.endpoint === endpoint);
    if (position === -1) position = subscriptions.push({ protocol, endpoint, confirmed: false }) - 1;
    const isPending = subscriptions[position]?.confirmed !== true;
    const arn = isPending && form.get('ReturnSubscriptionArn') !== 'true' ? undefined : arnOf(topicArn, position);
    return succeed('Subscribe', `<SubscriptionArn>${escapeXml(arn ?? 'pending confirmation')}</SubscriptionArn>`);
  }

  return {
    published,
    subscriptions: (arn) => topics.get(arn) ?? [],
    deliver,
    operationOf,
    resourceOf: (request) => readForm(request).get('TopicArn') ?? '',
    answer(operation, request) {
      const form = readForm(request);
      const topicArn = form.get('TopicArn') ?? form.get('TargetArn') ?? '';
      // What AWS says of a topic in another region: github.com/boto/boto3/issues/646 and 1084.
      if (isElsewhere(request, regionOfArn(topicArn))) return refuse(invalid('TopicArn'));
      const subscriptions = topics.get(topicArn);
      if (subscriptions === undefined) return refuse(NOT_FOUND);
      if (operation === 'Publish') return publish(form);
      if (operation === 'Subscribe') return subscribe(form, topicArn, subscriptions);
      if (operation === 'ListSubscriptionsByTopic') return listPage(form, topicArn, subscriptions);
      return refuse({ status: 400, code: 'InvalidAction', message: `not emulated: ${operation}` });
    },
    refuse,
  };
}

function listPage(form: URLSearchParams, topicArn: string, subscriptions: readonly Subscription[]): AwsAnswer {
  const start = Number(Buffer.from(form.get('NextToken') ?? '', 'base64').toString());
  if (!Number.isInteger(start)) return refuse(invalid('NextToken'));
  const end = start + PAGE;
  const members = subscriptions.slice(start, end).map(({ protocol, endpoint, confirmed }, index) => {
    const arn = confirmed ? arnOf(topicArn, start + index) : 'PendingConfirmation';
    return (
      `<member><TopicArn>${escapeXml(topicArn)}</TopicArn><Protocol>${escapeXml(protocol)}</Protocol>` +
      `<SubscriptionArn>${escapeXml(arn)}</SubscriptionArn><Owner>${ACCOUNT}</Owner>` +
      `<Endpoint>${escapeXml(endpoint)}</Endpoint></member>`
    );
  });
  const token = Buffer.from(String(end)).toString('base64');
  return succeed(
    'ListSubscriptionsByTopic',
    `<Subscriptions>${members.join('')}</Subscriptions>` +
      `${end < subscriptions.length ? `<NextToken>${token}</NextToken>` : ''}`,
  );
}

function arnOf(topicArn: string, position: number): string {
  return `${topicArn}:${idOf(position + 1)}`;
}

function idOf(number: number): string {
  return `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
}

const NOT_FOUND: AwsError = { status: 404, code: 'NotFound', message: 'Topic does not exist' };

function invalid(problem: string): AwsError {
  return { status: 400, code: 'InvalidParameter', message: `Invalid parameter: ${problem}` };
}
