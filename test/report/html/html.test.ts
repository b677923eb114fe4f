import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ending } from '../../../lambda/judge/outcome';
import type { Report } from '../../../lambda/judge/report';
import { writeHtml } from '../../../lambda/report/html/page';
import { SCRIPT, SCRIPT_HASH } from '../../../lambda/report/html/script';
import { STYLE, STYLE_HASH } from '../../../lambda/report/html/style';
import { NEGLECTED } from '../auditor-samples';
import { CHANGED_BY_PEOPLE, CUT_RUN, UNDONE_RUN } from '../earlier-samples';
import { FIRST_RUN, FIVE_RUNS, INCOMPLETE } from '../five-runs';
import { DRIFTED, findingOf, reportOf } from '../report-samples';
import { all, countRows, firstRows, one, outline, readPage, textOf } from './page';

/** Outlines of pages. After an intended change, run UPDATE_GOLDEN=1 npx jest test/report/html/html.test, and read the diff. */
const PAGES = [
  ...FIVE_RUNS,
  ['cut-run', CUT_RUN],
  ['undone-run', UNDONE_RUN],
  ['changed-by-people', CHANGED_BY_PEOPLE],
  ['neglected', NEGLECTED],
] as const;

test.each(PAGES)('the page of the run "%s" matches its golden file', (name, report) => {
  const golden = path.join(__dirname, '..', 'golden', `html-${name}.txt`);
  const page = writeHtml(report);
  const lines = [...outline(readPage(firstRows(page, 12)).document.body), `rows: ${countRows(page)}`];
  const text = `${lines.join('\n')}\n`;
  if (process.env.UPDATE_GOLDEN === '1') writeFileSync(golden, text);
  expect(text).toBe(readFileSync(golden, 'utf8'));
});

describe('page', () => {
  it('the page of an incomplete run shows first that the run is incomplete', () => {
    const { document } = readPage(writeHtml(INCOMPLETE));
    expect(all(document, 'main h2').map(textOf)[0]).toBe('This run did not read everything');
    expect(textOf(one(document, 'h1'))).toMatch(/^INCOMPLETE/);
  });

  it.each([
    ['unreported writes of earlier runs', CUT_RUN, /^Written by earlier runs, not reported until now: 5$/],
    ['changes by people', UNDONE_RUN, /^Changed by operators: 1$/],
  ])('the page shows %s in a separate section before the results of the run', (_claim, report, heading) => {
    const { document } = readPage(writeHtml({ ...report, complete: false }));
    expect(textOf(one(document, 'main section h2'))).toMatch(heading);
    const rows = all(document, '.change tbody tr');
    expect(rows).toHaveLength(report.earlierChanges.flatMap(({ change }) => change.connections).length);
    for (const row of rows) expect(all(row, 'th[scope="row"], td')).toHaveLength(4);
  });

  it('every advice link of the table points to an advice on the page', () => {
    for (const [, report] of FIVE_RUNS.slice(0, 4)) {
      const { document } = readPage(writeHtml(report));
      const links = all(document, '#findings a[href^="#"]').map((link) => link.getAttribute('href') ?? '');
      expect(links.length).toBeGreaterThan(0);
      for (const link of new Set(links)) expect(textOf(one(document, link))).toContain('Where');
    }
  });

  it('the page links ids and strategies to the Dashboard, and explains the links', () => {
    const hrefs = (report: Report, selector: string) =>
      all(readPage(writeHtml(report)).document, selector).map((link) => [textOf(link), link.getAttribute('href')]);
    const base = 'https://manage.auth0.com/dashboard/eu/example/connections';
    expect(hrefs(DRIFTED, '#findings .id a')).toContainEqual([
      'con_p0OiUyTrEwQaSdFg',
      `${base}/enterprise/okta/con_p0OiUyTrEwQaSdFg/provisioning`,
    ]);
    expect(hrefs(DRIFTED, '#findings td:nth-child(3) a')).toContainEqual(['samlp', `${base}/enterprise/samlp`]);
    expect(hrefs(DRIFTED, '.card .of a')).toContainEqual([
      'legacy-customers',
      `${base}/database/con_legacyDbAbCdEfGh/settings`,
    ]);
    expect(writeHtml(DRIFTED)).toContain('opens the connection in the Auth0 Dashboard');
    for (const canonicalHost of ['login.example.com', '127.0.0.1:4010']) {
      const elsewhere = writeHtml({ ...DRIFTED, canonicalHost });
      expect(elsewhere).not.toContain('manage.auth0.com');
      expect(elsewhere).not.toContain('class="muted links"');
    }
  });

  it('the tiles of the page count every listed connection one time', () => {
    for (const [, report] of FIVE_RUNS) {
      const tiles = all(readPage(firstRows(writeHtml(report), 0)).document, '.tiles dd').map((tile) =>
        Number(textOf(tile).replaceAll(',', '')),
      );
      expect(tiles.reduce((sum, tile) => sum + tile, 0)).toBe(report.coverage.listed);
    }
  });
});

describe('security policy of the page', () => {
  const hash = (text: string): string => `sha256-${createHash('sha256').update(text).digest('base64')}`;

  it('the security policy names the script and the style of the page by their hashes', () => {
    expect(SCRIPT_HASH).toBe(hash(SCRIPT));
    expect(STYLE_HASH).toBe(hash(STYLE));
    const { document } = readPage(writeHtml(FIRST_RUN));
    expect(all(document, 'script').map(({ textContent }) => hash(textContent))).toEqual([SCRIPT_HASH]);
    expect(/<style>([\s\S]*?)<\/style>/.exec(writeHtml(FIRST_RUN))?.[1]).toBe(STYLE);
  });

  it('the security policy of the page allows nothing except the script and the style', () => {
    const policy = one(readPage(writeHtml(FIRST_RUN)).document, 'meta[http-equiv="Content-Security-Policy"]');
    expect(policy.getAttribute('content')?.split('; ')).toEqual([
      "default-src 'none'",
      `script-src '${SCRIPT_HASH}'`,
      `style-src '${STYLE_HASH}'`,
      "base-uri 'none'",
      "form-action 'none'",
    ]);
  });

  it('the script and the style of the page contain no address and no unsafe call', () => {
    expect(`${SCRIPT}${STYLE}`).not.toMatch(/https?:|\/\/[a-z]|url\(|@import|fetch|XMLHttp|innerHTML|eval|import\(/i);
  });
});

test.each([
  { claim: 'refused connections', quarantines: ['refused', 'refused'], named: 'paused' },
  {
    claim: 'a refused connection and one that something changes back',
    quarantines: ['refused', 'set_back'],
    named: 'paused or quarantined',
  },
] as const)('the counts and the filter of the page name $claim "$named"', ({ quarantines, named }) => {
  const ended = quarantines.map((quarantine) => findingOf(ending('quarantined', { quarantine })));
  const findings = [...ended, findingOf(ending('failed'))];
  const page = writeHtml(reportOf({ mode: 'remediate', findings }), {});
  expect(page).toContain(`<option value="quarantined">${named}</option>`);
  expect(page.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')).toContain(`2 ${named}`);
});
