import type { Random } from './random';
import type { Process, Scheduler } from './scheduler';

/** How often things go wrong in one seed: probabilities. */
export interface Faults {
  /** A call fails and takes no effect. */
  readonly fails: number;
  /** A call takes effect and its answer is lost. */
  readonly losesAnswer: number;
  /** A call takes effect late, and its answer comes late. */
  readonly isSlow: number;
  /** A process is killed at some step. */
  readonly kills: number;
  /** A listing is cut short and looks complete. */
  readonly listsShort: number;
  /** Nobody has confirmed a subscription while a run is at work: what it publishes reaches no person. */
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

/** Milliseconds that a call takes at least and at most, each way, and a slow one. */
const TRAVEL_MS = 400;
const SLOW_MS = 9_000;

/** How a call may go wrong: `failed` before it took effect, `lost` after it. */
export class CallFault extends Error {
  readonly kind: 'failed' | 'lost';

  constructor(kind: 'failed' | 'lost') {
    super(kind);
    this.kind = kind;
  }
}

/** A process's calls to the world outside: they take time, and go wrong as often as the seed says. */
export interface Caller {
  readonly process: Process;
  /** Waits for so many milliseconds. */
  pause(milliseconds: number): Promise<void>;
  /** Makes a call. Throws `CallFault`. */
  call<T>(what: string, effect: () => T): Promise<T>;
  /** An answer to a call of this process was lost. */
  hasLostAnswer: boolean;
  /** A call of this process failed. */
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
