import { mkdtempSync, writeFileSync } from 'node:fs';
import { Socket } from 'node:net';
import os from 'node:os';
import path from 'node:path';

type Stream = NodeJS.WritableStream & { readonly fd: number };

export interface GuardedOutput {
  readonly print: (text: string) => void;
  readonly note: (text: string) => void;
  /** Waits until stdout took or refused each text. False: it refused one, and the whole result is in a file instead. */
  readonly finish: () => Promise<boolean>;
  /** For a process that is about to end: keeps the result in a file where stdout has not taken all of it. */
  readonly keepUntaken: () => void;
}

/** Prints to streams that may break at any time: the reader of a pipe ends, a disk is full. The result is kept. */
export function guardOutput({ stdout, stderr }: { readonly stdout: Stream; readonly stderr: Stream }): GuardedOutput {
  const printed: string[] = [];
  const writes: Promise<void>[] = [];
  let taken = 0;
  let failure: string | undefined;

  // An 'error' event that nobody listens to ends the process with a stack trace. That of stdout comes to `done` too.
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
      note(`${refused} It is in ${file}.`);
    } catch (error) {
      note(`${refused} It could not be kept in a file of ${os.tmpdir()} either (${codeOf(error)}).`);
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

/** Node's stream for a file takes a write that a full disk cut short for a whole one. */
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
