import type { Agent } from 'node:https';
import type { AxiosInstance } from 'axios';
import { REQUEST_MS } from '../connection/tenant';
import { NOT_SENT, OutOfTimeError, RequestRefusedError } from './errors';
import { type Attempt, describe, type Exchange, prepareAttempt, type Slots, TOKEN_PATH } from './exchange';
import { interpret } from './interpret';
import { createPacer, type RateLimit } from './pacer';
import { ask, createClient, type RawAnswer } from './request';
import { retryDelay } from './retry-delay';

/** The exchanges of one run with one tenant: paced, timed, repeated within a budget. */
export interface Transport {
  /** Throws `RequestRefusedError`, `NoAnswerError`, `BadAnswerError` or `OutOfTimeError`, and nothing else. */
  exchange<T>(exchange: Exchange<T>): Promise<T>;
  /**
   * Waits until the bucket has `wanted` free slots and keeps the slots, so that no exchange in `work` waits for its
   * turn.
   */
  together<T>(wanted: number, doing: string, work: (slots: Slots) => Promise<T>): Promise<T>;
  /** The rate limit of the last answer that reported one. */
  readonly rateLimit: RateLimit | undefined;
  /** The usage of all exchanges so far. */
  readonly usage: Usage;
}

/** The requests of a run to a tenant, and the waits for its rate limit. */
export interface Usage {
  /** Requests that were sent. Each attempt counts as one request, token requests included. */
  readonly requests: number;
  /** Answers with status 429. */
  readonly rateLimited: number;
  /** The sum of milliseconds for which requests waited for the rate limit. Two parallel waits count twice. */
  readonly rateLimitWaitMs: number;
}

/** A pause before an exchange. */
export interface Wait {
  readonly milliseconds: number;
  /** `rate_limit`: the bucket is empty, or the tenant demanded the wait. `repeat`: the last attempt failed. */
  readonly why: 'rate_limit' | 'repeat';
}

export interface TransportOptions {
  readonly origin: string;
  /**
   * Opens the connections over TLS.
   * @default direct connections
   */
  readonly httpsAgent?: Agent | undefined;
  /** Milliseconds since the epoch after which no request is sent. */
  readonly deadline: number;
  /** `refused`: the transport itself throws on every request except GET and the token request. */
  readonly writes: 'refused' | 'allowed';
  /** Percentage of the tenant's rate limit to leave to other clients, 0 to 100. */
  readonly reservePercent: number;
  /**
   * Number of retries that one run is allowed over all its exchanges.
   * @default 30
   */
  readonly retryBudget?: number;
  /**
   * Limit for one exchange, in milliseconds.
   * @default `REQUEST_MS`
   */
  readonly timeoutMs?: number | undefined;
  /**
   * Called before each wait begins. The returned function is called when the wait ends.
   * @default no function is called
   */
  readonly waiting?: ((wait: Wait) => () => void) | undefined;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
}

export function createTransport(options: TransportOptions): Transport {
  const { now, sleep, deadline, timeoutMs = REQUEST_MS } = options;
  const client = createClient(options.origin, options.httpsAgent);
  const pacer = createPacer(options.reservePercent);
  let budget = options.retryBudget ?? 30;
  const usage = { requests: 0, rateLimited: 0, rateLimitWaitMs: 0 };
  const waiting: (() => void)[] = [];

  async function exchange<T>(request: Exchange<T>): Promise<T> {
    if (options.writes === 'refused' && request.method !== 'GET' && request.path !== TOKEN_PATH) {
      throw new RequestRefusedError(`${describe(request)}: not sent, because this run is read-only.`, {
        status: NOT_SENT,
        errorCode: undefined,
        words: undefined,
        concerns: 'tenant',
      });
    }
    for (let attempt = 1; ; attempt += 1) {
      if (attempt > 1) await request.slots?.renew();
      const prepared = await prepareAttempt(request);
      const answer = await askInTurn(client, prepared);
      const result = interpret(prepared, answer);
      if (result.ok) return result.value;
      const repeat = result.repeatable && request.once !== true && budget > 0;
      const { status, headers } = answer;
      const delay = repeat ? retryDelay({ status, headers, attempt, now: now(), jitter: Math.random() }) : undefined;
      if (delay === undefined) {
        // Not repeated here. The next request waits, so that it does not get a 429 too.
        if (status === 429)
          pacer.rest(now() + (retryDelay({ status, headers, attempt: 1, now: now(), jitter: 0 }) ?? 0));
        throw result.error;
      }
      budget -= 1;
      await wait({ milliseconds: delay, why: status === 429 ? 'rate_limit' : 'repeat' }, request.doing);
    }
  }

  async function askInTurn(to: AxiosInstance, request: Attempt<unknown>): Promise<RawAnswer> {
    // Token requests use another bucket. A token request that waited for slots could wait forever: the exchanges that
    // keep these slots might be waiting for the token.
    if (request.path === TOKEN_PATH) return askInTime(to, request);
    if (request.slots === undefined) {
      await turn(1, request.doing);
      pacer.release(1);
    } else request.slots.take();
    pacer.start();
    let answer: RawAnswer | undefined;
    try {
      answer = await askInTime(to, request);
      return answer;
    } finally {
      pacer.finish(answer, now());
      wakeAll();
    }
  }

  async function askInTime(to: AxiosInstance, request: Attempt<unknown>): Promise<RawAnswer> {
    const left = deadline - now();
    if (left <= 0) throw new OutOfTimeError(request.doing);
    usage.requests += 1;
    const answer = await ask(to, request, Math.min(timeoutMs, left));
    if (answer.status === 429) usage.rateLimited += 1;
    return answer;
  }

  async function together<T>(wanted: number, doing: string, work: (slots: Slots) => Promise<T>): Promise<T> {
    let kept = 0;
    const giveBack = (count: number) => {
      pacer.release(count);
      kept -= count;
      wakeAll();
    };
    const renew = async () => {
      giveBack(kept);
      await turn(wanted, doing);
      kept = wanted;
    };
    await renew();
    try {
      return await work({ take: () => giveBack(Math.min(kept, 1)), renew });
    } finally {
      giveBack(kept);
    }
  }

  /**
   * Waits for free slots and keeps them immediately: another request that wakes at the same moment must find them
   * taken.
   */
  async function turn(wanted: number, doing: string): Promise<void> {
    for (let next = pacer.next(now(), wanted); next !== 0; next = pacer.next(now(), wanted)) {
      await (next === 'answer'
        ? new Promise<void>((go) => waiting.push(go))
        : wait({ milliseconds: next, why: 'rate_limit' }, doing));
    }
    pacer.hold(wanted);
  }

  function wakeAll(): void {
    for (const go of waiting.splice(0)) go();
  }

  async function wait(pause: Wait, doing: string): Promise<void> {
    if (now() + pause.milliseconds >= deadline) throw new OutOfTimeError(doing);
    if (pause.why === 'rate_limit') usage.rateLimitWaitMs += pause.milliseconds;
    const over = options.waiting?.(pause);
    await sleep(pause.milliseconds);
    over?.();
  }

  return {
    exchange,
    together,
    get rateLimit() {
      return pacer.seen;
    },
    get usage() {
      return { ...usage };
    },
  };
}
