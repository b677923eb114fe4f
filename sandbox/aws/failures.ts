import type { ServerResponse } from 'node:http';
import { drip } from '../drip';
import type { AwsAnswer, AwsError } from './product';

/** What a call meets in place of its answer. */
type Failure =
  | AwsError
  /** No answer at all. */
  | { readonly hang: true }
  /** An answer that begins and never ends. */
  | { readonly drip: true }
  /** The connection breaks before any answer. */
  | { readonly reset: true }
  /** The head and half of the true answer's body, then the connection breaks. The call takes effect. */
  | { readonly cut: true }
  /** Half of the true answer's body, framed as if it were whole. The call takes effect. */
  | { readonly half: true }
  /** 200 with a page for people, as proxies send. */
  | { readonly html: true }
  /** 200 without a body and without headers of the service. */
  | { readonly empty: true }
  /** The true answer with this in place of its body. The call takes effect. */
  | { readonly text: string }
  /** The true answer: for a script that only has something to run. The call takes effect. */
  | { readonly answered: true };

/** What one call or more meet, and which. */
export type ScriptedFailure = Failure & {
  /** How many calls fail; default 1. */
  readonly times?: number;
  /** The first call that fails, from 1; default 1. Counted from the time the failure was scripted. */
  readonly nth?: number;
  /** Only calls about this: an object's key, or a topic's ARN. */
  readonly about?: RegExp;
  /** The call takes effect and only its answer is lost: what a client sees as a 5xx may have been done. */
  readonly applied?: boolean;
  /** Runs when the failure strikes, after the call has taken effect where it does. */
  readonly run?: () => void;
};

/** The failures that were scripted, each for one operation. */
export interface Failures {
  add(operation: string, failure: ScriptedFailure): void;
  /** Uses up one failure of an operation; undefined where none is left. */
  take(operation: string, resource: string): ScriptedFailure | undefined;
  clear(): void;
}

/** Keeps scripted failures in the order in which they were added. */
export function createFailures(): Failures {
  let failures: { readonly operation: string; readonly failure: ScriptedFailure; before: number; left: number }[] = [];
  return {
    add(operation, failure) {
      failures.push({ operation, failure, before: (failure.nth ?? 1) - 1, left: failure.times ?? 1 });
    },
    take(operation, resource) {
      for (const each of failures) {
        if (each.operation !== operation || each.left === 0 || each.failure.about?.test(resource) === false) continue;
        if (each.before > 0) {
          each.before -= 1;
          continue;
        }
        each.left -= 1;
        return each.failure;
      }
      return undefined;
    },
    clear() {
      failures = [];
    },
  };
}

/** Whether the call takes effect before it meets the failure. */
export function isApplied(failure: ScriptedFailure): boolean {
  return failure.applied === true || ['cut', 'half', 'text', 'answered'].some((name) => name in failure);
}

/** How an exchange ends: with an answer, or in one of these ways. `cut`: the answer breaks off half way. */
export type Reply =
  | { readonly kind: 'answer'; readonly answer: AwsAnswer }
  | { readonly kind: 'cut'; readonly answer: AwsAnswer }
  | { readonly kind: 'hang' }
  | { readonly kind: 'drip' }
  | { readonly kind: 'reset' };

/** What a call gets in place of its true answer, which there is where it took effect. */
export function replyTo(
  failure: ScriptedFailure,
  { refuse, answer = NO_ANSWER }: { readonly refuse: (error: AwsError) => AwsAnswer; readonly answer?: AwsAnswer },
): Reply {
  if ('hang' in failure) return { kind: 'hang' };
  if ('drip' in failure) return { kind: 'drip' };
  if ('reset' in failure) return { kind: 'reset' };
  if ('cut' in failure) return { kind: 'cut', answer };
  if ('half' in failure) return { kind: 'answer', answer: { ...answer, body: halfOf(answer.body) } };
  if ('html' in failure) return { kind: 'answer', answer: PAGE };
  if ('empty' in failure) return { kind: 'answer', answer: NO_ANSWER };
  if ('text' in failure) return { kind: 'answer', answer: withBody(answer, failure.text) };
  if ('answered' in failure) return { kind: 'answer', answer };
  return { kind: 'answer', answer: refuse(failure) };
}

const NO_ANSWER: AwsAnswer = { status: 200, headers: {}, body: '' };
const PAGE: AwsAnswer = {
  status: 200,
  headers: { 'content-type': 'text/html' },
  body: '<html><body>Please sign in</body></html>',
};

/** A checksum of the true body would tell; whoever answers with another text sends none. */
function withBody({ status, headers }: AwsAnswer, body: string): AwsAnswer {
  const kept = Object.entries(headers).filter(([name]) => !name.startsWith('x-amz-checksum-'));
  return { status, headers: Object.fromEntries(kept), body };
}

function halfOf(body: string | Buffer): Buffer {
  const bytes = Buffer.from(body);
  return bytes.subarray(0, Math.ceil(bytes.length / 2));
}

/** Sends a reply. One that hangs is ended by the client, or when the server stops. */
export function send(reply: Reply, response: ServerResponse): void {
  switch (reply.kind) {
    case 'hang':
      return;
    case 'reset':
      response.destroy();
      return;
    case 'drip':
      drip(response, { 'content-type': 'application/octet-stream' });
      return;
    case 'cut': {
      const { status, headers, body } = reply.answer;
      response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) + 1 });
      response.write(halfOf(body), () => response.destroy());
      response.flushHeaders();
      return;
    }
    case 'answer': {
      const { status, headers, body } = reply.answer;
      response.writeHead(status, headers).end(body);
    }
  }
}

/** The status of a reply; 0 where there is none. */
export function statusOf(reply: Reply): number {
  if ('answer' in reply) return reply.answer.status;
  return reply.kind === 'drip' ? 200 : 0;
}
