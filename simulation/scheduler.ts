import type { Random } from './random';

/** One running program. It can be killed at any step, and its clock can differ from the true time. */
export interface Process {
  readonly name: string;
  /** The milliseconds by which its clock is ahead of the true time. */
  skewMs: number;
  isDead: boolean;
  /** The steps until it is killed; `undefined`: it is not killed. */
  killIn: number | undefined;
}

interface Waiting {
  readonly at: number;
  readonly order: number;
  readonly process: Process | undefined;
  readonly go: () => void;
}

/** The true time, and all events that wait for it. Events happen one at a time, in an order that the seed decides. */
export interface Scheduler {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly trace: readonly string[];
  note(process: Process | undefined, text: string): void;
  start(name: string, skewMs: number, killIn: number | undefined, work: (process: Process) => Promise<void>): Process;
  kill(process: Process): void;
  /** Waits in true time. A killed process never continues. */
  sleep(process: Process | undefined, milliseconds: number): Promise<void>;
  /** Runs a function at the given true time. */
  at(time: number, run: () => void): void;
  /** Runs all waiting events. Throws the error of a process. */
  drain(): Promise<void>;
}

const MAX_STEPS = 200_000;

export function createScheduler(start: number, random: Random): Scheduler {
  let time = start;
  let order = 0;
  let waiting: Waiting[] = [];
  const trace: string[] = [];
  const failures: unknown[] = [];

  function note(process: Process | undefined, text: string): void {
    trace.push(`${new Date(time).toISOString()} ${(process?.name ?? 'world').padEnd(12)} ${text}`);
  }

  function kill(process: Process): void {
    if (process.isDead) return;
    process.isDead = true;
    waiting = waiting.filter((one) => one.process !== process);
    note(process, 'KILLED');
  }

  function wait(process: Process | undefined, at: number, go: () => void): void {
    order += 1;
    // Events at the same time happen in a random order.
    waiting.push({ at, order: order + random.below(4), process, go });
  }

  return {
    now: () => time,
    trace,
    note,
    kill,
    start(name, skewMs, killIn, work) {
      const process: Process = { name, skewMs, isDead: false, killIn };
      note(process, `starts${skewMs === 0 ? '' : `, its clock ${skewMs} ms ahead`}`);
      work(process).then(
        () => {
          note(process, 'ends');
          process.isDead = true;
        },
        (error: unknown) => {
          process.isDead = true;
          failures.push(error);
        },
      );
      return process;
    },
    sleep(process, milliseconds) {
      if (process?.isDead === true) return new Promise(() => undefined);
      if (process?.killIn !== undefined) {
        process.killIn -= 1;
        if (process.killIn <= 0) {
          kill(process);
          return new Promise(() => undefined);
        }
      }
      return new Promise((resolve) => wait(process, time + milliseconds, resolve));
    },
    at: (when, run) => wait(undefined, when, run),
    async drain() {
      for (let steps = 0; ; steps += 1) {
        // Every promise that can continue has continued before the next turn of the event loop.
        await new Promise((resolve) => setImmediate(resolve));
        if (failures.length > 0) throw failures[0];
        const next = waiting.reduce<Waiting | undefined>(
          (first, one) => (isBefore(one, first) ? one : first),
          undefined,
        );
        if (next === undefined) return;
        if (steps > MAX_STEPS) throw new Error('the simulation does not end');
        waiting = waiting.filter((one) => one !== next);
        time = Math.max(time, next.at);
        next.go();
      }
    },
  };
}

function isBefore(one: Waiting, other: Waiting | undefined): boolean {
  return other === undefined || one.at < other.at || (one.at === other.at && one.order < other.order);
}
