import { JSDOM } from 'jsdom';
import { LISTING_FAULT_NAMES } from '../../../bench/peers/listing-faults';
import { escapeXml } from '../../../bench/peers/marks';
import { type Ending, endingOf, FAULTY_TENANT, type Timed, wronglyComplete } from '../../../bench/peers/measure';
import type { Measured } from '../../../bench/peers/measured';
import { drawPicture } from '../../../bench/peers/picture';
import { writeFaultTable, writeTable } from '../../../bench/peers/table';
import { tenantOf } from '../../../bench/peers/tenants';
import { createTenant } from '../../../sandbox/auth0/tenant';

const timed: Timed = {
  subject: 'sdk-ten',
  limit: 'nonProduction',
  connections: 1_000,
  seconds: 12.34,
  overBound: 1.5,
  overMinimum: 1.25,
  refused: 7,
  megabytes: 90.4,
  cpuSeconds: 0.44,
  damage: { drifted: 57, fixed: 50, inOptions: 1, besideOptions: 49, destroyedKeys: 3 },
  note: '',
};
const allOf = (ending: Ending) => new Map(LISTING_FAULT_NAMES.map((name) => [name, ending]));
const measured: Measured = {
  timed: [timed, { ...timed, subject: 'auditor-remediate', refused: 0 }],
  struck: {
    'sdk-default': allOf('complete'),
    'sdk-100': allOf('wrongly complete'),
    'deploy-cli': allOf('endless'),
    auditor: allOf('says so'),
  },
  struckAtFirst: new Map([...allOf('says so'), ['next is lost', 'wrongly complete']]),
  made: [],
};

test('the table has a row for each run, in the order of the subjects', () => {
  const [, , first, second] = writeTable(measured).split('\n');
  expect(first).toBe(
    '| non-production | 1,000 | SDK, merged, ten at a time | 12.3 | 1.50 | 1.25 | 7 | 90 | 0.4 | 50 of 57 | 1 | 49 | 3 | 11 of 11 |',
  );
  expect(second).toContain('| **Auditor, remediate** |');
  expect(second).toContain('| 0 of 11 (first run: 1) |');
});

test('the table of faults distinguishes the first run of the auditor from later runs', () => {
  const row = writeFaultTable(measured)
    .split('\n')
    .find((line) => line.includes('as if it were the last'));
  expect(row?.split(' | ').slice(1)).toEqual([
    'complete',
    '**called complete**',
    'not ended',
    '**called complete**',
    'incomplete |',
  ]);
});

test('the picture is XML with a description, for light and dark schemes', () => {
  const picture = drawPicture(measured);
  const { document } = new JSDOM(picture, { contentType: 'image/svg+xml' }).window;
  const [title] = document.querySelectorAll('title');
  expect(title?.textContent).toBe('The auditor compared with alternatives');
  expect(picture).toContain(
    'SDK, merged, ten at a time: 1.50 times the bound, 7 answers 429, 50 of 57 fixed, 50 damaged',
  );
  expect(picture).toContain('prefers-color-scheme: dark');
});

test('characters that would end a text or an attribute are escaped', () => {
  expect(escapeXml('a < b & "c" > d')).toBe('a &lt; b &amp; &quot;c&quot; &gt; d');
});

describe('the result of a listing', () => {
  const before = createTenant({ seed: tenantOf(FAULTY_TENANT) }).connections;
  const databases = [...before.values()].filter(({ strategy }) => strategy === 'auth0').length;
  const result = {
    isComplete: true,
    listed: FAULTY_TENANT,
    withoutOptions: 0,
    note: '',
    milliseconds: 1,
    cpuMilliseconds: 1,
    residentBytes: 1,
  };

  test.each([
    ['a listing of all connections', {}, 'sdk-100', 'complete'],
    ['a missing connection', { listed: FAULTY_TENANT - 1 }, 'sdk-100', 'wrongly complete'],
    ['a connection without options', { withoutOptions: 1 }, 'sdk-100', 'wrongly complete'],
    ['a report that is marked as incomplete', { isComplete: false, listed: 0 }, 'sdk-100', 'says so'],
    ['a run that was ended', { isComplete: false, milliseconds: 90_000 }, 'sdk-100', 'endless'],
    [
      'databases that the Deploy CLI was not asked for',
      { listed: FAULTY_TENANT - databases },
      'deploy-cli',
      'complete',
    ],
  ] as const)('the result of a listing is correct for %s', (_, changes, subject, ending) => {
    const run = { result: { ...result, ...changes }, requests: 1, refused: 0, before, after: before };
    expect(endingOf(run, subject)).toBe(ending);
  });

  test('only listings that are wrongly reported as complete count', () => {
    expect(wronglyComplete(measured.struckAtFirst)).toBe(1);
  });
});
