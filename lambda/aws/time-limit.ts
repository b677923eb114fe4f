import { ProxyError } from '../proxy-error';

/**
 * For one AWS call: all its attempts, the pauses between them, and the body of the answer. The SDK alone waits without
 * limit (`NodeHttpHandlerOptions.requestTimeout` of @smithy/types: "Defaults to 0, which disables the timeout").
 */
export const AWS_CALL_MS = 10_000;

/**
 * No time was left to start an AWS call, or the call was started and not answered before its time limit. In the second
 * case it might have taken effect.
 */
export class TimeLimitError extends Error {
  readonly isBegun: boolean;

  constructor({ isBegun }: { readonly isBegun: boolean }) {
    super(isBegun ? 'no answer before the time limit' : 'no time left');
    this.name = 'TimeLimitError';
    this.isBegun = isBegun;
  }
}

/**
 * Makes one AWS call and ends it, including retries, after `limitMs` and never later than after `AWS_CALL_MS`. Then
 * throws `TimeLimitError`. Does not start the call if `limitMs` is 0 or less. `call` passes the signal to the client.
 */
export async function inTime<T>(limitMs: number, call: (abortSignal: AbortSignal) => Promise<T>): Promise<T> {
  if (!(limitMs > 0)) throw new TimeLimitError({ isBegun: false });
  const ending = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  // The signal alone does not end a call that still waits for credentials.
  const end = new Promise<never>((_, reject) => {
    const giveUp = () => {
      reject(new TimeLimitError({ isBegun: true }));
      ending.abort();
    };
    timer = setTimeout(giveUp, Math.min(limitMs, AWS_CALL_MS));
  });
  try {
    return await Promise.race([call(ending.signal), end]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Why an AWS call failed: the time limit, or only the name or code of the error, because the other content of an AWS
 * error is unknown.
 */
export function causeOf(error: unknown): string {
  if (error instanceof TimeLimitError) return error.message;
  if (error instanceof ProxyError) return error.message.replace(/\.$/, '');
  if (isWithoutRegion(error)) return NO_REGION;
  if (!(error instanceof Error)) return 'unknown error';
  // For errors of Node.js, such as a name that does not resolve, the name is Error.
  return 'code' in error && typeof error.code === 'string' && /^E[A-Z_]{2,}$/.test(error.code)
    ? error.code
    : error.name;
}

/** The function always has a region. Only the command line can run without one. */
const NO_REGION = 'no AWS region is known: set region in the environment, give --region, or export AWS_REGION';

/** The SDK has no error class for it: `resolveRegionConfig` of @smithy/core throws `new Error("Region is missing")`. */
export function isWithoutRegion(error: unknown): boolean {
  return error instanceof Error && /^region is missing/i.test(error.message);
}

/**
 * What to check after a failed AWS call, after a space. Empty if the cause already explains it, or if no request was
 * made.
 */
export function adviceAfter(error: unknown, advice: string): string {
  const isKnown =
    error instanceof ProxyError || isWithoutRegion(error) || (error instanceof TimeLimitError && !error.isBegun);
  return isKnown ? '' : ` ${advice}`;
}
