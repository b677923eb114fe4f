import { isFailure, type StopReason } from '../judge/outcome';
import type { Attempted } from './attempted';

/** Allows repairs until there is a reason to stop. A closed gate stays closed for the run. */
export interface Gate {
  /** Why a repair of this strategy must not begin, or `undefined`. Checks the permission to write periodically. */
  closedFor(strategy: string): Promise<StopReason | undefined>;
  /**
   * The same from the known facts, for a repair that has begun and then waited. `ask_again`: the known permission to
   * write is too old.
   */
  closedBy(strategy: string): StopReason | 'ask_again' | undefined;
  close(strategy: string, reason: StopReason): void;
  learn(strategy: string, attempted: Pick<Attempted, 'ending' | 'concernsTenant'>): void;
}

export interface GateRules {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Milliseconds since the epoch after which no repair begins. */
  readonly stopAt: number;
  /** Whether an operator has asked the run to end. */
  readonly isInterrupted: () => boolean;
  /** Called before the first write and again during a long run. Returns why nothing is allowed to be written, if so. */
  readonly mayWrite: () => Promise<StopReason | undefined>;
}

/** How long a permission to write is valid, from the time of the request for it (milliseconds). */
export const ASK_AGAIN_MS = 30_000;
/** A strategy is closed after Auth0 has refused this many of its connections in one run. */
const MANY_REFUSALS = 3;
/** Writes stop for the run after at least this many failures, if they are more than this share of the attempts. */
const MANY_FAILURES = 3;
const FAILURE_SHARE = 0.2;

export function createGate({ now, stopAt, isInterrupted, mayWrite }: GateRules): Gate {
  const strategies = new Map<string, StopReason>();
  const refusals = new Map<string, number>();
  let run: StopReason | undefined;
  let tried = 0;
  let failed = 0;
  let askedAt = Number.NEGATIVE_INFINITY;
  /** The time of the request for the last permission that was given. */
  let allowedAt = Number.NEGATIVE_INFINITY;
  let asking: Promise<void> = Promise.resolve();

  function closed(strategy: string): StopReason | undefined {
    if (isInterrupted()) run ??= 'interrupted';
    if (now() >= stopAt) run ??= 'time';
    return run ?? strategies.get(strategy);
  }

  /** Also if the clock was set back since then: the elapsed time is then unknown. */
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
      // Nothing was written, and the cause is that connection: it does not count as a failure.
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
