import * as z from 'zod';
import { type Parsed, placesOf } from './parsed';

/** A token as the token endpoint returns it. */
export interface TokenAnswer {
  readonly accessToken: string;
  /** Seconds. */
  readonly expiresIn: number;
  /** `undefined` if neither the answer nor the token's payload contains scopes. */
  readonly scopes: ReadonlySet<string> | undefined;
}

const rawToken = z.object({
  // The characters that a header can carry (RFC 9110, section 5.5). With any other character, another token would be
  // sent.
  access_token: z.string().regex(/^[!-~]+$/),
  expires_in: z.number().positive(),
  scope: z.string().optional(),
});

export function parseToken(body: unknown): Parsed<TokenAnswer> {
  const parsed = rawToken.safeParse(body);
  if (!parsed.success) return { ok: false, problem: `the body is not a token answer: ${placesOf(parsed.error)}` };
  const { access_token, expires_in, scope } = parsed.data;
  const granted = scope ?? scopeInPayload(access_token);
  const scopes = granted === undefined ? undefined : new Set(granted.split(' ').filter((name) => name !== ''));
  return { ok: true, value: { accessToken: access_token, expiresIn: expires_in, scopes } };
}

const payload = z.object({ scope: z.string() });

/** Reads `scope` from the payload of a JWT without verification: the token is for this auditor, and the API decides. */
function scopeInPayload(token: string): string | undefined {
  try {
    const text = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8');
    return payload.safeParse(JSON.parse(text)).data?.scope;
  } catch {
    return undefined;
  }
}
