import { verify } from 'node:crypto';
import { isObject, type Json, parseJson } from '../json';

export interface AssertionOptions {
  readonly clientId: string;
  /** PEM of the key that is registered for the application at Auth0. */
  readonly publicKey: string;
  readonly keyId: string;
  /** `https://<domain>/`, also for a custom domain. */
  readonly audiences: readonly string[];
  readonly now: () => number;
}

/** RFC 7523, section 2.2. */
const TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
/** docs authenticate-with-private-key-jwt.mdx: lifetime, clock skew and length of a claim. */
const [MAX_LIFETIME_SECONDS, SKEW_SECONDS, MAX_CLAIM_LENGTH] = [300, 10, 64];

/**
 * Accepts an assertion one time (docs authenticate-with-private-key-jwt.mdx). Returns the reason for a refusal, which Auth0
 * writes only to the log of the tenant (community.auth0.com/t/191217).
 */
export function createAssertions(options: AssertionOptions): (type: Json, assertion: Json) => string | undefined {
  const used = new Set<string>();

  return (type, assertion) => {
    if (type !== TYPE || typeof assertion !== 'string') return 'no assertion';
    const [head = '', body = '', signature = ''] = assertion.split('.');
    const [header, claims] = [decode(head), decode(body)];
    if (header.alg !== 'RS256') return 'alg';
    if (header.kid !== undefined && header.kid !== options.keyId) return 'kid';
    const signed = Buffer.from(`${head}.${body}`);
    if (!verify('sha256', signed, options.publicKey, Buffer.from(signature, 'base64url'))) return 'signature';
    return findWrongClaim(claims);
  };

  function findWrongClaim(claims: Readonly<Record<string, Json | undefined>>): string | undefined {
    const { iss, sub, aud, iat, exp, jti } = claims;
    const seconds = options.now() / 1000;
    if (iss !== options.clientId || sub !== options.clientId) return 'iss or sub';
    if (typeof aud !== 'string' || !options.audiences.includes(aud)) return 'aud';
    if (iat !== undefined && (typeof iat !== 'number' || iat > seconds + SKEW_SECONDS)) return 'iat';
    if (typeof exp !== 'number' || exp <= seconds) return 'exp';
    if (exp - (typeof iat === 'number' ? iat : seconds) > MAX_LIFETIME_SECONDS) return 'exp more than 5 minutes';
    if (typeof jti !== 'string' || jti === '' || jti.length > MAX_CLAIM_LENGTH) return 'jti';
    if (used.has(jti)) return 'jti used before';
    used.add(jti);
    return undefined;
  }
}

function decode(part: string): Readonly<Record<string, Json | undefined>> {
  const parsed = parseJson(Buffer.from(part, 'base64url').toString('utf8'));
  return parsed.ok && isObject(parsed.value) ? parsed.value : {};
}
