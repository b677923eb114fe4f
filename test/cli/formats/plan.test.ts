import fc from 'fast-check';
import { writePlan } from '../../../cli/formats/plan';
import type { Finding } from '../../../lambda/judge/finding';
import { columnsOf } from '../../../lambda/report/text/columns';
import { remove, set } from '../../judge/sample-repair';
import { hostileText, unseenIn } from '../../report/hostile-reports';
import { findingOf } from '../../report/report-samples';

/** A plan with these numbers of changes for each effect, with long names. */
function planOf(...counts: readonly number[]): readonly Finding[] {
  const effects = [
    { effective: 'on_each_login', repair: set('on_first_login'), source: 'default' },
    { effective: 'on_first_login', repair: remove(), source: 'explicit' },
    { effective: 'never_on_login', repair: set('on_first_login'), source: 'explicit' },
  ] as const;
  return counts.flatMap((count, effect) =>
    Array.from({ length: count }, (_, index) =>
      findingOf({
        ...effects[effect],
        connection: {
          id: `con_${String(effect * 1000 + index).padStart(16, 'x')}`,
          name: `contoso-workforce-europe-directory-number-${index}`,
          strategy: ['okta', 'samlp', 'google-apps'][index % 3] ?? '',
        },
      }),
    ),
  );
}

const linesOf = (planned: readonly Finding[], columns = 80): string[] => writePlan(planned, columns).split('\n');
const QUESTION = 1;

test.each([[[12]], [[6, 6]], [[4, 4, 4]]])(
  'a plan with %j changes of each effect fits on a screen together with the question',
  (counts) => {
    const lines = linesOf(planOf(...counts));
    expect(lines.length + QUESTION).toBeLessThanOrEqual(24);
    expect(Math.max(...lines.map(columnsOf))).toBeLessThanOrEqual(80);
    expect(lines.filter((line) => line.includes('con_'))).toHaveLength(12);
  },
);

test('a plan lists the number of each strategy, and the meaning and the connections of each effect', () => {
  expect(linesOf(planOf(2, 1))).toEqual([
    '3 connections would be written: okta 2, samlp 1',
    'on_each_login -> on_first_login: 2 connections, currently not set',
    '  Afterwards, changes in the directory, such as a new name, no longer reach',
    '  existing profiles. First check that no application relies on these changes.',
    '    contoso-workforce-europe-directory-number-0  con_xxxxxxxxxxxxxxx0  okta',
    '    contoso-workforce-europe-directory-number-1  con_xxxxxxxxxxxxxxx1  samlp',
    'on_first_login -> on_each_login: 1 connection, by removing the key',
    '  Afterwards, the next login of each user overwrites edits made in Auth0. These',
    '  edits cannot be restored. First check that no one relies on them.',
    '    contoso-workforce-europe-directory-number-0  con_xxxxxxxxxxxx1000  okta',
  ]);
});

test('a removed key has the same effect as the value that then applies', () => {
  const of = { effective: 'on_first_login', source: 'explicit' } as const;
  const lines = linesOf([findingOf({ ...of, repair: remove() }), findingOf({ ...of, repair: set('on_each_login') })]);
  expect(lines[1]).toBe('on_first_login -> on_each_login: 2 connections, 1 of them by removing the key');
});

test('the options that Auth0 adds during a write are listed with the effect', () => {
  const repair = set('on_first_login', { fills: ['schema_version'] });
  expect(writePlan([findingOf({ repair }), findingOf({ repair })], 80)).toContain(
    '\n  Auth0 also adds missing options: schema_version (2).\n',
  );
});

test('a plan of hundreds of changes lists the first of each effect and counts the others', () => {
  const lines = linesOf(planOf(200, 13));
  expect(lines.filter((line) => line.includes('con_'))).toHaveLength(24);
  expect(lines).toContain('    and 188 more. To see all: answer no, then run with --format json.');
  expect(lines).toContain('    and 1 more. To see all: answer no, then run with --format json.');
});

test('strategies after the sixth are counted together in a plan', () => {
  const planned = Array.from({ length: 9 }, (_, index) => findingOf({ connection: { strategy: `s${index}` } }));
  expect(linesOf(planned)[0]).toBe('9 connections would be written: s0 1, s1 1, s2 1, s3 1, s4 1, s5 1, others 3');
});

test('any names in a plan keep to the columns and contain no control characters', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(hostileText, hostileText, hostileText), { minLength: 1, maxLength: 5 }), (texts) => {
      const planned = texts.map(([id, name, strategy]) => findingOf({ connection: { id, name, strategy } }));
      const text = writePlan(planned, 80);
      expect(unseenIn(text)).toEqual([]);
      expect(Math.max(...text.split('\n').map(columnsOf))).toBeLessThanOrEqual(80);
    }),
  );
});
