import { type Ending, isFailure, type StopReason } from '../judge/outcome';

/** Lets repairs through until something speaks against it; what has closed stays closed for the run. */
export interface Gate {
  /** Why a repair of this strategy may not begin; `undefined` when it may. Asks whether writes are allowed, now and then. */
  closedFor(strategy: string): Promise<StopReason | undefined>;
  /** The same as far as known, for a repair that has begun and has waited since. */
  closedBy(strategy: string): StopReason | undefined;
  close(strategy: string, reason: StopReason): void;
  learn(strategy: string, reached: Ending): void;
}

export interface GateRules {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Milliseconds since the epoch after which nothing is begun. */
  readonly stopAt: number;
  /** Asked before the first write and again during a long run; anything but a clear yes stops the writes. */
  readonly mayWrite: () => Promise<boolean>;
}

const ASK_AGAIN_MS = 30_000;
/** Writes stop for the run when at least this many failed and they are more than this share of those tried. */
const MANY_FAILURES = 3;
const FAILURE_SHARE = 0.2;

export function createGate({ now, stopAt, mayWrite }: GateRules): Gate {
  const strategies = new Map<string, StopReason>();
  let run: StopReason | undefined;
  let tried = 0;
  let failed = 0;
  let askedAt = Number.NEGATIVE_INFINITY;
  let asking: Promise<boolean> = Promise.resolve(true);

  function closedBy(strategy: string): StopReason | undefined {
    if (now() >= stopAt) run ??= 'time';
    return run ?? strategies.get(strategy);
  }

  return {
    async closedFor(strategy) {
      const closed = closedBy(strategy);
      if (closed !== undefined) return closed;
      if (now() - askedAt >= ASK_AGAIN_MS) {
        askedAt = now();
        asking = mayWrite().catch(() => false);
      }
      if (!(await asking)) run ??= 'kill_switch';
      return closedBy(strategy);
    },
    closedBy,
    close(strategy, reason) {
      strategies.set(strategy, reason);
    },
    learn(strategy, { outcome, stopped }) {
      if (stopped === 'time') run ??= 'time';
      if (outcome === 'failed_verification' && !strategies.has(strategy)) strategies.set(strategy, 'failures');
      const hasFailed = isFailure(outcome);
      if (hasFailed || outcome === 'remediated') tried += 1;
      if (hasFailed) failed += 1;
      if (failed >= MANY_FAILURES && failed / tried > FAILURE_SHARE) run ??= 'failures';
    },
  };
}
