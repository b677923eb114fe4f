import type { Parsed } from './parsed';

export const TOKEN_PATH = '/oauth/token';

/** One thing to ask of the tenant. */
export interface Exchange<T> {
  /** Starts every error message: "Listing connections". */
  readonly doing: string;
  readonly method: 'GET' | 'POST' | 'PATCH';
  /** Path and query, without the origin. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** JSON text; or what makes it for each attempt anew, where an attempt may not repeat what an earlier one sent. */
  readonly body?: string | (() => Promise<FreshBody>);
  /** Strings that no message may repeat. */
  readonly secrets: readonly string[];
  /** Reads the body, or says what is wrong with it; a wrong body is a failed exchange. */
  readonly parse: (body: unknown, text: string) => Parsed<T>;
  /** What may have happened although no answer came is asked once only. */
  readonly once?: boolean;
  /** Slots in the bucket that are kept already: this exchange does not wait for its turn. */
  readonly slots?: Slots;
}

/** A body for one attempt, with the strings in it that no message may repeat. */
export interface FreshBody {
  readonly text: string;
  readonly secrets: readonly string[];
}

/** An exchange as one attempt sends it. */
export interface Attempt<T> extends Exchange<T> {
  readonly body?: string;
}

export async function prepareAttempt<T>({ body, ...exchange }: Exchange<T>): Promise<Attempt<T>> {
  if (body === undefined) return exchange;
  if (typeof body === 'string') return { ...exchange, body };
  const { text, secrets } = await body();
  return { ...exchange, body: text, secrets: [...exchange.secrets, ...secrets] };
}

/** Slots of the rate limit that are kept for exchanges which belong together. */
export interface Slots {
  /** Takes one of them. */
  take(): void;
  /** Gives back what is left and waits for as many as at first: the first exchange has to be repeated. */
  renew(): Promise<void>;
}

/** Method and path, without the query: a page's `next` is nobody's business. */
export function describe({ doing, method, path }: Exchange<unknown>): string {
  return `${doing}: ${method} ${path.split('?')[0]}`;
}
