import { setTimeout as sleep } from 'node:timers/promises';
import { createSteadyClock } from '../../lambda/steady-clock';
import { describeActor } from '../access/who';
import { ask, readInput } from '../asking/ask';
import { confirm } from '../asking/confirm';
import type { CommandContext } from '../command';
import { runCommandLine } from '../command-line';
import type { ExitCode } from '../exit-code';
import { createInterrupts } from '../interrupts';
import { guardOutput } from '../output-guard';
import { showsColours } from '../screen/colours';
import { createProgressLine } from '../screen/progress-line';
import { openProjectFolder } from '../setup/project-folder';
import type { Terminal } from '../terminal';
import { writeOwnFile } from './write-own-file';

/** The process of an entry point. No other code in `cli/` reads or ends the process. */
type Host = Pick<NodeJS.Process, 'argv' | 'env' | 'stdin' | 'stdout' | 'stderr' | 'on' | 'exit'> & {
  exitCode?: NodeJS.Process['exitCode'];
};

interface Program extends Omit<CommandContext, 'terminal'> {
  /** The folder of the project, in which `init` writes. */
  readonly root: string;
  /** Milliseconds since the epoch, from the clock of the machine. */
  readonly now: () => number;
}

/** Runs the arguments of a process as a command in the terminal of the process, and sets the exit code. */
export async function runProgram(
  host: Host,
  { launcher, readEnvironments, starter, root, now }: Program,
): Promise<void> {
  const { env, stdin, stdout, stderr } = host;
  const output = guardOutput({ stdout, stderr });
  const progress =
    stderr.isTTY && env.TERM !== 'dumb'
      ? createProgressLine({
          write: (text) => void stderr.write(text),
          columns: () => stderr.columns || 80,
          now: () => performance.now(),
          later: (milliseconds, work) => {
            const timer = setTimeout(work, milliseconds);
            return () => clearTimeout(timer);
          },
        })
      : undefined;
  /** Prints a note on a separate line, in place of the progress. */
  const noteAlone = (text: string): void => {
    progress?.erase();
    output.note(text);
  };

  const interrupts = createInterrupts({
    note: noteAlone,
    end: (text) => {
      noteAlone(text);
      output.keepUntaken();
      host.exit(2);
    },
    now: () => performance.now(),
  });
  host.on('SIGINT', interrupts.receive);
  host.on('SIGTERM', interrupts.receive);

  const terminal: Terminal = {
    variables: env,
    print: (text) => {
      progress?.erase();
      output.print(text);
    },
    note: noteAlone,
    progress: progress?.tell,
    waiting: progress?.wait,
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
    hasColours: showsColours(stdout, env),
    writeFile: writeOwnFile,
    project: openProjectFolder(root),
    now: createSteadyClock({ now, elapsed: () => performance.now() }),
    sleep: (milliseconds) => sleep(milliseconds),
  };

  // The warning is for developers who upgrade the SDK. The version of the SDK is pinned here.
  env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

  const code = await runCommandLine(host.argv.slice(2), { launcher, readEnvironments, starter, terminal }).catch(
    (error: unknown): ExitCode => {
      noteAlone(`Internal error of the auditor: ${String(error)}`);
      return 2;
    },
  );
  interrupts.unwatch();
  progress?.tell('');
  host.exitCode = (await output.finish()) ? code : 2;
}
