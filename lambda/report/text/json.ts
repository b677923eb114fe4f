import { escapeCharacter, UNSEEN } from '../../connection/escape-character';

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
export function writeJson(value: unknown, form: Form = {}): string {
  // Outside strings, JSON has none of these characters but the line breaks of the indentation, which stay.
  return JSON.stringify(value, replacerOf(form), form.indent).replace(UNSAFE, (character) =>
    character === '\n' ? character : escapeCharacter(character),
  );
}

/** None where nothing is cut: `JSON.stringify` takes half as long again with one. */
function replacerOf({ longest, most }: Form) {
  if (longest === undefined && most === undefined) return undefined;
  return (_key: string, member: unknown): unknown => {
    if (typeof member === 'string') return member.slice(0, longest);
    return Array.isArray(member) ? member.slice(0, most) : member;
  };
}

/** JSON text of a value of this type, so that a large text can be put together from parts that the compiler checks. */
export interface Json<T> {
  readonly text: string;
  /** Never there: it tells texts of different types apart. */
  readonly of?: T;
}

export function toJson<T>(value: T): Json<T> {
  return { text: writeJson(value) };
}

export function listJson<T>(entries: readonly Json<T>[]): Json<readonly T[]> {
  return { text: `[${entries.map(({ text }) => text).join(',')}]` };
}

/** The members of an object, without its braces. */
export function joinMembers<Members extends { readonly [Key in keyof Members]: Json<unknown> }>(
  members: Members,
): string {
  let written = '';
  for (const key in members) written += `${written === '' ? '' : ','}${JSON.stringify(key)}:${members[key].text}`;
  return written;
}

/** No connection that Auth0 accepts comes near; what does is somebody's attempt. */
const WHOLE_BYTES = 200_000;
/**
 * An entry has some fifty texts, our own among them, and a list of keys: of this length, and so many of them, they fit a
 * message even when every character takes six bytes.
 */
const CUT_CHARACTERS = 400;
const CUT_LISTS = 20;

/** JSON that fits a message alone: the object as it is, or its long texts and lists cut and the object marked. */
export function writeBounded<T extends object>(value: T, mark: (value: T) => T): Json<T> {
  const whole = toJson(value);
  // A character takes at most three bytes of UTF-8 for each of its code units.
  if (whole.text.length * 3 <= WHOLE_BYTES || bytesOf(whole.text) <= WHOLE_BYTES) return whole;
  return { text: writeJson(mark(value), { longest: CUT_CHARACTERS, most: CUT_LISTS }) };
}

/** How many bytes a text has in UTF-8. Most of ours are ASCII, and need not be encoded to know. */
export function bytesOf(text: string): number {
  return /[\u0080-\uFFFF]/.test(text) ? new TextEncoder().encode(text).length : text.length;
}
