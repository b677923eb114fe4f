import type { Report } from '../judge/report';
import { type ChatNotification, writeChat } from './chat/chat';
import { writeMail } from './mail/mail';
import type { AlertContext } from './mail/run';
import type { Mail } from './mail/subject';
import { bytesOf, writeJson } from './text/json';

/** A message for the alerts topic, to be published with MessageStructure `json`. */
export interface AlertMessage {
  /** At most 100 characters of printable ASCII. */
  readonly subject: string;
  /** The bodies by protocol, as JSON. */
  readonly message: string;
}

/** SNS refuses a message of more than 262,144 bytes, all bodies together. */
const ALERT_BYTES = 240_000;

/** The message of one run, for mail and chat. */
export function writeAlertMessage(report: Report, context: AlertContext = {}): AlertMessage {
  return toMessage(writeMail(report, context), writeChat(report, context));
}

/**
 * The mail text, and the envelope of Amazon Q Developer for all HTTPS subscribers: SNS cannot address a smaller group, so
 * other webhooks get the envelope too. SNS requires `default`, for protocols without a separate body. With this structure
 * SNS delivers no message attributes.
 */
export function toMessage({ subject, body }: Mail, chat: ChatNotification): AlertMessage {
  const https = writeJson(chat);
  const write = (text: string): string => JSON.stringify({ default: text, email: text, https });
  const message = write(body);
  if (bytesOf(message) <= ALERT_BYTES) return { subject, message };
  return { subject, message: write(cut(body, ALERT_BYTES - bytesOf(write('')))) };
}

/**
 * Keeps whole lines from the start, at most half of `bytes`, because the body is in the message twice. The most urgent
 * lines are first.
 */
function cut(body: string, bytes: number): string {
  const end = '\nCUT HERE: the message was too large. The full report contains everything.\n';
  const lines: string[] = [];
  let room = Math.floor(bytes / 2) - bytesOf(JSON.stringify(end));
  for (const line of body.split('\n')) {
    room -= bytesOf(JSON.stringify(`${line}\n`));
    if (room < 0) break;
    lines.push(line);
  }
  return `${lines.join('\n')}\n${end}`;
}
