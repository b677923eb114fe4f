import type { Browser, Page } from 'puppeteer-core';

export interface Visit {
  readonly page: Page;
  /** The requests of the page, without the page itself. */
  readonly requests: readonly string[];
  /** The messages in the browser console: errors and violations of the security policy. */
  readonly complaints: readonly string[];
}

export interface Look {
  readonly width: number;
  readonly scheme: 'light' | 'dark';
}

/** Opens a file in the same way as a person who has downloaded it. */
export async function visit(browser: Browser, file: string, { width, scheme }: Look): Promise<Visit> {
  const page = await browser.newPage();
  const requests: string[] = [];
  const complaints: string[] = [];
  const address = `file://${file}`;
  page.on('request', (request) => {
    if (request.url() !== address) requests.push(request.url());
  });
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.setViewport({ width, height: 900 });
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
  await page.goto(address);
  return { page, requests, complaints };
}
