import { existsSync } from 'node:fs';
import { type Browser, launch } from 'puppeteer-core';

/** Starts the installed Chromium, at the path that is given or where Debian has it: none is downloaded. */
export async function startChromium(executablePath = '/usr/bin/chromium'): Promise<Browser> {
  if (!existsSync(executablePath)) {
    throw new Error(
      `${executablePath} does not exist: install Chromium (Debian: apt-get install chromium) or set CHROMIUM_PATH.`,
    );
  }
  // Root, as in a container, may not use the sandbox. The pages are our own files, and nothing else is opened.
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return launch({ executablePath, args: [...args, '--font-render-hinting=none'] });
}
