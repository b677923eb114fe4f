import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { makeFolder, whenDone } from '../history/stores';

export interface StartOptions {
  readonly variables?: Readonly<Record<string, string>>;
  /** A file descriptor instead of the pipe. */
  readonly stdout?: number;
  readonly stderr?: number;
  /** Shell commands that run before the command, in the same process. */
  readonly before?: string;
}

export interface Started {
  readonly child: ChildProcess;
  /** The text on stderr so far. */
  readonly stderr: () => string;
  /** Resolves when stderr contains this text. */
  readonly says: (text: string) => Promise<void>;
  /** The exit code; `null` if a signal ended the process. */
  readonly ended: Promise<number | null>;
}

/** Starts the command as an operator types it, in a separate process. `closeStores` ends the process. */
export function startAudit(words: readonly string[], options: StartOptions = {}): Started {
  const { variables, stdout = 'pipe', stderr = 'pipe', before = ':' } = options;
  const command = [process.execPath, path.join('bin', 'launch.mjs'), 'audit', ...words];
  const child = spawn('sh', ['-c', `${before}; exec "$@"`, 'sh', ...command], {
    cwd: path.join(__dirname, '..', '..'),
    env: { PATH: process.env.PATH, XDG_STATE_HOME: makeFolder(), ...variables },
    stdio: ['ignore', stdout, stderr],
  });
  whenDone(() => {
    child.kill('SIGKILL');
    // A stream without a reader would keep the process of the test alive.
    child.stdout?.destroy();
  });
  let said = '';
  child.stderr?.on('data', (chunk) => {
    said += chunk;
  });
  const ended = Promise.all([once(child, 'exit'), child.stderr && once(child.stderr, 'close')]).then(
    ([[code]]) => code,
  );
  return {
    child,
    stderr: () => said,
    says: (text) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          if (said.includes(text)) resolve();
        };
        child.stderr?.on('data', look);
        look();
        ended.then(() => reject(new Error(`ended without printing '${text}', but printed '${said}'`)), reject);
      }),
    ended,
  };
}

/** The file in which the command kept its result, by its message. The file is removed at the end of the test. */
export function keptFile({ stderr }: Started, reason: string): string {
  const [, file] = /^The result .* The result is in (\S+\/audit-\w{6}\/output\.txt)\.$/m.exec(stderr()) ?? [];
  if (file === undefined) throw new Error(`stderr names no file, but contains '${stderr()}'`);
  whenDone(() => rmSync(path.dirname(file), { recursive: true }));
  expect(stderr()).toContain(`The result could not be written to stdout (${reason}). The result is in ${file}.\n`);
  return file;
}
