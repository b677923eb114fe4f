import type { Subscription as ListedSubscription } from '@aws-sdk/client-sns';
import { escapeEach, UNSEEN } from '../../../lambda/connection/escape-character';

/** One subscription of a topic. `deleted`: unsubscribed, but SNS still lists it for some time. */
export interface Subscription {
  readonly protocol: string;
  readonly endpoint: string;
  readonly state: 'confirmed' | 'pending' | 'deleted';
}

/**
 * Reads a subscription as SNS lists it. Only a confirmed one has an ARN; the others have a word instead
 * (docs.aws.amazon.com/sns/latest/api/API_ListSubscriptionsByTopic.html shows `PendingConfirmation`; `Deleted` is
 * *unconfirmed*, repost.aws/knowledge-center/sns-sqs-subscriptions-notifications names the status).
 */
export function readSubscription(listed: ListedSubscription): Subscription {
  const { Protocol: protocol = '', Endpoint: endpoint = '', SubscriptionArn: arn = '' } = listed;
  const state = arn.startsWith('arn:') ? 'confirmed' : arn === 'Deleted' ? 'deleted' : 'pending';
  return { protocol, endpoint, state };
}

export function isOfMail({ protocol }: Subscription): boolean {
  return protocol === 'email' || protocol === 'email-json';
}

/** Whether it belongs to Amazon Q Developer in chat applications, for any channel. */
export function isOfChat({ protocol, endpoint }: Subscription): boolean {
  return protocol === 'https' && hostOf(endpoint)?.endsWith('.chatbot.amazonaws.com') === true;
}

/**
 * SNS keeps an address as it was given. Case has no meaning in a domain (RFC 5321, section 2.3.11). It can have a meaning
 * before the `@`, but servers that distinguish `Ann@` from `ann@` are rare, and a person read the e-mail of a confirmed
 * subscription.
 */
export function keyOfAddress(address: string): string {
  return address.toLowerCase();
}

/** The name for a line. Of an https endpoint only the host: its path, or the part before the host, often contains a key. */
export function nameOf({ protocol, endpoint }: Subscription): string {
  const isHttp = protocol === 'https' || protocol === 'http';
  const shown = isHttp ? (hostOf(endpoint) ?? 'at an address that cannot be read') : endpoint;
  return `${protocol} ${escapeEach(shown, UNSEEN)}`;
}

function hostOf(endpoint: string): string | undefined {
  return URL.canParse(endpoint) ? new URL(endpoint).host : undefined;
}
