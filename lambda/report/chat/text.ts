import { type Command, inOneLine } from '../commands/command';
import { makeHarmless, makeVisible } from '../text/harmless';
import { quoteAuthor } from '../words/author';
import { quotePerson } from '../words/change';

/**
 * Anyone's text in a chat. Slack and Teams take different markup and each a little more than it documents, so no text is
 * escaped sign by sign: it is harmless first, and then it stands in a code span, in which neither finds a mention, a
 * link, an emoji or emphasis. No backquote is left in it that could end the span.
 */
export function quoteInChat(text: string, columns?: number): string {
  return `\`${makeHarmless(text, columns)}\``;
}

/** An author, whose address is shown as it is. */
export function quoteAuthorInChat(text: string): string {
  return `\`${quoteAuthor(text)}\``;
}

/** Who changed something by hand: an ARN, or a user and a host. */
export function quotePersonInChat(text: string): string {
  return `\`${quotePerson(text)}\``;
}

/** Text of our own configuration, such as the tenant's domain. */
export function quoteOursInChat(text: string, columns?: number): string {
  return `\`${makeVisible(text, columns)}\``;
}

/** A step with its command to copy; no step where what the command needs is not known. */
export function listCommandInChat(words: string, command: Command | undefined): string[] {
  return command === undefined ? [] : [`${words} \`${inOneLine(command)}\``];
}

/** Words of our own, with the values that hold underscores as code: an underscore can be the start of emphasis. */
export function wordInChat(text: string): string {
  return text.replace(/\b(?:[a-z]+(?:_[a-z]+)+|[A-Z]+(?:_[A-Z]+)+)\b/g, (word) => `\`${word}\``);
}

/** A name of our own configuration in a title or an id, which take no markup: nothing in it can be any. */
export function plainInChat(text: string, characters = 60): string {
  return text.slice(0, characters).replace(/[^A-Za-z0-9 .:/-]/g, '?') || '?';
}
