import { existsSync } from 'node:fs';
import { type Browser, launch } from 'puppeteer-core';

/** Starts the installed Chromium at the given path, by default the path of Debian. Downloads nothing. */
export async function startChromium(executablePath = '/usr/bin/chromium'): Promise<Browser> {
  if (!existsSync(executablePath)) {
    throw new Error(
      `${executablePath} does not exist. Install Chromium (Debian: apt-get install chromium) or set CHROMIUM_PATH.`,
    );
  }
  // Root, as in a container, cannot use the sandbox of Chromium. Only pages of this project are opened.
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return launch({ executablePath, args: [...args, '--font-render-hinting=none'] });
}
