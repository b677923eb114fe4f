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
  /** JSON text. */
  readonly body?: string;
  /** Strings that no message may repeat. */
  readonly secrets: readonly string[];
  /** Reads the body, or says what is wrong with it; a wrong body is a failed exchange. */
  readonly parse: (body: unknown, text: string) => Parsed<T>;
  /** What may have happened although no answer came is asked once only. */
  readonly once?: boolean;
  /** Slots in the bucket that are kept already: this exchange does not wait for its turn. */
  readonly slots?: Slots;
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
