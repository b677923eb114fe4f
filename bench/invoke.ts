import { fork } from 'node:child_process';
import path from 'node:path';

/** One invocation of the function in a process of its own. */
export interface Invoked {
  readonly returned: unknown;
  /** User and system, of all threads. */
  readonly cpuSeconds: number;
  /** The most that the process had resident since it began, in megabytes. */
  readonly peakMb: number;
}

export interface Ended {
  readonly invoked: readonly Invoked[];
  /** `null` where a signal ended it. */
  readonly code: number | null;
  /** All that it wrote. */
  readonly printed: string;
}

/** Invokes the function so often in one process, one invocation after the other. `execArgv`: options of Node.js. */
export function invoke(
  { variables }: { readonly variables: NodeJS.ProcessEnv },
  { times, execArgv }: { readonly times: number; readonly execArgv: readonly string[] },
): Promise<Ended> {
  const child = fork(path.join(__dirname, 'invoke-handler.mjs'), [String(times)], {
    env: { ...variables },
    execArgv: [...execArgv],
    silent: true,
  });
  const invoked: Invoked[] = [];
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (chunk: string) => {
      printed += chunk;
    });
  }
  return new Promise((resolve, reject) => {
    child.on('message', (message: Invoked) => invoked.push(message));
    child.once('error', reject);
    // The last message may come after the end of the process, and never after that of the channel.
    const isDisconnected = new Promise((disconnected) => child.once('disconnect', disconnected));
    child.once('close', (code) => isDisconnected.then(() => resolve({ invoked, code, printed })));
  });
}

/** The limits of V8 in Lambda's runtime, as `/var/runtime/bootstrap` of the images public.ecr.aws/lambda/nodejs has them. */
export function heapOptions(memorySize: number): readonly string[] {
  const newSpace = Math.floor(memorySize / 10);
  return [`--max-semi-space-size=${Math.floor(newSpace / 2)}`, `--max-old-space-size=${memorySize - newSpace}`];
}
