import { isFailure, type StopReason } from '../judge/outcome';
import type { Attempted } from './attempted';

/** Lets repairs through until something speaks against it; what has closed stays closed for the run. */
export interface Gate {
  /** Why a repair of this strategy may not begin; `undefined` when it may. Asks whether writes are allowed, now and then. */
  closedFor(strategy: string): Promise<StopReason | undefined>;
  /**
   * The same as far as known, for a repair that has begun and has waited since; `ask_again` where too much time has
   * passed for what is known to count.
   */
  closedBy(strategy: string): StopReason | 'ask_again' | undefined;
  close(strategy: string, reason: StopReason): void;
  learn(strategy: string, attempted: Pick<Attempted, 'ending' | 'concernsTenant'>): void;
}

export interface GateRules {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Milliseconds since the epoch after which nothing is begun. */
  readonly stopAt: number;
  /** Whether a person has asked the run to end. */
  readonly isInterrupted: () => boolean;
  /** Asked before the first write and again during a long run: why nothing may be written, if so. */
  readonly mayWrite: () => Promise<StopReason | undefined>;
}

/** For so long a permission to write counts, from when it was asked for (milliseconds). */
export const ASK_AGAIN_MS = 30_000;
/** A strategy is closed when Auth0 has refused so many of its connections in one run. */
const MANY_REFUSALS = 3;
/** Writes stop for the run when at least this many failed and they are more than this share of those tried. */
const MANY_FAILURES = 3;
const FAILURE_SHARE = 0.2;

export function createGate({ now, stopAt, isInterrupted, mayWrite }: GateRules): Gate {
  const strategies = new Map<string, StopReason>();
  const refusals = new Map<string, number>();
  let run: StopReason | undefined;
  let tried = 0;
  let failed = 0;
  let askedAt = Number.NEGATIVE_INFINITY;
  /** When the last permission that has come was asked for. */
  let allowedAt = Number.NEGATIVE_INFINITY;
  let asking: Promise<void> = Promise.resolve();

  function closed(strategy: string): StopReason | undefined {
    if (isInterrupted()) run ??= 'interrupted';
    if (now() >= stopAt) run ??= 'time';
    return run ?? strategies.get(strategy);
  }

  /** Also where the clock was set back since: nobody knows then how much time has passed. */
  function isOld(at: number): boolean {
    const age = now() - at;
    return age < 0 || age >= ASK_AGAIN_MS;
  }

  async function ask(at: number): Promise<void> {
    const refusal = await mayWrite().catch((): StopReason => 'kill_switch_unreadable');
    if (refusal === undefined) allowedAt = at;
    else run ??= refusal;
  }

  return {
    async closedFor(strategy) {
      const known = closed(strategy);
      if (known !== undefined) return known;
      if (isOld(askedAt)) {
        askedAt = now();
        asking = ask(askedAt);
      }
      await asking;
      return closed(strategy);
    },
    closedBy(strategy) {
      return closed(strategy) ?? (isOld(allowedAt) ? 'ask_again' : undefined);
    },
    close(strategy, reason) {
      strategies.set(strategy, reason);
    },
    learn(strategy, { ending: { outcome, stopped, refusal }, concernsTenant }) {
      if (stopped === 'time') run ??= 'time';
      if (concernsTenant) run ??= 'tenant_refused';
      // Nothing was written, and the cause lies in that connection: it is no share of the failures.
      if (refusal !== null) return countRefusal(strategy);
      if (outcome === 'failed_verification' && !strategies.has(strategy)) strategies.set(strategy, 'failures');
      const hasFailed = isFailure(outcome);
      if (hasFailed || outcome === 'remediated') tried += 1;
      if (hasFailed) failed += 1;
      if (failed >= MANY_FAILURES && failed / tried > FAILURE_SHARE) run ??= 'failures';
    },
  };

  function countRefusal(strategy: string): void {
    const count = (refusals.get(strategy) ?? 0) + 1;
    refusals.set(strategy, count);
    if (count >= MANY_REFUSALS && !strategies.has(strategy)) strategies.set(strategy, 'refusals');
  }
}
