#!/usr/bin/env tsx
import { chmodSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArguments, type Target, UsageError } from '../cli/arguments';
import { auditCommand } from '../cli/commands/audit';
import { baselineCommand } from '../cli/commands/baseline';
import { checkCommand } from '../cli/commands/check';
import { explainCommand } from '../cli/commands/explain';
import { lintCommand } from '../cli/commands/lint';
import { undoCommand } from '../cli/commands/undo';
import type { ExitCode } from '../cli/exit-code';
import { type ResolvedTarget, resolveTarget, TargetError } from '../cli/target';
import type { Terminal } from '../cli/terminal';
import { USAGE } from '../cli/usage';
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

async function main(words: readonly string[]): Promise<ExitCode> {
  const command = parseArguments(words);
  switch (command.name) {
    case 'help':
      terminal.print(USAGE);
      return 0;
    case 'check':
      return checkCommand(command.target, environments, terminal);
    case 'audit':
      return auditCommand(resolve(command.target), command.audit, terminal);
    case 'undo':
      return undoCommand(resolve(command.target), command.undo, terminal);
    case 'explain':
      return explainCommand(resolve(command.target), command.explain, terminal);
    case 'lint':
      return lintCommand(command, environments, terminal);
    case 'baseline':
      return baselineCommand(resolve(command.target), command.output, terminal);
  }
}

function resolve(target: Target): ResolvedTarget {
  return resolveTarget(target, environments, process.env);
}

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
