import { escapeEach, UNSEEN } from '../../../lambda/connection/escape-character';
import { subscribeCommand } from '../../../lambda/report/commands/aws';
import { type Command, toWord } from '../../../lambda/report/commands/command';
import type { CommandPlace } from '../../../lambda/report/commands/place';
import type { CheckLine } from './check-line';
import { isOfChat, isOfMail, keyOfAddress, nameOf, type Subscription } from './subscription';

/** A topic and the recipients that it should have. */
export interface Topic {
  readonly subject: 'alerts' | 'alarms';
  readonly topicArn: string;
  /** The setting that names the addresses. */
  readonly setting: 'recipients' | 'alarmRecipients';
  readonly addresses: readonly string[];
  /** The environment names a chat channel, so the topic must notify the chat service. */
  readonly hasChat: boolean;
  /** The stack created the topic, so an address that is not in the file is unexpected. */
  readonly isOwn: boolean;
  /** The text if no subscription is confirmed. */
  readonly whenNobody: string;
}

/** The endpoint for Slack and Teams, from public configurations. No AWS page documents it (*unconfirmed*). */
const CHAT_ENDPOINT = 'https://global.sns-api.chatbot.amazonaws.com';

/**
 * SNS deletes a pending subscription after this number of hours:
 * aws.amazon.com/about-aws/whats-new/2023/05/amazon-sns-automatic-deletion-unconfirmed-subscriptions/
 */
const PENDING_HOURS = 48;
const LINK = `The link is in an e-mail from AWS (check the spam folder). SNS deletes an unconfirmed subscription after ${PENDING_HOURS} hours.`;

/** Compares the subscriptions with the addresses in the environment's file. These come first, in the file's order. */
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

/** An address can be subscribed twice, as `Ann@x.org` and `ann@x.org`: one confirmed subscription is enough. */
function judgeAddress(
  { subject, topicArn }: Topic,
  { address, found }: { readonly address: string; readonly found: readonly Subscription[] },
  commands: CommandPlace,
): CheckLine {
  const best = found.find(isConfirmed) ?? found[0];
  if (best !== undefined) return judgeOne({ subject, topicArn }, best, commands);
  const command = subscribe({ topicArn, protocol: 'email', endpoint: address }, commands);
  const why = `is not subscribed. If it is new in the file, deploy the stack. Otherwise it was not confirmed within ${PENDING_HOURS} hours, or it was unsubscribed, and a redeploy does not restore it.`;
  return withRemedy(subject, { text: `email ${escapeEach(address, UNSEEN)} ${why}`, to: SUBSCRIBE_AGAIN, command });
}

function judgeChat({ subject, topicArn }: Topic, found: readonly Subscription[], commands: CommandPlace): CheckLine {
  if (found.some(isConfirmed)) return { status: 'ok', subject, text: 'the chat service is subscribed' };
  const command = subscribe({ topicArn, protocol: 'https', endpoint: CHAT_ENDPOINT }, commands);
  const why =
    found.length > 0
      ? 'the chat service has not confirmed, although it confirms automatically: the channel receives nothing.'
      : 'the chat service is not subscribed: the channel receives nothing. If chat is new in the file, deploy the stack.';
  return withRemedy(subject, { text: why, to: SUBSCRIBE_AGAIN, command });
}

/** A subscription that the file does not name. */
function judgeOther(
  { subject, topicArn, setting, isOwn }: Topic,
  subscription: Subscription,
  commands: CommandPlace,
): CheckLine {
  if (!isConfirmed(subscription) || !isOwn || !isOfMail(subscription)) {
    return judgeOne({ subject, topicArn }, subscription, commands);
  }
  return { status: 'warn', subject, text: `${nameOf(subscription)} has confirmed, but ${setting} does not name it` };
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
    const how = isOfMail(subscription) ? LINK : 'SNS sent it the address for the confirmation (SubscribeURL).';
    return { status: 'fail', subject, text: `${name} has not confirmed. ${how}` };
  }
  const command = subscribe({ topicArn, protocol, endpoint }, commands);
  return withRemedy(subject, { text: `${name} has not confirmed. ${LINK}`, to: SEND_AGAIN, command });
}

const SUBSCRIBE_AGAIN = 'To subscribe it again:';
/** *Unconfirmed*: SNS sends another e-mail while the first one is pending. No AWS page documents it. */
const SEND_AGAIN = 'To request another e-mail:';

function withRemedy(
  subject: Topic['subject'],
  { text, to, command }: { readonly text: string; readonly to: string; readonly command: Command | undefined },
): CheckLine {
  return { status: 'fail', subject, text: command === undefined ? text : `${text} ${to}`, command };
}

/** `undefined` for an address that a shell, the AWS CLI or a reader would misread. */
function subscribe(
  wanted: { readonly topicArn: string; readonly protocol: 'email' | 'https'; readonly endpoint: string },
  commands: CommandPlace,
): Command | undefined {
  const { protocol, endpoint } = wanted;
  const topicArn = toWord(wanted.topicArn);
  if (topicArn === undefined || UNSEEN.test(endpoint) || endpoint.startsWith('-')) return undefined;
  return subscribeCommand(commands, { topicArn, protocol, endpoint });
}
