import type { AwsAnswer, AwsError, AwsProduct } from '../product';
import { createQueryProtocol, readForm } from '../query-protocol';
import { isElsewhere, regionOfArn } from '../region';
import { escapeXml } from '../xml';
import { writeAttributes, writePage } from './answers';
import { findProblem, type PublishedMessage, readMessage } from './message';
import { createSubscriptions, idOf, type Subscription, type Subscriptions } from './subscriptions';

export type { PublishedMessage } from './message';
export type { Subscription } from './subscriptions';

export interface Topics {
  readonly published: readonly PublishedMessage[];
  /** The current subscribers; empty if there is no such topic. */
  subscriptions(topicArn: string): readonly Subscription[];
  /** Opens the link in the e-mail that AWS sent. Throws if the endpoint is not subscribed. */
  confirmSubscription(topicArn: string, endpoint: string): void;
  /**
   * Unsubscribes an endpoint. SNS also removes a subscription that was pending for 48 hours
   * (aws.amazon.com/about-aws/whats-new/2023/05/amazon-sns-automatic-deletion-unconfirmed-subscriptions/).
   * Throws if the endpoint is not subscribed.
   */
  removeSubscription(topicArn: string, endpoint: string): void;
  /** Publishes a message, or returns the reason for a refusal. */
  deliver(message: PublishedMessage): AwsError | undefined;
}

/** docs.aws.amazon.com/sns/latest/api/API_Subscribe.html, Protocol. */
const PROTOCOLS = ['http', 'https', 'email', 'email-json', 'sms', 'sqs', 'application', 'lambda', 'firehose'];
const VERSION = '2010-03-31';
const { operationOf, succeed, refuse } = createQueryProtocol(VERSION, `http://sns.amazonaws.com/doc/${VERSION}/`);

/**
 * SNS with `Publish`, `Subscribe`, `ListSubscriptionsByTopic` and `GetTopicAttributes`, in the region of the ARN of each
 * topic. A new subscription is pending until a test confirms it.
 */
export function createTopics(initial: { readonly [arn: string]: readonly Subscription[] }): AwsProduct & Topics {
  const topics = new Map(Object.entries(initial).map(([arn, each]) => [arn, createSubscriptions(arn, each)]));
  const published: PublishedMessage[] = [];

  function subscriptionsOf(topicArn: string): Subscriptions {
    const found = topics.get(topicArn);
    if (found === undefined) throw new Error(`there is no topic ${topicArn}`);
    return found;
  }

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

  /** The answer for an unconfirmed subscriber has no ARN (API_Subscribe.html, ReturnSubscriptionArn). */
  function subscribe(form: URLSearchParams, subscriptions: Subscriptions): AwsAnswer {
    const protocol = form.get('Protocol') ?? '';
    const endpoint = form.get('Endpoint') ?? '';
    if (!PROTOCOLS.includes(protocol)) return refuse(invalid(`Does not support this protocol string: ${protocol}`));
    if (protocol.startsWith('email') && !endpoint.includes('@')) return refuse(invalid('Email address'));
    const { arn, confirmed } = subscriptions.add(protocol, endpoint);
    const told = confirmed || form.get('ReturnSubscriptionArn') === 'true' ? arn : 'pending confirmation';
    return succeed('Subscribe', `<SubscriptionArn>${escapeXml(told)}</SubscriptionArn>`);
  }

  function list(form: URLSearchParams, topicArn: string, subscriptions: Subscriptions): AwsAnswer {
    const page = writePage(topicArn, subscriptions.all(), form.get('NextToken') ?? '');
    return page === undefined ? refuse(invalid('NextToken')) : succeed('ListSubscriptionsByTopic', page);
  }

  return {
    published,
    subscriptions: (topicArn) =>
      (topics.get(topicArn)?.all() ?? []).map(({ protocol, endpoint, confirmed }) => ({
        protocol,
        endpoint,
        confirmed,
      })),
    confirmSubscription: (topicArn, endpoint) => subscriptionsOf(topicArn).confirm(endpoint),
    removeSubscription: (topicArn, endpoint) => subscriptionsOf(topicArn).remove(endpoint),
    deliver,
    operationOf,
    resourceOf: (request) => readForm(request).get('TopicArn') ?? '',
    answer(operation, request) {
      const form = readForm(request);
      const topicArn = form.get('TopicArn') ?? form.get('TargetArn') ?? '';
      // The answer of AWS for a topic in another region: github.com/boto/boto3/issues/646 and 1084.
      if (isElsewhere(request, regionOfArn(topicArn))) return refuse(invalid('TopicArn'));
      const subscriptions = topics.get(topicArn);
      if (subscriptions === undefined) return refuse(NOT_FOUND);
      if (operation === 'Publish') return publish(form);
      if (operation === 'Subscribe') return subscribe(form, subscriptions);
      if (operation === 'ListSubscriptionsByTopic') return list(form, topicArn, subscriptions);
      if (operation === 'GetTopicAttributes') {
        return succeed('GetTopicAttributes', writeAttributes(topicArn, subscriptions));
      }
      return refuse({ status: 400, code: 'InvalidAction', message: `not emulated: ${operation}` });
    },
    refuse,
  };
}

const NOT_FOUND: AwsError = { status: 404, code: 'NotFound', message: 'Topic does not exist' };

function invalid(problem: string): AwsError {
  return { status: 400, code: 'InvalidParameter', message: `Invalid parameter: ${problem}` };
}
