/** What an invocation reserves of its time, and the longest time of a call to AWS. All in milliseconds. */
export interface Limits {
  /** One attempt of a request to Auth0; absent: `REQUEST_MS`. */
  readonly requestMs?: number;
  /** One call to AWS with all its attempts. */
  readonly callMs: number;
  /** Reserved for all messages, alerts first. Publishing can take longer if the run ended early. */
  readonly publishMs: number;
  /** Reserved for the state and the lease, regardless of how long earlier calls take. */
  readonly stateMs: number;
  /** Reserved for messages and history, after the last request to the tenant. */
  readonly endMs: number;
  /** Reserved before that for repairs that have started: no new repair is started. */
  readonly repairMs: number;
}

export const LIMITS: Limits = {
  callMs: 10_000,
  publishMs: 20_000,
  stateMs: 8_000,
  endMs: 30_000,
  repairMs: 60_000,
};

/** The time of one program: milliseconds since the epoch. */
export interface Clock {
  readonly now: () => number;
  /** Milliseconds since an arbitrary moment; this clock cannot be set. */
  readonly elapsed: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
}

/** The clocks of two machines differ by at most this much. */
const CLOCK_SKEW_MS = 60_000;

/** The times of one invocation, in milliseconds since the epoch. */
export interface TimePlan {
  /** After this time no request is sent to the tenant. */
  readonly tenantUntil: number;
  /** After this time no repair is started. */
  readonly stopAt: number;
  /** At this time the run has certainly ended, by any clock. */
  readonly overBy: number;
  /** The time that the next call to the history can take, for a file by its key. */
  readonly limitFor: (key: string) => number;
  /** The time that another call to AWS can take. */
  readonly callLimit: () => number;
  /**
   * Starts the time for publishing, which lasts until the time reserved for the state: 40,000 findings are 540
   * messages, which take more than 20 seconds. Returns a function with the time that the next call can take.
   */
  readonly beginPublishing: () => () => number;
}

/**
 * Plans an invocation with this much time left: if any call hangs, there is still time to report that and to keep it.
 */
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
      // Until publishing starts, its time is reserved as well.
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
