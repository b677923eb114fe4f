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

/** Structures to look at. After a wanted change: UPDATE_GOLDEN=1 npx jest test/report/html/html.test, and read the difference. */
const PAGES = [
  ...FIVE_RUNS,
  ['cut-run', CUT_RUN],
  ['undone-run', UNDONE_RUN],
  ['changed-by-people', CHANGED_BY_PEOPLE],
  ['neglected', NEGLECTED],
] as const;

test.each(PAGES)('the page of the run "%s" is built as it was last looked at', (name, report) => {
  const golden = path.join(__dirname, '..', 'golden', `html-${name}.txt`);
  const page = writeHtml(report);
  const lines = [...outline(readPage(firstRows(page, 12)).document.body), `rows: ${countRows(page)}`];
  const text = `${lines.join('\n')}\n`;
  if (process.env.UPDATE_GOLDEN === '1') writeFileSync(golden, text);
  expect(text).toBe(readFileSync(golden, 'utf8'));
});

describe('the page', () => {
  it('says what was not seen before what was', () => {
    const { document } = readPage(writeHtml(INCOMPLETE));
    expect(all(document, 'main h2').map(textOf)[0]).toBe('This run did not see everything');
    expect(textOf(one(document, 'h1'))).toMatch(/^INCOMPLETE/);
  });

  it.each([
    ['what nobody has reported', CUT_RUN, /^Written by earlier runs, not reported until now: 5$/],
    ['what people changed', UNDONE_RUN, /^Changed by people: 1$/],
  ])('says %s before anything of this run, in a section of its own', (_claim, report, heading) => {
    const { document } = readPage(writeHtml({ ...report, complete: false }));
    expect(textOf(one(document, 'main section h2'))).toMatch(heading);
    const rows = all(document, '.change tbody tr');
    expect(rows).toHaveLength(report.earlierChanges.flatMap(({ change }) => change.connections).length);
    for (const row of rows) expect(all(row, 'th[scope="row"], td')).toHaveLength(4);
  });

  it('tells every finding what to do, and points to words that are there', () => {
    for (const [, report] of FIVE_RUNS.slice(0, 4)) {
      const { document } = readPage(writeHtml(report));
      const links = all(document, '#findings a[href^="#"]').map((link) => link.getAttribute('href') ?? '');
      expect(links.length).toBeGreaterThan(0);
      for (const link of new Set(links)) expect(textOf(one(document, link))).toContain('Where');
    }
  });

  it('links an id to its connection in the Dashboard, a strategy to its list, and says so', () => {
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

  it('counts in its tiles what was listed, each connection once', () => {
    for (const [, report] of FIVE_RUNS) {
      const tiles = all(readPage(firstRows(writeHtml(report), 0)).document, '.tiles dd').map((tile) =>
        Number(textOf(tile).replaceAll(',', '')),
      );
      expect(tiles.reduce((sum, tile) => sum + tile, 0)).toBe(report.coverage.listed);
    }
  });
});

describe('the security policy', () => {
  const hash = (text: string): string => `sha256-${createHash('sha256').update(text).digest('base64')}`;

  it('names the one script and the one style by their hashes', () => {
    expect(SCRIPT_HASH).toBe(hash(SCRIPT));
    expect(STYLE_HASH).toBe(hash(STYLE));
    const { document } = readPage(writeHtml(FIRST_RUN));
    expect(all(document, 'script').map(({ textContent }) => hash(textContent))).toEqual([SCRIPT_HASH]);
    expect(/<style>([\s\S]*?)<\/style>/.exec(writeHtml(FIRST_RUN))?.[1]).toBe(STYLE);
  });

  it('allows nothing else', () => {
    const policy = one(readPage(writeHtml(FIRST_RUN)).document, 'meta[http-equiv="Content-Security-Policy"]');
    expect(policy.getAttribute('content')?.split('; ')).toEqual([
      "default-src 'none'",
      `script-src '${SCRIPT_HASH}'`,
      `style-src '${STYLE_HASH}'`,
      "base-uri 'none'",
      "form-action 'none'",
    ]);
  });

  it('has nothing to keep away: neither script nor style names an address', () => {
    expect(`${SCRIPT}${STYLE}`).not.toMatch(/https?:|\/\/[a-z]|url\(|@import|fetch|XMLHttp|innerHTML|eval|import\(/i);
  });
});

test.each([
  { claim: 'a connection that rests', quarantines: ['refused', 'refused'], named: 'resting' },
  {
    claim: 'one that rests beside one that is set back',
    quarantines: ['refused', 'set_back'],
    named: 'quarantined or resting',
  },
] as const)('the counts and the filter call $claim as its row does', ({ quarantines, named }) => {
  const ended = quarantines.map((quarantine) => findingOf(ending('quarantined', { quarantine })));
  const findings = [...ended, findingOf(ending('failed'))];
  const page = writeHtml(reportOf({ mode: 'remediate', findings }), {});
  expect(page).toContain(`<option value="quarantined">${named}</option>`);
  expect(page.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')).toContain(`2 ${named}`);
});
