import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import axe from 'axe-core';
import type { Browser, Page } from 'puppeteer-core';
import { startChromium } from '../../demo/chromium';
import { writeHtml } from '../../lambda/report/html/page';
import { FIRST_RUN, FIVE_RUNS, HUGE } from '../report/five-runs';
import { violationsIn } from '../report/html/axe-answer';
import { type Look, visit } from './chromium';

const LOOKS: readonly Look[] = [
  { width: 1280, scheme: 'light' },
  { width: 1280, scheme: 'dark' },
  { width: 800, scheme: 'light' },
  { width: 390, scheme: 'light' },
  { width: 390, scheme: 'dark' },
];

/** The folder that keeps the pages and screenshots. Without it they are deleted after the test. */
const kept = process.env.SCREENSHOTS;
const folder = kept ?? mkdtempSync(path.join(tmpdir(), 'html-report-'));
const fileOf = (name: string): string => path.resolve(folder, `${name}.html`);

let browser: Browser;

beforeAll(async () => {
  mkdirSync(folder, { recursive: true });
  for (const [name, report] of FIVE_RUNS) writeFileSync(fileOf(name), writeHtml(report));
  browser = await startChromium(process.env.CHROMIUM_PATH);
});

afterAll(async () => {
  await browser?.close();
  if (kept === undefined) rmSync(folder, { recursive: true });
});

/** The names of the connections in the table, and the text with their number. */
async function table(page: Page): Promise<{ names: string[]; told: string }> {
  return {
    names: await page.$$eval('#findings tbody th > bdi', (names) => names.map(({ textContent }) => textContent ?? '')),
    told: await page.$eval('#filters output', ({ textContent }) => textContent ?? ''),
  };
}

/** Milliseconds from an action to the frame that shows its result. */
async function timed(page: Page, act: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await act();
  await page.evaluate('new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))');
  return performance.now() - start;
}

describe.each(FIVE_RUNS.map(([name]) => name))('page of the run "%s"', (name) => {
  it.each(LOOKS)('the page fits $width pixels in the $scheme scheme, loads nothing and is accessible', async (look) => {
    const { page, requests, complaints } = await visit(browser, fileOf(name), look);
    const screenshot = await page.screenshot({ fullPage: name !== '10000-findings' });
    writeFileSync(path.join(folder, `${name}-${look.width}-${look.scheme}.png`), screenshot);
    expect(screenshot.byteLength).toBeGreaterThan(20_000);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(look.width);
    expect({ requests, complaints }).toEqual({ requests: [], complaints: [] });

    await page.evaluate(axe.source);
    const found = await page.evaluate("axe.run({ resultTypes: ['violations'] })");
    expect(violationsIn(found)).toEqual([]);
    await page.close();
  });
});

describe('script under the security policy of the file', () => {
  it('the script filters and sorts the table', async () => {
    const { page, complaints } = await visit(browser, fileOf('first-run'), { width: 1280, scheme: 'light' });
    expect((await table(page)).names).toHaveLength(FIRST_RUN.findings.length);
    await page.type('#filters [name="text"]', 'contoso');
    expect(await table(page)).toEqual({ names: ['contoso-entra', 'okta-emea'], told: '2 of 10 findings' });
    await page.click('#filters [type="reset"]');
    await page.select('#filters [name="severity"]', '2');
    await page.click('#findings thead th:nth-child(2) button');
    expect((await table(page)).names.slice(0, 2)).toEqual(['adatum-oidc', 'facebook']);
    await page.click('#findings thead th:nth-child(2) button');
    expect((await table(page)).names.slice(0, 2)).toEqual(['woodgrove-oidc', 'northwind-adfs']);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('the security policy blocks added scripts and images', async () => {
    const { page, complaints } = await visit(browser, fileOf('first-run'), { width: 1280, scheme: 'light' });
    await page.evaluate(`{
      const script = document.createElement('script');
      script.textContent = 'document.title = "taken over"';
      document.body.append(script);
      const image = document.createElement('img');
      image.src = 'https://example.com/a.png';
      document.body.append(image);
    }`);
    expect(await page.title()).toMatch(/^prod: /);
    expect(complaints.filter((complaint) => complaint.includes('Content Security Policy'))).toHaveLength(2);
    await page.close();
  });

  it('the script filters and sorts the first 2,000 of 10,000 findings', async () => {
    const start = performance.now();
    const { page } = await visit(browser, fileOf('10000-findings'), { width: 1280, scheme: 'light' });
    const times = {
      open: performance.now() - start,
      filter: await timed(page, () => page.select('#filters [name="strategy"]', 'okta')),
      sort: await timed(page, () => page.click('#findings thead th:nth-child(2) button')),
      search: await timed(page, () => page.type('#filters [name="text"]', '07')),
    };
    if (kept !== undefined) writeFileSync(path.join(folder, 'times.json'), `${JSON.stringify(times, null, 2)}\n`);
    const expected = HUGE.findings
      .slice(0, 2_000)
      .filter(({ connection }) => connection.strategy === 'okta' && connection.name.includes('07'));
    expect((await table(page)).told).toBe(`${expected.length} of 2,000 shown findings`);
    await page.close();
  });
});

it('the page prints in light colors and without filters', async () => {
  const { page } = await visit(browser, fileOf('repaired-and-refused'), { width: 1280, scheme: 'dark' });
  const pdf = await page.pdf({ format: 'A4', path: path.join(folder, 'repaired-and-refused.pdf') });
  expect(pdf.byteLength).toBeGreaterThan(20_000);
  await page.emulateMediaType('print');
  expect(await page.evaluate('getComputedStyle(document.body).color')).toBe('rgb(26, 35, 48)');
  expect(await page.$eval('#filters', (form) => form.checkVisibility())).toBe(false);
  await page.close();
});
