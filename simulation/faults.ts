import type { Random } from './random';
import type { Process, Scheduler } from './scheduler';

/** The probabilities of the faults in one seed. */
export interface Faults {
  /** A call fails and takes no effect. */
  readonly fails: number;
  /** A call takes effect and its answer is lost. */
  readonly losesAnswer: number;
  /** A call takes effect late, and its answer arrives late. */
  readonly isSlow: number;
  /** A process is killed at a random step. */
  readonly kills: number;
  /** A listing is incomplete but looks complete. */
  readonly listsShort: number;
  /** No subscription is confirmed during a run, so its messages reach no recipient. */
  readonly isUnheard: number;
  /** The longest that a repair waits for its turn in the rate limit, in milliseconds. */
  readonly turnMs: number;
}

export const NO_FAULTS: Faults = {
  fails: 0,
  losesAnswer: 0,
  isSlow: 0,
  kills: 0,
  listsShort: 0,
  isUnheard: 0,
  turnMs: 0,
};

/** The most milliseconds of a call in each direction, and of a slow call. */
const TRAVEL_MS = 400;
const SLOW_MS = 9_000;

/** The fault of a call: `failed` before its effect, `lost` after its effect. */
export class CallFault extends Error {
  readonly kind: 'failed' | 'lost';

  constructor(kind: 'failed' | 'lost') {
    super(kind);
    this.kind = kind;
  }
}

/** The external calls of a process. They take time, and fail with the probabilities of the seed. */
export interface Caller {
  readonly process: Process;
  /** Waits for the given time. */
  pause(milliseconds: number): Promise<void>;
  /** Makes a call. Throws `CallFault`. */
  call<T>(what: string, effect: () => T): Promise<T>;
  /** Whether an answer to a call of this process was lost. */
  hasLostAnswer: boolean;
  /** Whether a call of this process failed. */
  hasFailed: boolean;
}

export function createCaller(
  process: Process,
  { scheduler, random, faults }: { readonly scheduler: Scheduler; readonly random: Random; readonly faults: Faults },
): Caller {
  const caller: Caller = {
    process,
    hasLostAnswer: false,
    hasFailed: false,
    pause: (milliseconds) => (milliseconds === 0 ? Promise.resolve() : scheduler.sleep(process, milliseconds)),
    async call(what, effect) {
      const isSlow = random.isTrue(faults.isSlow);
      const travel = () => scheduler.sleep(process, random.below(isSlow ? SLOW_MS : TRAVEL_MS));
      await travel();
      if (random.isTrue(faults.fails)) {
        scheduler.note(process, `${what}: FAILED`);
        caller.hasFailed = true;
        throw new CallFault('failed');
      }
      const result = effect();
      scheduler.note(process, `${what}${typeof result === 'string' ? `: ${result.slice(0, 60)}` : ''}`);
      await travel();
      if (random.isTrue(faults.losesAnswer)) {
        scheduler.note(process, `${what}: ANSWER LOST`);
        caller.hasLostAnswer = true;
        throw new CallFault('lost');
      }
      return result;
    },
  };
  return caller;
}
