import type { Random } from './random';

/** One program at work: it can be killed at any step, and its clock may differ from the true one. */
export interface Process {
  readonly name: string;
  /** Milliseconds that its clock is ahead of the true time. */
  skewMs: number;
  isDead: boolean;
  /** Steps left until it is killed; `undefined`: it is not. */
  killIn: number | undefined;
}

interface Waiting {
  readonly at: number;
  readonly order: number;
  readonly process: Process | undefined;
  readonly go: () => void;
}

/** True time, and everything that waits for it. One thing happens at a time, in an order that the seed decides. */
export interface Scheduler {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly trace: readonly string[];
  note(process: Process | undefined, text: string): void;
  start(name: string, skewMs: number, killIn: number | undefined, work: (process: Process) => Promise<void>): Process;
  kill(process: Process): void;
  /** Waits in true time. A process that was killed never goes on. */
  sleep(process: Process | undefined, milliseconds: number): Promise<void>;
  /** Runs something at a time, unless that is past. */
  at(time: number, run: () => void): void;
  /** Lets everything happen until nothing waits any more. Throws what a process threw. */
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
    // Things due at one time happen in any order.
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
        // Every promise that can go on has gone on before the next turn of the event loop.
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
