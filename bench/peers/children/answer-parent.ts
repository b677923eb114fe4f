import { setTimeout as sleep } from 'node:timers/promises';
import { peakMemory } from '../../peak-memory.mjs';
import type { SubjectId } from '../subjects';

/** The task of a child, as JSON in its first argument. */
export interface Task {
  readonly subject: SubjectId;
  /** Host and port of the tenant. */
  readonly domain: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Whether the auditor has run before on the same tenant. */
  readonly hasHistory: boolean;
  /** A folder for output. */
  readonly folder: string;
}

/** The result of a subject, as the subject reports it. */
export interface Seen {
  /** Whether the subject ended without an error and reports a complete listing. */
  readonly isComplete: boolean;
  /** The number of different connections. */
  readonly listed: number;
  /** The number of connections without any options. */
  readonly withoutOptions: number;
  /** The final message of the subject. */
  readonly note: string;
}

export interface Result extends Seen {
  /** The time from the first request to the end. */
  readonly milliseconds: number;
  /** User and system time of the whole process. */
  readonly cpuMilliseconds: number;
  /** The peak resident memory of the process. */
  readonly residentBytes: number;
}

/**
 * Runs one subject in this process. It sends `ready` after loading, waits for the start message and for the start of a second
 * (the time of a refill, so that no run gets an additional refill by chance), and sends a `Result`.
 */
export function answerParent(prepare: (task: Task) => Promise<() => Promise<Seen>>): void {
  const [, , text = ''] = process.argv;
  // The parent ends this process after it has the result, because an exit can overtake a message.
  process.once('disconnect', () => process.exit());
  answer(JSON.parse(text), prepare).catch((error: unknown) => {
    process.stderr.write(`${String(error)}\n`);
    process.exit(1);
  });
}

async function answer(task: Task, prepare: (task: Task) => Promise<() => Promise<Seen>>): Promise<void> {
  const run = await prepare(task);
  const told = new Promise((resolve) => process.once('message', resolve));
  await send('ready');
  await told;
  await sleep(1000 - (Date.now() % 1000));
  const started = performance.now();
  const seen = await run().catch(
    (error: unknown): Seen => ({ isComplete: false, listed: 0, withoutOptions: 0, note: firstLine(error) }),
  );
  const milliseconds = performance.now() - started;
  const { userCPUTime, systemCPUTime } = process.resourceUsage();
  await send({
    ...seen,
    milliseconds,
    cpuMilliseconds: (userCPUTime + systemCPUTime) / 1000,
    residentBytes: peakMemory(),
  } satisfies Result);
}

function send(message: Result | 'ready'): Promise<void> {
  return new Promise((resolve, reject) => {
    process.send?.(message, undefined, undefined, (error) => (error === null ? resolve() : reject(error)));
  });
}

function firstLine(error: unknown): string {
  return String(error).split('\n')[0]?.slice(0, 120) ?? '';
}
