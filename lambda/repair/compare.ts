import { type FillKey, type Fills, withFilled } from '../connection/fills';
import { isObject, ownEntry } from '../connection/own-entry';
import type { Sealed } from '../connection/sealed';

/** The changes that Auth0 itself can make at a write. They do not count as damage by the auditor. */
export interface Excuses {
  /** Option keys that Auth0 can rewrite. A deleted key still counts as damage. */
  readonly rewritten: readonly string[];
  /** Option keys that Auth0 can fill in if they were empty; `fills` contains the values. */
  readonly filled: readonly FillKey[];
  readonly fills: Fills;
}

export const NO_EXCUSES: Excuses = { rewritten: [], filled: [], fills: {} };

/**
 * The keys in which a connection differs from the expected connection, as `options.key` or the name of a top-level
 * field: names only, never values. Order does not count. At these two levels `null` counts as absent, because the API
 * drops keys that were sent as null.
 */
export function differingKeys(meant: Sealed, found: Sealed, { rewritten, filled, fills }: Excuses): readonly string[] {
  const before = parseObject(meant.open());
  const after = parseObject(found.open());
  const shown = asObject(after.options);
  const options = differing(withFilled({ fills, keys: filled }, asObject(before.options), shown), shown);
  return [
    ...differing(before, after).filter((key) => key !== 'options'),
    ...options.filter((key) => !rewritten.includes(key) || isGone(shown, key)).map((key) => `options.${key}`),
  ];
}

function isGone(options: JsonObject, key: string): boolean {
  return (ownEntry(options, key) ?? null) === null;
}

type JsonObject = Readonly<Record<string, unknown>>;

function parseObject(text: string): JsonObject {
  return asObject(JSON.parse(text.replace(STRING_OR_NUMBER, keepDigits)));
}

const STRING_OR_NUMBER = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d[\d.eE+-]*/g;
/** The number of digits that every double can represent (IEEE 754, binary64). */
const HELD_DIGITS = 15;

/** The marks of a number that is compared as written, and of a text that begins with a mark. */
const MARKED = /^(?:number|text) /;

/** Two long numbers could be the same double, so long numbers are compared as written. */
function keepDigits(literal: string): string {
  if (literal.startsWith('"')) return keepText(literal);
  const [mantissa = '', exponent = ''] = literal.split(/[eE]/);
  const isHeldByDouble = mantissa.replace(/[-.]/g, '').length <= HELD_DIGITS && /^[+-]?\d{0,2}$/.test(exponent);
  return isHeldByDouble ? literal : `"number ${literal}"`;
}

function keepText(literal: string): string {
  const text = literal.includes('\\') ? String(JSON.parse(literal)) : literal.slice(1, -1);
  return MARKED.test(text) ? JSON.stringify(`text ${text}`) : literal;
}

function asObject(value: unknown): JsonObject {
  return isObject(value) ? value : {};
}

function differing(a: JsonObject, b: JsonObject): string[] {
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  const differ = [...keys].filter((key) => !sameJson(ownEntry(a, key) ?? null, ownEntry(b, key) ?? null));
  return differ.map((key) => key.replace(/^text (?=(?:number|text) )/, '')).sort();
}

function sameJson(a: unknown, b: unknown): boolean {
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((element, index) => sameJson(element, b[index]));
  }
  if (isObject(a) && isObject(b)) {
    const keys = Object.keys(a);
    return (
      keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && sameJson(a[key], b[key]))
    );
  }
  return a === b;
}
