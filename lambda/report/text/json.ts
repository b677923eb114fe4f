import { escapeCharacter, UNSEEN } from '../../connection/escape-character';

const UNSAFE = new RegExp(`${UNSEEN.source}|[<>&]`, 'gu');

interface Form {
  readonly indent?: number;
  /** The maximum number of characters of a text; longer texts are cut. */
  readonly longest?: number;
  /** The maximum number of members of a list; longer lists are cut. */
  readonly most?: number;
}

/**
 * JSON with exact values that is also harmless as text: unseen characters and possible markup are escaped, so that they have
 * no effect in a terminal, a log viewer or a page. `JSON.parse` returns the same value.
 */
export function writeJson(value: unknown, form: Form = {}): string {
  // Outside strings, JSON contains only one of these characters: the line breaks of the indentation. They stay.
  return JSON.stringify(value, replacerOf(form), form.indent).replace(UNSAFE, (character) =>
    character === '\n' ? character : escapeCharacter(character),
  );
}

/** No replacer if nothing is cut: with a replacer, `JSON.stringify` takes 50 % longer. */
function replacerOf({ longest, most }: Form) {
  if (longest === undefined && most === undefined) return undefined;
  return (_key: string, member: unknown): unknown => {
    if (typeof member === 'string') return member.slice(0, longest);
    return Array.isArray(member) ? member.slice(0, most) : member;
  };
}

/** JSON text of a value of this type, so that a large text can be built from parts that the compiler checks. */
export interface Json<T> {
  readonly text: string;
  /** Never set: it makes texts of different types incompatible. */
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

/** No connection that Auth0 accepts is nearly this large. A larger object is probably an attempt at abuse. */
const WHOLE_BYTES = 200_000;
/**
 * An entry has about fifty texts, including our own, and a list of keys. With these limits they fit in a message even if
 * every character takes six bytes.
 */
const CUT_CHARACTERS = 400;
const CUT_LISTS = 20;

/** JSON that fits in one message: the unchanged object, or the marked object with its long texts and lists cut. */
export function writeBounded<T extends object>(value: T, mark: (value: T) => T): Json<T> {
  const whole = toJson(value);
  // A character takes at most three bytes of UTF-8 for each of its code units.
  if (whole.text.length * 3 <= WHOLE_BYTES || bytesOf(whole.text) <= WHOLE_BYTES) return whole;
  return { text: writeJson(mark(value), { longest: CUT_CHARACTERS, most: CUT_LISTS }) };
}

/** The number of bytes of a text in UTF-8. Most texts are ASCII, and are not encoded. */
export function bytesOf(text: string): number {
  return /[\u0080-\uFFFF]/.test(text) ? new TextEncoder().encode(text).length : text.length;
}
