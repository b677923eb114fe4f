#!/usr/bin/env tsx
import { chmodSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { runCommandLine } from '../cli/command-line';
import type { Terminal } from '../cli/terminal';
import { environments } from '../environments';

const terminal: Terminal = {
  variables: process.env,
  print: (text) => process.stdout.write(`${text}\n`),
  note: (text) => process.stderr.write(`${text}\n`),
  progress: process.stderr.isTTY ? (text) => process.stderr.write(`\r\u001b[K${text}`) : undefined,
  confirm: process.stdin.isTTY && process.stderr.isTTY ? confirm : undefined,
  columns: process.stdout.columns ?? 80,
  writeFile: (file, text) => {
    writeFileSync(file, text, { mode: 0o600 });
    chmodSync(file, 0o600);
  },
  now: Date.now,
  sleep: (milliseconds) => sleep(milliseconds),
};

// It speaks to whoever upgrades the SDK; its version is pinned here.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

runCommandLine(process.argv.slice(2), { environments, terminal }).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(`An error of the auditor itself: ${String(error)}\n`);
    process.exitCode = 2;
  },
);

async function confirm(question: string): Promise<boolean> {
  const asking = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return (await asking.question(`${question} Type yes to go on: `)).trim() === 'yes';
  } catch (error) {
    // Ctrl-C and Ctrl-D are a no, and the report is still to be shown.
    if (error instanceof Error && error.name === 'AbortError') return false;
    throw error;
  } finally {
    asking.close();
  }
}
