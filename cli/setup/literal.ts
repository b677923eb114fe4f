import { escapeEach, UNSEEN } from '../../lambda/connection/escape-character';

/** The width in `biome.json`, so that the written file passes `npm test`. */
const COLUMNS = 120;
const INDENT = 2;

interface Place {
  /** Columns before the value in its first line. */
  readonly column: number;
  /** Indentation of this line, in columns. */
  readonly indent: number;
}

/**
 * A JSON value as a JavaScript literal: in one line if it fits together with the comma that follows. Invisible characters
 * are escaped.
 */
export function writeLiteral(value: unknown, { column, indent }: Place): string {
  const inOneLine = writeInline(value);
  if (column + inOneLine.length < COLUMNS || typeof value !== 'object' || value === null) return inOneLine;
  const inner = indent + INDENT;
  const lines = Array.isArray(value)
    ? value.map((element: unknown) => `${spaces(inner)}${writeLiteral(element, { column: inner, indent: inner })},\n`)
    : membersOf(value).map(([key, member]) => `${spaces(inner)}${writeMember(key, member, inner)},\n`);
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  return `${open}\n${lines.join('')}${spaces(indent)}${close}`;
}

/** `key: value` at this indentation, without the comma. A long text begins on the next line. */
export function writeMember(key: string, value: unknown, indent: number): string {
  const before = `${writeKey(key)}: `;
  const column = indent + before.length;
  const literal = writeLiteral(value, { column, indent });
  const isBroken = typeof value === 'string' && column + literal.length >= COLUMNS && writeKey(key).length > INDENT;
  return isBroken ? `${before.trimEnd()}\n${spaces(indent + INDENT)}${literal}` : before + literal;
}

function writeInline(value: unknown): string {
  if (typeof value === 'string') return writeText(value);
  if (Array.isArray(value)) return `[${value.map(writeInline).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = membersOf(value).map(([key, member]) => `${writeKey(key)}: ${writeInline(member)}`);
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
}

/** A setting without a value is omitted. */
function membersOf(value: object): [string, unknown][] {
  return Object.entries(value).filter(([, member]) => member !== undefined);
}

/** `__proto__: x` in a literal would set the prototype of the object instead of a member. */
function writeKey(key: string): string {
  if (key === '__proto__') return `['${key}']`;
  return /^[A-Za-z_$][\w$]*$/.test(key) ? key : writeText(key);
}

function writeText(text: string): string {
  const inDoubleQuotes = escapeEach(JSON.stringify(text), UNSEEN);
  // The quotes that need fewer escapes; single quotes if both need the same number.
  if (count(text, "'") > count(text, '"')) return inDoubleQuotes;
  return `'${inDoubleQuotes.slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}

function count(text: string, character: string): number {
  return text.split(character).length - 1;
}

function spaces(columns: number): string {
  return ' '.repeat(columns);
}
