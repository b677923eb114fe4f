import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { makeFolder, whenDone } from '../history/stores';

export interface StartOptions {
  readonly variables?: Readonly<Record<string, string>>;
  /** A file descriptor in place of the pipe, which a test reads or not. */
  readonly stdout?: number;
  readonly stderr?: number;
  /** Shell commands that run first, in the same process. */
  readonly before?: string;
}

export interface Started {
  readonly child: ChildProcess;
  /** What was said on stderr so far. */
  readonly stderr: () => string;
  /** Resolves when stderr has said this. */
  readonly says: (text: string) => Promise<void>;
  /** The exit code; `null` where a signal ended it. */
  readonly ended: Promise<number | null>;
}

/** The command as a person types it, in a process of its own. Ended by `closeStores`. */
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
    // One that nobody read would keep the test's process alive.
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
        ended.then(() => reject(new Error(`ended without saying '${text}', but '${said}'`)), reject);
      }),
    ended,
  };
}

/** The file in which the command says it kept its result. It is removed when the test is done. */
export function keptFile({ stderr }: Started, reason: string): string {
  const [, file] = /^The result .* It is in (\S+\/audit-\w{6}\/output\.txt)\.$/m.exec(stderr()) ?? [];
  if (file === undefined) throw new Error(`stderr names no file, but says '${stderr()}'`);
  whenDone(() => rmSync(path.dirname(file), { recursive: true }));
  expect(stderr()).toContain(`The result could not be written to stdout (${reason}). It is in ${file}.\n`);
  return file;
}
