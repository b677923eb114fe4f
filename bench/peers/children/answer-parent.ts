import { setTimeout as sleep } from 'node:timers/promises';
import { peakMemory } from '../../peak-memory.mjs';
import type { SubjectId } from '../subjects';

/** What a child is told, as JSON in its first argument. */
export interface Task {
  readonly subject: SubjectId;
  /** Host and port of the tenant. */
  readonly domain: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** The auditor has run before, on the same tenant. */
  readonly hasHistory: boolean;
  /** A folder to write to. */
  readonly folder: string;
}

/** What a subject has read, as it knows itself. */
export interface Seen {
  /** It ended without an error, and says itself that it saw everything. */
  readonly isComplete: boolean;
  /** Different connections. */
  readonly listed: number;
  /** Of these, without any options. */
  readonly withoutOptions: number;
  /** What it says of itself. */
  readonly note: string;
}

export interface Result extends Seen {
  /** From before the first request until it had ended. */
  readonly milliseconds: number;
  /** User and system, of the whole process. */
  readonly cpuMilliseconds: number;
  /** The most that the process ever had resident. */
  readonly residentBytes: number;
}

/**
 * Runs one subject in this process: says `ready` when all is loaded, waits for the word to go and for the top of a second
 * (the bucket is refilled then, so that a run cannot win a refill by chance), and sends a `Result`.
 */
export function answerParent(prepare: (task: Task) => Promise<() => Promise<Seen>>): void {
  const [, , text = ''] = process.argv;
  // The parent ends this process when it has the result: an exit may overtake a message.
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
