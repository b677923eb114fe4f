/** What an invocation keeps back of its time, and the longest that a call to AWS may take. All in milliseconds. */
export interface Limits {
  /** One request to Auth0, each attempt; absent: `REQUEST_MS`. */
  readonly requestMs?: number;
  /** One call to AWS with all its attempts. */
  readonly callMs: number;
  /** Kept for all that is published, people first. It may take longer where the run ended early. */
  readonly publishMs: number;
  /** Kept for the state and the lease, whatever the calls before them take. */
  readonly stateMs: number;
  /** Kept for telling and keeping, after the tenant was asked for the last time. */
  readonly endMs: number;
  /** Kept before that for the repairs under way: nothing new is begun. */
  readonly repairMs: number;
}

export const LIMITS: Limits = {
  callMs: 10_000,
  publishMs: 20_000,
  stateMs: 8_000,
  endMs: 30_000,
  repairMs: 60_000,
};

/** The time, as one program tells it: milliseconds since the epoch. */
export interface Clock {
  readonly now: () => number;
  /** Milliseconds since some moment; nobody sets it. */
  readonly elapsed: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
}

/** Two machines' clocks agree within this. */
const CLOCK_SKEW_MS = 60_000;

/** The times of one invocation, in milliseconds since the epoch. */
export interface TimePlan {
  /** After it nothing is asked of the tenant. */
  readonly tenantUntil: number;
  /** After it no repair is begun. */
  readonly stopAt: number;
  /** At it the run is over for certain, by any clock. */
  readonly overBy: number;
  /** What the next call to the history may take, for a file by its key. */
  readonly limitFor: (key: string) => number;
  /** What another call to AWS may take. */
  readonly callLimit: () => number;
  /**
   * Starts the time for publishing, which lasts until the state needs its own: 40,000 findings are 540 messages, more than
   * 20 seconds send. Gives back what the next call may take.
   */
  readonly beginPublishing: () => () => number;
}

/** Plans an invocation that has so much time left: whatever hangs, there is time to say so and to keep it. */
export function planTime(now: () => number, remainingMs: number, limits: Limits): TimePlan {
  const { callMs, publishMs, stateMs, endMs, repairMs } = limits;
  const end = now() + remainingMs;
  let isPublishing = false;
  const leftBefore = (kept: number) => Math.max(1, Math.min(callMs, end - kept - now()));
  return {
    tenantUntil: end - endMs,
    stopAt: end - endMs - repairMs,
    overBy: end + CLOCK_SKEW_MS,
    limitFor: (key) => {
      // Until the messages are under way, their time is kept as well.
      if (!isPublishing) return leftBefore(publishMs + stateMs);
      return leftBefore(/\/(state|lease)\.json$/.test(key) ? stateMs / 8 : stateMs);
    },
    callLimit: () => leftBefore(isPublishing ? stateMs : publishMs + stateMs),
    beginPublishing: () => {
      isPublishing = true;
      return () => Math.min(callMs, end - stateMs - now());
    },
  };
}
