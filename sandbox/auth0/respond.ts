import type { ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { drip } from '../drip';
import { isObject, type Json, without } from '../json';
import type { Answer } from './answers';
import type { Fault } from './faults';

/** Writes an answer like the API. */
export function respond(response: ServerResponse, answer: Answer): void {
  const text = answer.body === undefined ? '' : JSON.stringify(answer.body);
  write(response, answer.status, { 'content-type': 'application/json; charset=utf-8', ...answer.headers }, text);
}

/** The failure for a fault before the request is handled; undefined for a later fault. */
export function actBefore(fault: Fault): 'hook' | 'instead' | 'later' {
  switch (fault.name) {
    case 'before':
      return 'hook';
    case 'status':
    case 'hang':
    case 'drip':
    case 'html':
    case 'empty':
    case 'wrong_shape':
      return fault.apply === true ? 'later' : 'instead';
    case 'reset':
    case 'endless_next':
    case 'huge':
    case 'redirect':
      return 'instead';
    case 'reset_after':
    case 'half_json':
    case 'not_utf8':
    case 'cut':
    case 'repeat_next':
    case 'lose_next':
    case 'duplicate':
    case 'after_apply':
      return 'later';
    default:
      return unknownFault(fault);
  }
}

/** The data that a realistic failure of an exchange needs. */
export interface Struck {
  readonly response: ServerResponse;
  readonly query: URLSearchParams;
  readonly requestNumber: number;
  /** The real answer. A fault that is not applied has no answer, only its headers. */
  readonly answer: Answer;
}

/** Fails in the way of the fault. Returns the sent status, or undefined if no answer was sent. */
export function goWrong(fault: Fault, { response, query, requestNumber, answer }: Struck): number | undefined {
  const json = { 'content-type': 'application/json; charset=utf-8', ...answer.headers };
  switch (fault.name) {
    case 'status':
      write(
        response,
        fault.status,
        { ...json, ...fault.headers },
        fault.body === undefined ? '' : JSON.stringify(fault.body),
      );
      return fault.status;
    case 'reset':
    case 'reset_after':
      reset(response);
      return undefined;
    case 'hang':
      return undefined;
    case 'drip':
      drip(response, json);
      return 200;
    case 'half_json': {
      const text = JSON.stringify(answer.body ?? {});
      write(response, answer.status, json, text.slice(0, Math.ceil(text.length / 2)));
      return answer.status;
    }
    case 'not_utf8': {
      const bytes = Buffer.from(JSON.stringify(answer.body ?? ''));
      bytes[bytes.lastIndexOf('"') - 1] = 0xff;
      response.writeHead(answer.status, { ...json, 'content-length': bytes.length });
      response.end(bytes);
      return answer.status;
    }
    case 'cut': {
      const text = Buffer.from(JSON.stringify(answer.body ?? {}));
      response.writeHead(answer.status, { ...json, 'content-length': text.length });
      response.write(text.subarray(0, Math.ceil(text.length / 2)), () => reset(response));
      return answer.status;
    }
    case 'html':
      write(
        response,
        200,
        { ...answer.headers, 'content-type': 'text/html' },
        '<html><body>Please sign in</body></html>',
      );
      return 200;
    case 'empty':
      write(response, 200, json, '');
      return 200;
    case 'wrong_shape':
      write(response, 200, json, JSON.stringify(fault.body ?? {}));
      return 200;
    case 'repeat_next':
      respond(response, { ...answer, body: withNext(answer.body, query.get('from')) });
      return answer.status;
    case 'lose_next':
      respond(response, { ...answer, body: isObject(answer.body) ? without(answer.body, ['next']) : answer.body });
      return answer.status;
    case 'endless_next':
      write(response, 200, json, JSON.stringify({ connections: [], next: `made-up-next-${requestNumber}` }));
      return 200;
    case 'duplicate':
      respond(response, { ...answer, body: withFirstAgain(answer.body) });
      return answer.status;
    case 'huge':
      writeHuge(response, json, fault.bytes ?? 64 * 1024 * 1024);
      return 200;
    case 'redirect':
      write(response, 302, { ...answer.headers, location: fault.to }, '');
      return 302;
    case 'before':
    case 'after_apply':
      return answer.status;
    default:
      return unknownFault(fault);
  }
}

function write(
  response: ServerResponse,
  status: number,
  headers: { readonly [name: string]: string },
  text: string,
): void {
  const bytes = Buffer.from(text);
  response.writeHead(status, { ...headers, 'content-length': bytes.length });
  response.end(bytes);
}

function reset(response: ServerResponse): void {
  const { socket } = response;
  if (socket === null) return;
  // A TLS socket cannot send a bare RST. For the other side, destroy looks like a reset.
  if (socket.constructor === Socket) socket.resetAndDestroy();
  else socket.destroy();
}

/** A page that was requested with a cursor points to itself. The first page still points to the second page. */
function withNext(body: Json | undefined, from: string | null): Json | undefined {
  if (!isObject(body) || from === null) return body;
  return { ...body, next: from };
}

function withFirstAgain(body: Json | undefined): Json | undefined {
  if (!isObject(body)) return body;
  const { connections } = body;
  if (!Array.isArray(connections) || connections[0] === undefined) return body;
  return { ...body, connections: [...connections, connections[0]] };
}

/** Sends the body in pieces, at the speed of the reader, so that a client that disconnects early costs nothing. */
function writeHuge(response: ServerResponse, headers: { readonly [name: string]: string }, bytes: number): void {
  const open = '{"connections":[],"filler":"';
  const close = '"}';
  response.writeHead(200, { ...headers, 'content-length': Math.max(bytes, open.length + close.length) });
  response.write(open);
  let left = bytes - open.length - close.length;
  const pump = (): void => {
    while (left > 0 && !response.destroyed) {
      const piece = 'x'.repeat(Math.min(left, 1024 * 1024));
      left -= piece.length;
      if (!response.write(piece)) {
        response.once('drain', pump);
        return;
      }
    }
    if (!response.destroyed) response.end(close);
  };
  pump();
}

function unknownFault(fault: never): never {
  throw new Error(`no such fault: ${JSON.stringify(fault)}`);
}
