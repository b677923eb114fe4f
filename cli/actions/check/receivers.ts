import { escapeEach, UNSEEN } from '../../../lambda/connection/escape-character';
import { subscribeCommand } from '../../../lambda/report/commands/aws';
import { type Command, toWord } from '../../../lambda/report/commands/command';
import type { CommandPlace } from '../../../lambda/report/commands/place';
import type { CheckLine } from './check-line';
import { isOfChat, isOfMail, keyOfAddress, nameOf, type Subscription } from './subscription';

/** A topic, and who is to receive what it sends. */
export interface Topic {
  readonly subject: 'alerts' | 'alarms';
  readonly topicArn: string;
  /** The setting that names the addresses. */
  readonly setting: 'recipients' | 'alarmRecipients';
  readonly addresses: readonly string[];
  /** The environment names a chat channel, which the topic must tell. */
  readonly hasChat: boolean;
  /** The stack made the topic, so that an address which the file does not name is a surprise. */
  readonly isOwn: boolean;
  /** What it means that nobody has confirmed, as a sentence. */
  readonly whenNobody: string;
}

/** Where the subscriptions for Slack and Teams go, by public configurations; no page of AWS says so (*unconfirmed*). */
const CHAT_ENDPOINT = 'https://global.sns-api.chatbot.amazonaws.com';

/**
 * After so many hours SNS deletes a subscription that is pending:
 * aws.amazon.com/about-aws/whats-new/2023/05/amazon-sns-automatic-deletion-unconfirmed-subscriptions/
 */
const PENDING_HOURS = 48;
const LINK = `The link is in an e-mail from AWS (look in the spam folder). SNS removes the subscription ${PENDING_HOURS} hours after it was made.`;

/** Compares who is subscribed with whom the environment's file names: the named ones first, in the file's order. */
export function judgeReceivers(
  topic: Topic,
  subscriptions: readonly Subscription[],
  commands: CommandPlace,
): readonly CheckLine[] {
  const present = subscriptions.filter(({ state }) => state !== 'deleted');
  const named = topic.addresses.map((address) => ({
    address,
    found: present.filter((each) => isOfMail(each) && keyOfAddress(each.endpoint) === keyOfAddress(address)),
  }));
  const chat = topic.hasChat ? present.filter(isOfChat) : [];
  const known = new Set([...named.flatMap(({ found }) => found), ...chat]);
  return [
    ...named.map(({ address, found }) => judgeAddress(topic, { address, found }, commands)),
    ...(topic.hasChat ? [judgeChat(topic, chat, commands)] : []),
    ...present.filter((each) => !known.has(each)).map((each) => judgeOther(topic, each, commands)),
    ...(present.some(isConfirmed) ? [] : [{ status: 'fail', subject: topic.subject, text: topic.whenNobody } as const]),
  ];
}

export function isConfirmed({ state }: Subscription): boolean {
  return state === 'confirmed';
}

/** Twice subscribed is possible, as `Ann@x.org` and `ann@x.org`: one that has confirmed is enough. */
function judgeAddress(
  { subject, topicArn }: Topic,
  { address, found }: { readonly address: string; readonly found: readonly Subscription[] },
  commands: CommandPlace,
): CheckLine {
  const best = found.find(isConfirmed) ?? found[0];
  if (best !== undefined) return judgeOne({ subject, topicArn }, best, commands);
  const command = subscribe({ topicArn, protocol: 'email', endpoint: address }, commands);
  const why = `is not subscribed. If it is new in the file, deploy the stack. Otherwise nobody confirmed it within ${PENDING_HOURS} hours, or somebody unsubscribed, and a redeploy does not bring it back.`;
  return withRemedy(subject, { text: `email ${escapeEach(address, UNSEEN)} ${why}`, to: SUBSCRIBE_AGAIN, command });
}

function judgeChat({ subject, topicArn }: Topic, found: readonly Subscription[], commands: CommandPlace): CheckLine {
  if (found.some(isConfirmed)) return { status: 'ok', subject, text: 'the chat service is subscribed' };
  const command = subscribe({ topicArn, protocol: 'https', endpoint: CHAT_ENDPOINT }, commands);
  const why =
    found.length > 0
      ? 'the chat service has not confirmed, which it does by itself: the channel receives nothing.'
      : 'the chat service is not subscribed: the channel receives nothing. If chat is new in the file, deploy.';
  return withRemedy(subject, { text: why, to: SUBSCRIBE_AGAIN, command });
}

/** One that the file does not name. */
function judgeOther(
  { subject, topicArn, setting, isOwn }: Topic,
  subscription: Subscription,
  commands: CommandPlace,
): CheckLine {
  if (!isConfirmed(subscription) || !isOwn || !isOfMail(subscription)) {
    return judgeOne({ subject, topicArn }, subscription, commands);
  }
  return { status: 'warn', subject, text: `${nameOf(subscription)} has confirmed; ${setting} does not name it` };
}

function judgeOne(
  { subject, topicArn }: Pick<Topic, 'subject' | 'topicArn'>,
  subscription: Subscription,
  commands: CommandPlace,
): CheckLine {
  const name = nameOf(subscription);
  if (isConfirmed(subscription)) return { status: 'ok', subject, text: `${name} has confirmed` };
  const { protocol, endpoint } = subscription;
  if (protocol !== 'email') {
    const how = isOfMail(subscription) ? LINK : 'SNS sent it the address that confirms (SubscribeURL).';
    return { status: 'fail', subject, text: `${name} has not confirmed. ${how}` };
  }
  const command = subscribe({ topicArn, protocol, endpoint }, commands);
  return withRemedy(subject, { text: `${name} has not confirmed. ${LINK}`, to: SEND_AGAIN, command });
}

const SUBSCRIBE_AGAIN = 'To subscribe it again:';
/** That SNS sends another one while the first is pending is *unconfirmed*: no page of AWS says so. */
const SEND_AGAIN = 'To ask for another e-mail:';

function withRemedy(
  subject: Topic['subject'],
  { text, to, command }: { readonly text: string; readonly to: string; readonly command: Command | undefined },
): CheckLine {
  return { status: 'fail', subject, text: command === undefined ? text : `${text} ${to}`, command };
}

/** None for an address that a shell, the AWS CLI or a reader would take for something else. */
function subscribe(
  wanted: { readonly topicArn: string; readonly protocol: 'email' | 'https'; readonly endpoint: string },
  commands: CommandPlace,
): Command | undefined {
  const { protocol, endpoint } = wanted;
  const topicArn = toWord(wanted.topicArn);
  if (topicArn === undefined || UNSEEN.test(endpoint) || endpoint.startsWith('-')) return undefined;
  return subscribeCommand(commands, { topicArn, protocol, endpoint });
}
