import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { writeLiteral, writeMember } from '../../../cli/setup/literal';
import { UNSEEN } from '../../../lambda/connection/escape-character';

const ROOT = path.join(__dirname, '../../..');
const PLACE = { column: 0, indent: 0 };
const evaluate = (literal: string): unknown => JSON.parse(runInNewContext(`JSON.stringify(${literal})`));

it('a literal has the value that it was written from, and contains no invisible characters', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const literal = writeLiteral(value, PLACE);
      expect(JSON.stringify(evaluate(literal))).toBe(JSON.stringify(value));
      expect(literal.replaceAll('\n', '')).not.toMatch(UNSEEN);
    }),
    { numRuns: 2000 },
  );
});

it.each(["it's", '"quoted"', `it's "both"`, 'back\\slash', 'a\u202Eb', '\u2028', 'line\nbreak', '`$', "\\'"])(
  'the text %j is unchanged after writing and evaluating',
  (text) => {
    expect(evaluate(writeLiteral(text, PLACE))).toBe(text);
  },
);

it('a member that is named __proto__ is a member, not the prototype', () => {
  const literal = writeLiteral(JSON.parse('{"__proto__":"x"}'), PLACE);
  expect(evaluate(literal)).toEqual(JSON.parse('{"__proto__":"x"}'));
});

it('a setting without a value is omitted', () => {
  expect(writeLiteral({ a: undefined, b: 1 }, PLACE)).toBe('{ b: 1 }');
});

const LONG = 'word '.repeat(30).trim();
const VALUES: readonly { claim: string; value: unknown }[] = [
  { claim: 'short members', value: { a: 1, b: ['x'], c: {} } },
  { claim: 'a long text', value: { reason: LONG, id: LONG, 'a-b': LONG } },
  {
    claim: 'a text that just fits, and a text that just does not fit',
    value: { reason: 'x'.repeat(102), names: 'x'.repeat(105) },
  },
  { claim: 'a long list', value: { match: { strategy: Array.from({ length: 30 }, (_, at) => `name-${at}`) } } },
  {
    claim: 'lists of objects',
    value: {
      exemptions: [
        { id: 'con_1', reason: LONG },
        { id: 'con_2', reason: 'short' },
      ],
    },
  },
  { claim: 'quotes of both kinds', value: { a: "it's", b: '"', c: `'"`, d: `''"` } },
  { claim: 'keys that need quotes', value: { metadata: { 'tier of': 'gold', tier: 'x', 'a.b': 'y' } } },
];

it.each(VALUES)('the linter formats $claim in the same way', ({ value }) => {
  const text = `export const value = {\n  ${writeMember('value', value, 2)},\n};\n`;
  const biome = path.join(ROOT, 'node_modules/@biomejs/biome/bin/biome');
  const words = [biome, 'format', '--stdin-file-path=environments/x.ts'];
  expect(execFileSync(process.execPath, words, { cwd: ROOT, input: text, encoding: 'utf8' })).toBe(text);
});
