import type { Sealed } from '../connection/sealed';
import { ROOT_ATTRIBUTES } from '../connection/setting';
import type { Decide, Decision, FreshConnection, Rewrite, WriteAnswer } from '../connection/tenant';
import type { Authorized } from './authorize';
import { BadAnswerError, NOT_SENT, NoAnswerError, RequestRefusedError } from './errors';
import type { Slots } from './exchange';
import type { Parsed } from './parsed';
import type { Transport } from './transport';
import { parseConnection } from './wire-connection';

/** Reads one connection with all its options. `undefined`: the API itself, not a proxy, reports that there is none. */
export async function readConnection(
  exchange: Authorized,
  id: string,
  slots?: Slots,
): Promise<FreshConnection | undefined> {
  try {
    return await exchange({
      doing: 'Reading a connection',
      method: 'GET',
      path: pathOf(id),
      secrets: [],
      parse: (body, text) => parseThis(id, body, text),
      ...(slots === undefined ? {} : { slots }),
    });
  } catch (error) {
    if (error instanceof RequestRefusedError && error.errorCode === 'inexistent_connection') return undefined;
    throw error;
  }
}

/**
 * Reads a connection and writes what `decide` returns for it. Slots for both exchanges are kept before the first, so
 * that no wait for the rate limit comes between them: a write of another client in that time would be lost unnoticed.
 */
export function rewriteConnection<D extends Decision>(
  { exchange, transport, now }: { exchange: Authorized; transport: Transport; now: () => number },
  { id, correlationId, decide }: { id: string; correlationId: string; decide: Decide<D> },
): Promise<Rewrite<D>> {
  return transport.together(2, 'Rewriting a connection', async (slots) => {
    const fresh = await readConnection(exchange, id, slots);
    const read = now();
    const decided = decide(fresh);
    const { body } = decided;
    const answer = body === undefined ? undefined : await writeConnection(exchange, { id, correlationId, body, slots });
    return { decided, answer, windowMs: now() - read };
  });
}

/**
 * Sends a PATCH one time: the API has no idempotency key, so a PATCH that might have been applied is never sent again.
 * Throws only `OutOfTimeError` and `CredentialsRefusedError`, when nothing was sent.
 */
async function writeConnection(
  exchange: Authorized,
  { id, correlationId, body, slots }: { id: string; correlationId: string; body: Sealed; slots: Slots },
): Promise<WriteAnswer> {
  const text = body.open();
  try {
    const { sealed } = await exchange({
      doing: 'Writing a connection',
      method: 'PATCH',
      path: pathOf(id),
      headers: { 'X-Correlation-ID': correlationId },
      body: text,
      secrets: textsIn(JSON.parse(text)),
      parse: (sent, answer) => parseThis(id, sent, answer),
      once: true,
      slots,
    });
    return { kind: 'answered', sealed };
  } catch (error) {
    if (error instanceof NoAnswerError && error.status === 429) {
      return { kind: 'turned_away', message: error.message, isOwn: error.isOwn };
    }
    if (error instanceof RequestRefusedError) return toAnswer(error);
    if (error instanceof NoAnswerError || error instanceof BadAnswerError)
      return { kind: 'unknown', message: error.message };
    throw error;
  }
}

/** A refusal that is not from the API itself does not count as one: the result of the PATCH is unknown. */
function toAnswer({ message, status, words, concerns }: RequestRefusedError): WriteAnswer {
  if (status === 401) return { kind: 'turned_away', message, isOwn: words !== undefined };
  if (status === NOT_SENT) return { kind: 'refused', message, words: '', concerns };
  if (words === undefined) return { kind: 'unknown', message };
  return { kind: 'refused', message, words, concerns };
}

/** An answer about another connection must never be merged into this connection or used to verify its write. */
function parseThis(id: string, body: unknown, text: string): Parsed<FreshConnection> {
  const parsed = parseConnection(body, text);
  return parsed.ok && parsed.value.connection.id !== id
    ? { ok: false, problem: 'the body is another connection' }
    : parsed;
}

function pathOf(id: string): string {
  return `/api/v2/connections/${encodeURIComponent(id)}`;
}

/**
 * Every text that is sent, because a refusal can quote a rejected value. The values of the setting itself can be shown.
 */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return ROOT_ATTRIBUTES.some((known) => known === value) ? [] : [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
