import type { Parsed } from './parsed';

export const TOKEN_PATH = '/oauth/token';

/** One request to the tenant, and how to read the answer. */
export interface Exchange<T> {
  /** Starts every error message: "Listing connections". */
  readonly doing: string;
  readonly method: 'GET' | 'POST' | 'PATCH';
  /** Path and query, without the origin. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** JSON text; or a function that makes a new text for each attempt, if an attempt must not repeat an earlier text. */
  readonly body?: string | (() => Promise<FreshBody>);
  /** Strings that no message is allowed to repeat. */
  readonly secrets: readonly string[];
  /** Reads the body, or describes what is wrong with it. A wrong body is a failed exchange. */
  readonly parse: (body: unknown, text: string) => Parsed<T>;
  /** The request is sent only one time, because it might have taken effect although no answer came. */
  readonly once?: boolean;
  /** Slots in the bucket that are already kept: this exchange does not wait for its turn. */
  readonly slots?: Slots;
}

/** A body for one attempt, with the strings in it that no message is allowed to repeat. */
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

/** Slots of the rate limit that are kept for exchanges that belong together. */
export interface Slots {
  /** Takes one slot. */
  take(): void;
  /** Releases the remaining slots and waits for the original number, because the first exchange has to be repeated. */
  renew(): Promise<void>;
}

/** Method and path, without the query: messages do not show a page's `next`. */
export function describe({ doing, method, path }: Exchange<unknown>): string {
  return `${doing}: ${method} ${path.split('?')[0]}`;
}
