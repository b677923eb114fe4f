import { testTimeout } from '../../jest.config';
import browserConfig from '../browser/jest.config';
import packageConfig from '../package/jest.config';
import { readText, textFiles } from '../words/texts';

/**
 * A time limit of one test or hook, as the formatter lays it out: a call of `jest.setTimeout`, or a number or constant
 * after the function. Such a limit is a guess about the speed of the machine.
 */
const OWN_LIMIT = /jest\.setTimeout\(|^ *\}, [\dA-Z][\d_A-Z]*\);$|^ *\},\n *[\dA-Z][\d_A-Z]*,\n *\);$/m;

test.each([
  { claim: 'a limit for a file is found', source: 'jest.set' + 'Timeout(5_000);', hasLimit: true },
  {
    claim: 'a number after the function is found',
    source: "it('waits', async () => {\n  await ended();\n}, 60_000);",
    hasLimit: true,
  },
  {
    claim: 'a constant after the function is found',
    source: "it('waits', async () => {\n  await ended();\n}, LIMIT_MS);",
    hasLimit: true,
  },
  {
    claim: 'a number on a separate line is found',
    source: "it(\n  'waits',\n  async () => {\n    await ended();\n  },\n  120_000,\n);",
    hasLimit: true,
  },
  {
    claim: 'a test without a limit is not found',
    source: "it('waits', async () => {\n  await ended();\n});",
    hasLimit: false,
  },
  {
    claim: 'a limit that is an option of a call is not found',
    source: 'call({\n  limitMs: 60_000,\n});',
    hasLimit: false,
  },
])('$claim', ({ source, hasLimit }) => {
  expect(OWN_LIMIT.test(source)).toBe(hasLimit);
});

test('no test has a time limit of its own', () => {
  const files = textFiles('test').filter((file) => file.endsWith('.ts'));
  expect(files.length).toBeGreaterThan(300);
  expect(files.filter((file) => OWN_LIMIT.test(readText(file)))).toEqual([]);
});

test('every configuration of Jest has the same time limit', () => {
  expect([browserConfig.testTimeout, packageConfig.testTimeout]).toEqual([testTimeout, testTimeout]);
});
