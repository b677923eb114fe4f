import type { AxiosInstance } from 'axios';
import { BadAnswerError, NoAnswerError, OutOfTimeError, RequestRefusedError } from './errors';
import { createPacer, type RateLimit } from './pacer';
import { redact } from './redact';
import { ask, createClient, type RawAnswer } from './request';
import { retryDelay } from './retry-delay';
import { type Parsed, readErrorBody } from './wire';

/** One thing to ask of the tenant. */
export interface Exchange<T> {
  /** Starts every error message: "Listing connections". */
  readonly doing: string;
  readonly method: 'GET' | 'POST' | 'PATCH';
  /** Path and query, without the origin. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** JSON text. */
  readonly body?: string;
  /** Strings that no message may repeat. */
  readonly secrets: readonly string[];
  /** Reads the body, or says what is wrong with it; a wrong body is a failed exchange. */
  readonly parse: (body: unknown, text: string) => Parsed<T>;
  /** What may have happened although no answer came is asked once only. */
  readonly once?: boolean;
  /** A place in the bucket that is kept already: this exchange does not wait for its turn. */
  readonly place?: Place;
}

/** The places that are kept for exchanges which belong together. */
export interface Place {
  /** Takes one of them. */
  take(): void;
  /** Gives back what is left and waits for as many as at first: the first exchange has to be repeated. */
  renew(): Promise<void>;
}

/** The exchanges of one run with one tenant: paced, timed, repeated within a budget. */
export interface Transport {
  /** Throws `RequestRefusedError`, `NoAnswerError`, `BadAnswerError` or `OutOfTimeError`, and nothing else. */
  exchange<T>(exchange: Exchange<T>): Promise<T>;
  /** Waits until the bucket has room for so many exchanges and keeps it for them, so that none waits for its turn. */
  together<T>(places: number, doing: string, work: (place: Place) => Promise<T>): Promise<T>;
  /** The rate limit of the last answer that told one. */
  readonly rateLimit: RateLimit | undefined;
}

export interface TransportOptions {
  readonly origin: string;
  /** Milliseconds since the epoch after which nothing more is asked. */
  readonly deadline: number;
  /** `refused`: the transport itself throws on everything but GET and the token call. */
  readonly writes: 'refused' | 'allowed';
  /** Share of the tenant's rate limit to leave to others, 0 to 100. */
  readonly reservePercent: number;
  /**
   * Repeats that one run may spend over all its exchanges.
   * @default 30
   */
  readonly retryBudget?: number;
  /**
   * Limit for one exchange, in milliseconds.
   * @default 20,000
   */
  readonly timeoutMs?: number;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
}

export const TOKEN_PATH = '/oauth/token';

export function createTransport(options: TransportOptions): Transport {
  const { now, sleep, deadline, timeoutMs = 20_000 } = options;
  const client = createClient(options.origin);
  const pacer = createPacer(options.reservePercent);
  let budget = options.retryBudget ?? 30;
  const waiting: (() => void)[] = [];

  async function exchange<T>(request: Exchange<T>): Promise<T> {
    if (options.writes === 'refused' && request.method !== 'GET' && request.path !== TOKEN_PATH) {
      throw new RequestRefusedError(`${describe(request)}: not sent, this run may only read.`, 0, undefined);
    }
    for (let attempt = 1; ; attempt += 1) {
      if (attempt > 1) await request.place?.renew();
      const answer = await askInTurn(client, request);
      const result = interpret(request, answer);
      if (result.ok) return result.value;
      const repeat = result.repeatable && request.once !== true && budget > 0;
      const { status, headers } = answer;
      const delay = repeat ? retryDelay({ status, headers, attempt, now: now(), jitter: Math.random() }) : undefined;
      if (delay === undefined) {
        // Not repeated here; whoever asks next should not be turned away as well.
        if (status === 429)
          pacer.rest(now() + (retryDelay({ status, headers, attempt: 1, now: now(), jitter: 0 }) ?? 0));
        throw result.error;
      }
      budget -= 1;
      await wait(delay, request.doing);
    }
  }

  async function askInTurn(to: AxiosInstance, request: Exchange<unknown>): Promise<RawAnswer> {
    // Tokens are drawn from another bucket; one that waited for places which others hold back for it would wait for ever.
    if (request.path === TOKEN_PATH) return askInTime(to, request);
    if (request.place === undefined) {
      await turn(1, request.doing);
      pacer.release(1);
    } else request.place.take();
    pacer.start();
    let headers: RawAnswer['headers'] = {};
    try {
      const answer = await askInTime(to, request);
      ({ headers } = answer);
      return answer;
    } finally {
      pacer.finish(headers, now());
      wakeAll();
    }
  }

  async function askInTime(to: AxiosInstance, request: Exchange<unknown>): Promise<RawAnswer> {
    const left = deadline - now();
    if (left <= 0) throw new OutOfTimeError(request.doing);
    return ask(to, request, Math.min(timeoutMs, left));
  }

  async function together<T>(places: number, doing: string, work: (place: Place) => Promise<T>): Promise<T> {
    let kept = 0;
    const giveBack = (count: number) => {
      pacer.release(count);
      kept -= count;
      wakeAll();
    };
    const renew = async () => {
      giveBack(kept);
      await turn(places, doing);
      kept = places;
    };
    await renew();
    try {
      return await work({ take: () => giveBack(Math.min(kept, 1)), renew });
    } finally {
      giveBack(kept);
    }
  }

  /** Waits for room and keeps it at once: whoever wakes at the same moment must find it taken. */
  async function turn(places: number, doing: string): Promise<void> {
    for (let next = pacer.next(now(), places); next !== 0; next = pacer.next(now(), places)) {
      await (next === 'answer' ? new Promise<void>((go) => waiting.push(go)) : wait(next, doing));
    }
    pacer.hold(places);
  }

  function wakeAll(): void {
    for (const go of waiting.splice(0)) go();
  }

  async function wait(milliseconds: number, doing: string): Promise<void> {
    if (now() + milliseconds >= deadline) throw new OutOfTimeError(doing);
    await sleep(milliseconds);
  }

  return {
    exchange,
    together,
    get rateLimit() {
      return pacer.seen;
    },
  };
}

type Result<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly repeatable: boolean; readonly error: Error };

/** Turns whatever came back into a value or one of our errors, and says whether asking again could help. */
function interpret<T>(request: Exchange<T>, answer: RawAnswer): Result<T> {
  const asked = describe(request);
  const { status } = answer;
  if (status === undefined) return interpretSilence(asked, answer.broken);

  const body = parseJson(answer.text);
  if (status >= 200 && status < 300) {
    const parsed = body.ok ? request.parse(body.value, answer.text) : body;
    if (parsed.ok) return parsed;
    return { ok: false, repeatable: true, error: new BadAnswerError(`${asked}: ${status}, but ${parsed.problem}.`) };
  }

  const { code: rawCode, words } = readErrorBody(body.ok ? body.value : undefined);
  const code = rawCode === undefined ? undefined : redact(rawCode, request.secrets);
  const said = [code, words].filter((part) => part !== undefined).join(': ');
  const message = `${asked}: ${status} ${redact(said, request.secrets)}`.trimEnd().replace(/\.?$/, '.');
  const advice = request.path === TOKEN_PATH && status === 403 ? '' : adviseOn(status);
  if (status === 408 || status === 429 || status >= 500) {
    return { ok: false, repeatable: true, error: new NoAnswerError(`${message}${adviseOn(status)}`, status) };
  }
  return {
    ok: false,
    repeatable: false,
    error: new RequestRefusedError(`${message}${advice}`, status, code),
  };
}

/** Failures that a second attempt meets again. */
const LASTING =
  /^(ENOTFOUND|EPROTO|ANSWER_TOO_LARGE|ERR_INVALID_URL|ERR_TLS|CERT_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_)/;

function interpretSilence(asked: string, code: string): Result<never> {
  const advice = /CERT|TLS|UNABLE_TO_|SELF_SIGNED/.test(code)
    ? ' The certificate is not trusted here; a private authority goes into NODE_EXTRA_CA_CERTS.'
    : code === 'ENOTFOUND'
      ? ' Check the domain.'
      : '';
  const error = new NoAnswerError(`${asked}: no answer (${code}).${advice}`, undefined);
  return { ok: false, repeatable: !LASTING.test(code), error };
}

function adviseOn(status: number): string {
  if (status === 429) return ' Others use up the rate limit of the tenant: run at a quieter hour.';
  if (status === 403) return ' Grant the scope to the machine-to-machine application.';
  if (status < 400) return ' The tenant redirects: check the domain.';
  return '';
}

/** JSON.parse without its error, which quotes the text it could not read. */
function parseJson(text: string): Parsed<unknown> {
  if (text.trim() === '') return { ok: false, problem: 'the body is empty' };
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch {
    return { ok: false, problem: `the body is not JSON (${text.length} characters)` };
  }
}

/** Method and path, without the query: a page's `next` is nobody's business. */
function describe({ doing, method, path }: Exchange<unknown>): string {
  return `${doing}: ${method} ${path.split('?')[0]}`;
}
