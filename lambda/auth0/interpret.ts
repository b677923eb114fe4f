import { parseJson } from '../connection/parse-json';
import { BadAnswerError, NoAnswerError, RequestRefusedError } from './errors';
import { describe, type Exchange, TOKEN_PATH } from './exchange';
import type { Parsed } from './parsed';
import { redact } from './redact';
import type { RawAnswer } from './request';
import { readErrorBody } from './wire-error';

export type Result<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly repeatable: boolean; readonly error: Error };

/** Turns whatever came back into a value or one of our errors, and says whether asking again could help. */
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

  const { code: rawCode, words, isEnvelope } = readErrorBody(body.ok ? body.value : undefined, status);
  const code = rawCode === undefined ? undefined : redact(rawCode, request.secrets);
  const said = [code, words].filter((part) => part !== undefined).join(': ');
  const message = `${asked}: ${status} ${redact(said, request.secrets)}`.trimEnd().replace(/\.?$/, '.');
  const advice = request.path === TOKEN_PATH && status === 403 ? '' : adviseOn(status);
  if (status === 408 || status === 429 || status >= 500) {
    return { ok: false, repeatable: true, error: new NoAnswerError(`${message}${adviseOn(status)}`, status) };
  }
  return {
    ok: false,
    repeatable: false,
    error: new RequestRefusedError(`${message}${advice}`, {
      status,
      errorCode: code,
      words: isEnvelope ? redact(words ?? '', request.secrets) : undefined,
    }),
  };
}

/** Failures that a second attempt meets again. */
const LASTING =
  /^(ENOTFOUND|EPROTO|ANSWER_TOO_LARGE|ERR_INVALID_URL|ERR_TLS|CERT_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_)/;

function interpretSilence(asked: string, code: string): Result<never> {
  const advice = /CERT|TLS|UNABLE_TO_|SELF_SIGNED/.test(code)
    ? ' The certificate is not trusted here; a private authority goes into NODE_EXTRA_CA_CERTS.'
    : code === 'ENOTFOUND'
      ? ' Check the domain.'
      : '';
  const error = new NoAnswerError(`${asked}: no answer (${code}).${advice}`, undefined);
  return { ok: false, repeatable: !LASTING.test(code), error };
}

function adviseOn(status: number): string {
  if (status === 429) return ' Others use up the rate limit of the tenant: run at a quieter hour.';
  if (status === 403) return ' Grant the scope to the machine-to-machine application.';
  if (status < 400) return ' The tenant redirects: check the domain.';
  return '';
}

function parseBody(text: string | undefined): Parsed<unknown> {
  if (text === undefined) return { ok: false, problem: 'the body is not UTF-8' };
  if (text.trim() === '') return { ok: false, problem: 'the body is empty' };
  const value = parseJson(text);
  return value === undefined
    ? { ok: false, problem: `the body is not JSON (${text.length} characters)` }
    : { ok: true, value };
}
