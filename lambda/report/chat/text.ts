import { type Command, inOneLine } from '../commands/command';
import { makeHarmless, makeVisible } from '../text/harmless';
import { quoteAuthor } from '../words/author';
import { quotePerson } from '../words/change';

/**
 * A foreign text in a chat. Slack and Teams accept different markup, and more than they document, so escaping single
 * characters is not enough. The text is made harmless, and then put into a code span: there neither of them detects a
 * mention, a link, an emoji or emphasis. The text contains no backquote that could end the span.
 */
export function quoteInChat(text: string, columns?: number): string {
  return `\`${makeHarmless(text, columns)}\``;
}

/** An author. An e-mail address is shown unchanged. */
export function quoteAuthorInChat(text: string): string {
  return `\`${quoteAuthor(text)}\``;
}

/** The operator who made a change: an ARN, or a user and a host. */
export function quotePersonInChat(text: string): string {
  return `\`${quotePerson(text)}\``;
}

/** Text from our configuration, such as the tenant's domain. */
export function quoteOursInChat(text: string, columns?: number): string {
  return `\`${makeVisible(text, columns)}\``;
}

/** A step with its command to copy; no step if the command is unknown. */
export function listCommandInChat(words: string, command: Command | undefined): string[] {
  return command === undefined ? [] : [`${words} \`${inOneLine(command)}\``];
}

/** A text of the auditor, with values that contain underscores as code: an underscore can start emphasis. */
export function wordInChat(text: string): string {
  return text.replace(/\b(?:[a-z]+(?:_[a-z]+)+|[A-Z]+(?:_[A-Z]+)+)\b/g, (word) => `\`${word}\``);
}

/** A name from our configuration in a title or an id, without any character that could be markup. */
export function plainInChat(text: string, characters = 60): string {
  return text.slice(0, characters).replace(/[^A-Za-z0-9 .:/-]/g, '?') || '?';
}
