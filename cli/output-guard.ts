import { mkdtempSync, writeFileSync } from 'node:fs';
import { Socket } from 'node:net';
import os from 'node:os';
import path from 'node:path';

type Stream = NodeJS.WritableStream & { readonly fd: number };

export interface GuardedOutput {
  readonly print: (text: string) => void;
  readonly note: (text: string) => void;
  /** Waits until stdout accepted or refused each text. False: it refused one, and a file has the whole result instead. */
  readonly finish: () => Promise<boolean>;
  /** For a process that is about to end: keeps the result in a file if stdout has not accepted all of it. */
  readonly keepUntaken: () => void;
}

/** Prints to streams that can break at any time: the reader of a pipe ends, a disk is full. The result is kept. */
export function guardOutput({ stdout, stderr }: { readonly stdout: Stream; readonly stderr: Stream }): GuardedOutput {
  const printed: string[] = [];
  const writes: Promise<void>[] = [];
  let taken = 0;
  let failure: string | undefined;

  // An 'error' event without a listener ends the process with a stack trace. The error of stdout also reaches `done`.
  stdout.on('error', () => undefined);
  stderr.on('error', () => undefined);

  function print(text: string): void {
    const line = `${text}\n`;
    printed.push(line);
    writes.push(
      new Promise((resolve) => {
        writeWhole(stdout, line, (error) => {
          if (error) failure ??= codeOf(error);
          else taken += 1;
          resolve();
        });
      }),
    );
  }

  function note(text: string): void {
    stderr.write(`${text}\n`);
  }

  function keep(reason: string): void {
    const refused = `The result could not be written to stdout (${reason}).`;
    try {
      const file = path.join(mkdtempSync(path.join(os.tmpdir(), 'audit-')), 'output.txt');
      writeFileSync(file, printed.join(''), { mode: 0o600 });
      note(`${refused} The result is in ${file}.`);
    } catch (error) {
      note(`${refused} It could not be saved to a file in ${os.tmpdir()} either (${codeOf(error)}).`);
    }
  }

  return {
    print,
    note,
    async finish() {
      await Promise.all(writes);
      if (failure !== undefined) keep(failure);
      return failure === undefined;
    },
    keepUntaken() {
      if (taken < printed.length) keep(failure ?? 'interrupted');
    },
  };
}

/** Node's stream for a file reports a write that a full disk cut short as complete. */
function writeWhole(stream: Stream, text: string, done: (error?: unknown) => void): void {
  // Terminals and pipes are sockets; a file is not (https://nodejs.org/api/process.html#processstdout).
  if (stream instanceof Socket) {
    stream.write(text, done);
    return;
  }
  try {
    writeFileSync(stream.fd, text);
  } catch (error) {
    done(error);
    return;
  }
  done();
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return 'code' in error ? String(error.code) : error.message;
}
