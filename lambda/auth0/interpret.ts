import { parseJson } from '../connection/parse-json';
import { adviseOn, adviseOnSilence } from './advice';
import { BadAnswerError, NoAnswerError, RequestRefusedError } from './errors';
import { describe, type Exchange, TOKEN_PATH } from './exchange';
import type { Parsed } from './parsed';
import { redact } from './redact';
import type { RawAnswer } from './request';
import { readErrorBody } from './wire-error';

export type Result<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly repeatable: boolean; readonly error: Error };

/**
 * Turns an answer, or its absence, into a value or an error of this client, and states whether repeating could help.
 */
export function interpret<T>(request: Exchange<T>, answer: RawAnswer): Result<T> {
  const asked = describe(request);
  const { status } = answer;
  if (status === undefined) return interpretSilence(asked, answer.broken);

  const body = parseBody(answer.text);
  if (status >= 200 && status < 300) {
    const parsed = body.ok ? request.parse(body.value, answer.text ?? '') : body;
    if (parsed.ok) return parsed;
    return { ok: false, repeatable: true, error: new BadAnswerError(`${asked}: ${status}, but ${parsed.problem}.`) };
  }

  const { code: rawCode, words, isEnvelope, concerns } = readErrorBody(body.ok ? body.value : undefined, status);
  const code = rawCode === undefined ? undefined : redact(rawCode, request.secrets);
  const said = [code, words].filter((part) => part !== undefined).join(': ');
  const message = `${asked}: ${status} ${redact(said, request.secrets)}`.trimEnd().replace(/\.?$/, '.');
  if (status === 408 || status === 429 || status >= 500) {
    const error = new NoAnswerError(withAdvice(message, adviseOn(status, said)), { status, isOwn: isEnvelope });
    return { ok: false, repeatable: true, error };
  }
  // For these answers of the token endpoint, the caller in token.ts adds the advice.
  const advice = request.path === TOKEN_PATH && [400, 401, 403].includes(status) ? '' : adviseOn(status, said);
  return {
    ok: false,
    repeatable: false,
    error: new RequestRefusedError(withAdvice(message, advice), {
      status,
      errorCode: code,
      words: isEnvelope ? redact(words ?? '', request.secrets) : undefined,
      concerns,
    }),
  };
}

function interpretSilence(asked: string, code: string): Result<never> {
  const { reason, advice, isLasting } = adviseOnSilence(code);
  const error = new NoAnswerError(withAdvice(`${asked}: no answer (${code}).`, advice), { status: undefined, reason });
  return { ok: false, repeatable: !isLasting, error };
}

function withAdvice(message: string, advice: string): string {
  return advice === '' ? message : `${message} ${advice}`;
}

function parseBody(text: string | undefined): Parsed<unknown> {
  if (text === undefined) return { ok: false, problem: 'the body is not UTF-8' };
  if (text.trim() === '') return { ok: false, problem: 'the body is empty' };
  const value = parseJson(text);
  return value === undefined
    ? { ok: false, problem: `the body is not JSON (${text.length} characters)` }
    : { ok: true, value };
}
