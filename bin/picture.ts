import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { startChromium } from '../demo/chromium';
import { openDemo } from '../demo/nights';
import { fingerprintOf, PICTURED, writePicturedPage } from '../demo/picture';

const FOLDER = path.join(__dirname, '../docs/picture');
/** The width of the picture in CSS pixels. The picture shows the top of the page down to the trend, uncut. */
const WIDTH = 1200;
const LAST_PART = '.pair';
const MARGIN = 24;
/** Device pixels per CSS pixel: sharp on a dense screen, and the files stay below 300 KB. */
const SCALE = 1.5;

/** Draws the report of the demo for the README, light and dark. Keeps the hash of the page, so that a test detects an outdated picture. */
async function main(): Promise<void> {
  const page = await playPage();
  mkdirSync(FOLDER, { recursive: true });
  const browser = await startChromium(process.env.CHROMIUM_PATH);
  try {
    for (const scheme of ['light', 'dark'] as const) {
      const tab = await browser.newPage();
      await tab.setViewport({ width: WIDTH, height: 900, deviceScaleFactor: SCALE });
      await tab.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
      await tab.setContent(page);
      const bottom = await tab.$eval(LAST_PART, (part) => part.getBoundingClientRect().bottom);
      const clip = { x: 0, y: 0, width: WIDTH, height: Math.ceil(bottom) + MARGIN };
      await tab.screenshot({ path: path.join(FOLDER, `report-${scheme}.png`), clip });
    }
  } finally {
    await browser.close();
  }
  writeFileSync(path.join(FOLDER, 'page.sha256'), `${fingerprintOf(page)}\n`);
}

async function playPage(): Promise<string> {
  const demo = await openDemo(PICTURED);
  try {
    Object.assign(process.env, demo.forSdk);
    return writePicturedPage(await demo.play());
  } finally {
    await demo.close();
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
