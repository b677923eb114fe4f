import { execFile } from 'node:child_process';

export interface RunOptions {
  /** The whole environment. */
  readonly env: { readonly [name: string]: string };
  readonly cwd: string;
}

export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Gives a command a pipe for its output, like a shell. Node.js gives a socket, which cannot be opened as /dev/stdout. */
const WITH_A_PIPE = `
exec 4>&1
code=$( { { /bin/sh -c "$1" 3>&- 4>&-; echo $? >&3; } | /bin/cat >&4 3>&-; } 3>&1 )
exit "$code"`;

/** Runs a command as pasted into a terminal. Meanwhile, the process of the test continues to serve the emulated AWS. */
export function runCommand(command: string, options: RunOptions): Promise<Ran> {
  return new Promise((resolve) => {
    execFile('/bin/sh', ['-c', WITH_A_PIPE, 'sh', command], options, (error, stdout, stderr) => {
      const code = typeof error?.code === 'number' ? error.code : error === null ? 0 : -1;
      resolve({ code, stdout, stderr });
    });
  });
}
