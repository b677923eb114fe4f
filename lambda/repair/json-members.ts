/** One member of a JSON object, as written in the text. */
export interface Member {
  readonly key: string;
  /** `"key": value`, byte for byte. */
  readonly text: string;
  /** The value alone, byte for byte. */
  readonly value: string;
}

/**
 * The members of a JSON object, in order, as slices of its text. The values are not parsed, so numbers keep every digit
 * and strings keep every escape. The text must be valid JSON with an object at its top level; throws otherwise.
 */
export function membersOf(object: string): readonly Member[] {
  assertObject(object);
  const members: Member[] = [];
  let at = skipSpace(object, object.indexOf('{') + 1);
  while (object[at] === '"') {
    const keyEnd = skipString(object, at);
    const valueStart = skipSpace(object, skipSpace(object, keyEnd) + 1);
    const valueEnd = skipValue(object, valueStart);
    members.push({
      key: keyOf(object.slice(at, keyEnd)),
      text: object.slice(at, valueEnd),
      value: object.slice(valueStart, valueEnd),
    });
    // After the comma, or after the last bracket.
    at = skipSpace(object, skipSpace(object, valueEnd) + 1);
  }
  return members;
}

function assertObject(text: string): void {
  const value: unknown = JSON.parse(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new TypeError('not a JSON object');
}

function keyOf(literal: string): string {
  return String(JSON.parse(literal));
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (text[at] === ' ' || text[at] === '\n' || text[at] === '\r' || text[at] === '\t') at += 1;
  return at;
}

/** From the opening quote to just after the closing one. */
function skipString(text: string, from: number): number {
  let at = from + 1;
  while (text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at + 1;
}

/** To just after the value: the last bracket of an object or array, or the last character of a literal. */
function skipValue(text: string, from: number): number {
  let at = from;
  let depth = 0;
  for (;;) {
    const character = text[at];
    if (character === '"') at = skipString(text, at);
    else if (character === '{' || character === '[') {
      depth += 1;
      at += 1;
    } else if (character === '}' || character === ']') {
      depth -= 1;
      at += 1;
    } else if (depth > 0) at += 1;
    else at = skipLiteral(text, at);
    if (depth === 0) return at;
  }
}

function skipLiteral(text: string, from: number): number {
  let at = from;
  while (at < text.length && !/[\s,\]}]/.test(text.charAt(at))) at += 1;
  return at;
}
