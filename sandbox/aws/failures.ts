import type { ServerResponse } from 'node:http';
import { drip } from '../drip';
import type { AwsAnswer, AwsError } from './product';

/** The failure that replaces the answer to a call. */
type Failure =
  | AwsError
  /** No answer at all. */
  | { readonly hang: true }
  /** An answer that begins and never ends. */
  | { readonly drip: true }
  /** The connection breaks before any answer. */
  | { readonly reset: true }
  /** The head and half of the body of the real answer, then the connection breaks. The call has its effect. */
  | { readonly cut: true }
  /** Half of the body of the real answer, framed as if it were complete. The call has its effect. */
  | { readonly half: true }
  /** 200 with an HTML page, as proxies send. */
  | { readonly html: true }
  /** 200 without a body and without headers of the service. */
  | { readonly empty: true }
  /** The real answer with this body. The call has its effect. */
  | { readonly text: string }
  /** The real answer, for a script that only runs its hook. The call has its effect. */
  | { readonly answered: true };

/** A scripted failure and the calls that it affects. */
export type ScriptedFailure = Failure & {
  /** The number of calls that fail. Default: 1. */
  readonly times?: number;
  /** The first call that fails, from 1. Default: 1. Counted from the time at which the failure was scripted. */
  readonly nth?: number;
  /** Only calls about this resource: the key of an object, or the ARN of a topic. */
  readonly about?: RegExp;
  /** The call has its effect and only its answer is lost: the client cannot know from a 5xx whether the call had an effect. */
  readonly applied?: boolean;
  /** Runs when the failure occurs, after the effect of the call, if it has one. */
  readonly run?: () => void;
};

/** The scripted failures, each for one operation. */
export interface Failures {
  add(operation: string, failure: ScriptedFailure): void;
  /** Takes one failure of an operation; undefined if none is left. */
  take(operation: string, resource: string): ScriptedFailure | undefined;
  clear(): void;
}

/** Stores scripted failures in the order in which they were added. */
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

/** Whether the call has its effect before the failure. */
export function isApplied(failure: ScriptedFailure): boolean {
  return failure.applied === true || ['cut', 'half', 'text', 'answered'].some((name) => name in failure);
}

/** The end of an exchange: an answer, or one of these failures. `cut`: the answer ends in the middle. */
export type Reply =
  | { readonly kind: 'answer'; readonly answer: AwsAnswer }
  | { readonly kind: 'cut'; readonly answer: AwsAnswer }
  | { readonly kind: 'hang' }
  | { readonly kind: 'drip' }
  | { readonly kind: 'reset' };

/** The reply that replaces the real answer. The real answer exists only if the call had its effect. */
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

/** Without the checksum of the real body, because a client would detect the other body by it. */
function withBody({ status, headers }: AwsAnswer, body: string): AwsAnswer {
  const kept = Object.entries(headers).filter(([name]) => !name.startsWith('x-amz-checksum-'));
  return { status, headers: Object.fromEntries(kept), body };
}

function halfOf(body: string | Buffer): Buffer {
  const bytes = Buffer.from(body);
  return bytes.subarray(0, Math.ceil(bytes.length / 2));
}

/** Sends a reply. The client or the stop of the server ends a hanging reply. */
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

/** The status of a reply; 0 without an answer. */
export function statusOf(reply: Reply): number {
  if ('answer' in reply) return reply.answer.status;
  return reply.kind === 'drip' ? 200 : 0;
}
