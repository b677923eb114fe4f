import fc from 'fast-check';

/** A JSON object as a server might write it, with the members that a correct reader must find. */
export interface WrittenObject {
  readonly text: string;
  readonly members: readonly { readonly key: string; readonly text: string; readonly value: string }[];
}

const space = fc.constantFrom('', '', '', ' ', '\n', '\t', '\r\n  ');
const number = fc.oneof(
  fc.constantFrom('0', '-0', '1.0', '1e400', '-1E-7', '12345678901234567890', '0.1000000000000000055511151231257827'),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => String(value)),
);
const escaped = fc.constantFrom(
  '\\u0061',
  '\\ud800',
  '\\udc00x',
  '\\"',
  '\\\\',
  '\\/',
  '\\u0000',
  '\\n',
  '\\u005f\\u005f',
);
const characters = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 8 }).map((text) => JSON.stringify(text).slice(1, -1)),
  fc
    .constantFrom('{', '}', '[', ']', ',', ':', '","', "'", '\u2028', 'ü', '😀')
    .map((text) => JSON.stringify(text).slice(1, -1)),
  escaped,
);
const string = fc.array(characters, { maxLength: 4 }).map((parts) => `"${parts.join('')}"`);
/**
 * A key without a backslash. V8 13.6 (Node 24) misreads an escaped key after it has read a key with a backslash: after
 * `JSON.parse('{"x":1,"\\\\":2}')`, `JSON.parse('{"x":1,"\\u0061":2}')` has no key `a`. Node 20 reads both.
 */
const key = fc
  .oneof(
    string,
    fc.constantFrom(
      '""',
      '"__proto__"',
      '"constructor"',
      '"toString"',
      '"hasOwnProperty"',
      '"length"',
      '"\\u0061"',
      '"a"',
      '"options"',
      '"set_user_root_attribute"',
      '"SET_USER_ROOT_ATTRIBUTES"',
    ),
  )
  .filter((text) => !String(JSON.parse(text)).includes('\\'));

const { value } = fc.letrec<{ value: string; array: string; object: string }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 5, depthSize: 'small' },
    fc.constantFrom('null', 'true', 'false', '{}', '[ ]', '""'),
    number,
    string,
    tie('array'),
    tie('object'),
  ),
  array: fc
    .array(fc.tuple(space, tie('value'), space), { maxLength: 4 })
    .map((elements) => `[${elements.map((element) => element.join('')).join(',')}]`),
  object: fc
    .array(fc.tuple(space, key, space, space, tie('value'), space), { maxLength: 4 })
    .map((members) => `{${members.map(([a, k, b, c, v, d]) => `${a}${k}${b}:${c}${v}${d}`).join(',')}}`),
}));

export const jsonValue = value;

/** The spelling of a key as a server might escape it. */
export function spellings(name: string): fc.Arbitrary<string> {
  const units = [...name].map((character) =>
    fc.constantFrom(character, character, `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`),
  );
  return fc.tuple(...units).map((parts) => `"${parts.join('')}"`);
}

/** Any object. `special` members are among the others, at any position and any number of times. */
export function writtenObject(
  special: fc.Arbitrary<{ key: string; value: string }>,
  min = 0,
): fc.Arbitrary<WrittenObject> {
  const member = fc.oneof({ weight: 4, arbitrary: fc.record({ key, value }) }, { weight: 1, arbitrary: special });
  return fc
    .tuple(fc.array(fc.tuple(space, member, space, space, space), { minLength: min, maxLength: 8 }), space, space)
    .map(([drawn, before, after]) => {
      const members = drawn.map(([, { key: name, value: text }, b, c]) => ({
        key: String(JSON.parse(name)),
        text: `${name}${b}:${c}${text}`,
        value: text,
      }));
      const inner = drawn.map(([a, , , , d], index) => `${a}${members[index]?.text ?? ''}${d}`).join(',');
      return { text: `${before}{${inner}${drawn.length === 0 ? after : ''}}${after}`, members };
    });
}

export const noSpecial = fc.constant({ key: '"plain"', value: '1' });
