import { escapeCharacter, UNSEEN } from './harmless';

const UNSAFE = new RegExp(`${UNSEEN.source}|[<>&]`, 'gu');

interface Form {
  readonly indent?: number;
  /** Texts are cut after so many characters. */
  readonly longest?: number;
  /** Lists are cut after so many members. */
  readonly most?: number;
}

/**
 * JSON that holds exact values and is still harmless as text: what cannot be seen or could be markup is escaped, so that
 * a terminal, a log viewer or a page that embeds it shows it and does nothing. `JSON.parse` gives the same value.
 */
export function writeJson(value: unknown, { indent, longest, most }: Form = {}): string {
  const cut = (_key: string, member: unknown): unknown => {
    if (typeof member === 'string') return member.slice(0, longest);
    return Array.isArray(member) ? member.slice(0, most) : member;
  };
  // Outside strings, JSON has none of these characters but the line breaks of the indentation, which stay.
  return JSON.stringify(value, cut, indent).replace(UNSAFE, (character) =>
    character === '\n' ? character : escapeCharacter(character),
  );
}
