import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { writeHtml } from '../../../lambda/report/html/page';
import { SCRIPT, SCRIPT_HASH } from '../../../lambda/report/html/script';
import { STYLE, STYLE_HASH } from '../../../lambda/report/html/style';
import { FIRST_RUN, FIVE_RUNS, INCOMPLETE } from '../five-runs';
import { all, countRows, firstRows, one, outline, readPage, textOf } from './page';

/** Structures to look at. After a wanted change: UPDATE_GOLDEN=1 npx jest test/report/html/html.test, and read the difference. */
test.each(FIVE_RUNS)('the page of the run "%s" is built as it was last looked at', (name, report) => {
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

  it('tells every finding what to do, and points to words that are there', () => {
    for (const [, report] of FIVE_RUNS.slice(0, 4)) {
      const { document } = readPage(writeHtml(report));
      const links = all(document, '#findings a').map((link) => link.getAttribute('href') ?? '');
      expect(links.length).toBeGreaterThan(0);
      for (const link of new Set(links)) expect(textOf(one(document, link))).toContain('Where');
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
