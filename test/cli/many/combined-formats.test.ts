import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { COMBINED_FORMATS } from '../../../cli/formats/format-names';
import { writeCombined } from '../../../cli/many/combined-formats';
import { commandPlaceOf } from '../../../lambda/report/commands/place';
import { STYLE_HASH } from '../../../lambda/report/html/style';
import { columnsOf } from '../../../lambda/report/text/columns';
import { hostileReport, hostileText, unseenIn } from '../../report/hostile-reports';
import { all, axeProblems, one, openPage, outline, readPage, textOf } from '../../report/html/page';
import { CALM, CROWDED, resultOf, TENANTS, tenantsOf } from './tenants-samples';

const outlineOf = (html: string): string => `${outline(readPage(html).document.body).join('\n')}\n`;

/** Texts for review. After an intended change, run UPDATE_GOLDEN=1 npx jest test/cli/many/combined and read the difference. */
test.each<[file: string, text: string]>([
  ['tenants.table.txt', writeCombined('table', TENANTS, 80)],
  ['tenants-120.table.txt', writeCombined('table', TENANTS, 120)],
  ['tenants-calm.table.txt', writeCombined('table', CALM, 80)],
  [
    'tenants.json.txt',
    writeCombined('json', tenantsOf(TENANTS.results.slice(0, 2).concat(TENANTS.results.slice(6))), 80),
  ],
  ['tenants.html.txt', outlineOf(writeCombined('html', TENANTS, 80))],
  ['tenants-crowded.html.txt', outlineOf(writeCombined('html', CROWDED, 80))],
])('the golden file %s contains the current text', (file, text) => {
  const golden = path.join(__dirname, 'golden', file);
  if (process.env.UPDATE_GOLDEN === '1') writeFileSync(golden, text);
  expect(text).toBe(readFileSync(golden, 'utf8'));
});

it.each([80, 120])('the table of several environments fits %i columns', (width) => {
  for (const report of [TENANTS, CALM, CROWDED]) {
    const lines = writeCombined('table', report, width).split('\n');
    // A command has at least one option per line.
    const widest = Math.max(...lines.filter((line) => !line.startsWith('  npm run')).map(columnsOf));
    expect(widest).toBeLessThanOrEqual(width);
  }
});

describe('the page', () => {
  const page = writeCombined('html', TENANTS, 80);

  it('the page of several environments allows only its own style', () => {
    const policy = one(readPage(page).document, 'meta[http-equiv="Content-Security-Policy"]').getAttribute('content');
    expect(policy).toBe(`default-src 'none'; style-src '${STYLE_HASH}'; base-uri 'none'; form-action 'none'`);
    expect(all(readPage(page).document, 'script')).toEqual([]);
  });

  it('the page of several environments links each environment of the table to its section', () => {
    const { document } = readPage(page);
    const links = all(document, 'tbody th a[href^="#"]');
    expect(links).toHaveLength(TENANTS.results.length);
    for (const link of links) {
      expect(textOf(one(document, `${link.getAttribute('href')} h2`)).split(' · ')[0]).toBe(textOf(link));
    }
  });

  it('the page of several environments breaks no accessibility rule', async () => {
    expect(await axeProblems(await openPage(page))).toEqual([]);
  });

  it.each([
    { claim: 'if all environments are ok', report: CALM, colour: 'calm' },
    { claim: 'if one environment is not reached', report: TENANTS, colour: 'alarming' },
  ])('the page of several environments is $colour $claim', ({ report, colour }) => {
    const { document } = readPage(writeCombined('html', report, 80));
    expect(one(document, 'header').getAttribute('class')).toBe(colour);
  });
});

const TAGS = new Set(
  'HTML HEAD META TITLE STYLE BODY A HEADER P B H1 H2 MAIN SECTION DIV SPAN SMALL BDI CODE I DL DT DD TABLE CAPTION THEAD TBODY TR TH TD FOOTER'.split(
    ' ',
  ),
);

it('hostile texts stay plain text in every format for several environments', () => {
  const result = fc
    .record({ report: hostileReport, environment: hostileText, reason: hostileText, tenant: fc.option(hostileText) })
    .chain(({ report, environment, reason, tenant }) =>
      fc.constantFrom(
        { ...resultOf(report), environment },
        { ...resultOf(report), environment, tenant, reason, report: null, commands: commandPlaceOf({ environment }) },
      ),
    );
  fc.assert(
    fc.property(fc.array(result, { minLength: 1, maxLength: 3 }), (results) => {
      const report = tenantsOf(results);
      for (const format of COMBINED_FORMATS) expect(unseenIn(writeCombined(format, report, 80))).toEqual([]);
      const { document } = readPage(writeCombined('html', report, 80));
      expect(all(document, '*').filter(({ tagName }) => !TAGS.has(tagName))).toEqual([]);
      expect(all(document, 'a').map((link) => link.getAttribute('href'))).toEqual(
        expect.arrayContaining([expect.stringMatching(/^#(main|environment-\d+)$/)]),
      );
      const parsed: unknown = JSON.parse(writeCombined('json', report, 80));
      expect(parsed).toMatchObject({ tenants: results.map(({ environment }) => ({ environment })) });
    }),
    { numRuns: 50 },
  );
});
