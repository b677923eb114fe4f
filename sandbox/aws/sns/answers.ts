import { ACCOUNT } from '../region';
import { escapeXml } from '../xml';
import type { KnownSubscription, Subscriptions } from './subscriptions';

/** docs.aws.amazon.com/sns/latest/api/API_ListSubscriptionsByTopic.html: "a limited list of subscriptions, up to 100". */
const PAGE = 100;

/** The result of `ListSubscriptionsByTopic`; undefined for an unknown token. */
export function writePage(
  topicArn: string,
  subscriptions: readonly KnownSubscription[],
  nextToken: string,
): string | undefined {
  const start = Number(Buffer.from(nextToken, 'base64').toString());
  if (!Number.isInteger(start)) return undefined;
  const end = start + PAGE;
  const members = subscriptions
    .slice(start, end)
    .map(
      ({ protocol, endpoint, confirmed, arn }) =>
        `<member><TopicArn>${escapeXml(topicArn)}</TopicArn><Protocol>${escapeXml(protocol)}</Protocol>` +
        `<SubscriptionArn>${escapeXml(confirmed ? arn : 'PendingConfirmation')}</SubscriptionArn><Owner>${ACCOUNT}</Owner>` +
        `<Endpoint>${escapeXml(endpoint)}</Endpoint></member>`,
    );
  const token = Buffer.from(String(end)).toString('base64');
  const next = end < subscriptions.length ? `<NextToken>${token}</NextToken>` : '';
  return `<Subscriptions>${members.join('')}</Subscriptions>${next}`;
}

/** The result of `GetTopicAttributes`: the numbers of subscriptions of each kind, without the policies of the topic. */
export function writeAttributes(topicArn: string, subscriptions: Subscriptions): string {
  const confirmed = subscriptions.all().filter((each) => each.confirmed).length;
  const attributes = {
    TopicArn: topicArn,
    Owner: topicArn.split(':')[4] ?? ACCOUNT,
    SubscriptionsConfirmed: String(confirmed),
    SubscriptionsPending: String(subscriptions.all().length - confirmed),
    SubscriptionsDeleted: String(subscriptions.deleted),
  };
  const entries = Object.entries(attributes).map(
    ([key, value]) => `<entry><key>${key}</key><value>${escapeXml(value)}</value></entry>`,
  );
  return `<Attributes>${entries.join('')}</Attributes>`;
}
