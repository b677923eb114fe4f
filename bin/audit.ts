#!/usr/bin/env tsx
import { chmodSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describeActor } from '../cli/access/who';
import { ask, readInput } from '../cli/asking/ask';
import { confirm } from '../cli/asking/confirm';
import type { CommandContext } from '../cli/command';
import { runCommandLine } from '../cli/command-line';
import type { ExitCode } from '../cli/exit-code';
import { createInterrupts } from '../cli/interrupts';
import { guardOutput } from '../cli/output-guard';
import type { Terminal } from '../cli/terminal';
import { createSteadyClock } from '../lambda/steady-clock';
import { readEnvironmentFiles } from '../lib/environment/environment-file';

const { stdin, stdout, stderr } = process;
const output = guardOutput({ stdout, stderr });
const progress = stderr.isTTY ? (text: string) => void stderr.write(`\r\u001b[K${text}`) : undefined;

const interrupts = createInterrupts({
  note: noteAlone,
  end: (text) => {
    noteAlone(text);
    output.keepUntaken();
    process.exit(2);
  },
  now: () => performance.now(),
});
process.on('SIGINT', interrupts.receive);
process.on('SIGTERM', interrupts.receive);

const terminal: Terminal = {
  variables: process.env,
  print: output.print,
  note: output.note,
  progress,
  confirm:
    stdin.isTTY && stderr.isTTY
      ? (question) => confirm(question, { input: stdin, output: stderr, interrupts })
      : undefined,
  ask:
    stdin.isTTY && stderr.isTTY
      ? (question, options) => ask(question, options, { input: stdin, output: stderr })
      : undefined,
  readInput: () => readInput(stdin),
  watchInterrupts: interrupts.watch,
  whoAmI: (aws) => describeActor(aws),
  columns: stdout.columns || 80,
  writeFile: (file, text) => {
    writeFileSync(file, text, { mode: 0o600 });
    chmodSync(file, 0o600);
  },
  now: createSteadyClock({ now: Date.now, elapsed: () => performance.now() }),
  sleep: (milliseconds) => sleep(milliseconds),
};

// It speaks to whoever upgrades the SDK; its version is pinned here.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

const context: CommandContext = {
  launcher: 'repository',
  readEnvironments: async () => readEnvironmentFiles(path.join(__dirname, '../environments')),
  terminal,
};

runCommandLine(process.argv.slice(2), context).then(end, (error: unknown) => {
  output.note(`An error of the auditor itself: ${String(error)}`);
  return end(2);
});

async function end(code: ExitCode): Promise<void> {
  interrupts.unwatch();
  process.exitCode = (await output.finish()) ? code : 2;
}

/** Says it on a line of its own, in place of the progress told. */
function noteAlone(text: string): void {
  progress?.('');
  output.note(text);
}
