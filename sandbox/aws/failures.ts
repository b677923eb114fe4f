import type { ServerResponse } from 'node:http';
import type { AwsError } from './product';

/** What a call meets in place of its answer: an error, no answer at all, or an answer that begins and never ends. */
export type ScriptedFailure = (AwsError | { readonly hang: true } | { readonly drip: true }) & {
  /** How many calls fail; default 1. */
  readonly times?: number;
  /** The call takes effect and only its answer is lost: what a client sees as a 5xx may have been done. */
  readonly applied?: boolean;
};

/** The failures that were scripted, each for one operation. */
export interface Failures {
  add(operation: string, failure: ScriptedFailure): void;
  /** Uses up one failure of an operation; undefined where none is left. */
  take(operation: string): ScriptedFailure | undefined;
}

/** Keeps scripted failures in the order in which they were added. */
export function createFailures(): Failures {
  const failures: { readonly operation: string; readonly failure: ScriptedFailure; left: number }[] = [];
  return {
    add(operation, failure) {
      failures.push({ operation, failure, left: failure.times ?? 1 });
    },
    take(operation) {
      const next = failures.find((each) => each.operation === operation && each.left > 0);
      if (next !== undefined) next.left -= 1;
      return next?.failure;
    },
  };
}

const DRIP_MS = 20;

/** Sends the head of an answer and then one space after the other, until the client or the server closes. */
export function drip(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/octet-stream' }).write(' ');
  const timer = setInterval(() => response.write(' '), DRIP_MS);
  response.once('close', () => clearInterval(timer));
}
