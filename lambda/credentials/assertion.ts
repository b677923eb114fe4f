import { createPrivateKey, randomUUID } from 'node:crypto';
import type { KeyCredentials } from './credentials';

/** Auth0 takes 5 minutes at most and recommends one; two leave room for a clock that is late. */
const LIFETIME_SECONDS = 120;

/**
 * A JWT that proves once that we hold the key (https://auth0.com/docs/get-started/authentication-and-authorization-flow/authenticate-with-private-key-jwt).
 * `origin`: of the domain that is asked, which may be a custom one. `now`: milliseconds since the epoch. jose is loaded
 * here, since most applications have a secret.
 */
export async function signAssertion(
  { clientId, privateKey, keyId }: KeyCredentials,
  { origin, now }: { readonly origin: string; readonly now: number },
): Promise<string> {
  const { SignJWT } = await import('jose/jwt/sign');
  const issuedAt = Math.floor(now / 1000);
  return new SignJWT()
    .setProtectedHeader({ alg: 'RS256', typ: 'JWT', ...(keyId === undefined ? {} : { kid: keyId }) })
    .setIssuer(clientId)
    .setSubject(clientId)
    .setAudience(`${origin}/`)
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + LIFETIME_SECONDS)
    .setJti(randomUUID())
    .sign(createPrivateKey(privateKey));
}
