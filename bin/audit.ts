#!/usr/bin/env tsx
import { writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArguments, USAGE, UsageError } from '../cli/arguments';
import { auditCommand, type ExitCode } from '../cli/audit-command';
import { checkCommand } from '../cli/check-command';
import { resolveTarget, TargetError } from '../cli/target';
import type { Terminal } from '../cli/terminal';
import { environments } from '../environments';

const terminal: Terminal = {
  variables: process.env,
  print: (text) => process.stdout.write(`${text}\n`),
  progress: process.stderr.isTTY ? (text) => process.stderr.write(`\r\u001b[K${text}`) : undefined,
  columns: process.stdout.columns ?? 80,
  writeFile: (file, text) => writeFileSync(file, text, { mode: 0o600 }),
  now: Date.now,
  sleep: (milliseconds) => sleep(milliseconds),
};

async function main(words: readonly string[]): Promise<ExitCode> {
  const command = parseArguments(words);
  if (command.name === 'help') {
    terminal.print(USAGE);
    return 0;
  }
  if (command.name === 'check') return checkCommand(command, environments, terminal);
  return auditCommand(resolveTarget(command, environments, process.env), command, terminal);
}

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    const expected = error instanceof UsageError || error instanceof TargetError;
    process.stderr.write(`${expected ? error.message : `An error of the auditor itself: ${String(error)}`}\n`);
    process.exitCode = 2;
  },
);
