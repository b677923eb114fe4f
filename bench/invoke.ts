import { fork } from 'node:child_process';
import path from 'node:path';

/** One invocation of the function in a separate process. */
export interface Invoked {
  readonly returned: unknown;
  /** User and system, of all threads. */
  readonly cpuSeconds: number;
  /** The peak resident memory of the process since its start, in megabytes. */
  readonly peakMb: number;
}

export interface Ended {
  readonly invoked: readonly Invoked[];
  /** `null` if a signal ended the process. */
  readonly code: number | null;
  /** The complete output of the process. */
  readonly printed: string;
}

/** Invokes the function a number of times in one process, one invocation after the other. `execArgv`: options of Node.js. */
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
    // The last message can arrive after the end of the process, but never after the end of the channel.
    const isDisconnected = new Promise((disconnected) => child.once('disconnect', disconnected));
    child.once('close', (code) => isDisconnected.then(() => resolve({ invoked, code, printed })));
  });
}

/** The V8 limits of the Lambda runtime, from `/var/runtime/bootstrap` of the images public.ecr.aws/lambda/nodejs. */
export function heapOptions(memorySize: number): readonly string[] {
  const newSpace = Math.floor(memorySize / 10);
  return [`--max-semi-space-size=${Math.floor(newSpace / 2)}`, `--max-old-space-size=${memorySize - newSpace}`];
}
