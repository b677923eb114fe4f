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
  { source: 'jest.set' + 'Timeout(5_000);', hasLimit: true },
  { source: "it('waits', async () => {\n  await ended();\n}, 60_000);", hasLimit: true },
  { source: "it('waits', async () => {\n  await ended();\n}, LIMIT_MS);", hasLimit: true },
  { source: "it(\n  'waits',\n  async () => {\n    await ended();\n  },\n  120_000,\n);", hasLimit: true },
  { source: "it('waits', async () => {\n  await ended();\n});", hasLimit: false },
  { source: 'call({\n  limitMs: 60_000,\n});', hasLimit: false },
])('a test has a limit of its own in the text $source: $hasLimit', ({ source, hasLimit }) => {
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
