import { createPrivateKey, randomUUID } from 'node:crypto';
import type { KeyCredentials } from './credentials';

/** Auth0 accepts 5 minutes at most and recommends 1 minute. 2 minutes allow for a clock that is late. */
const LIFETIME_SECONDS = 120;

/**
 * A JWT that proves one time that the auditor has the key
 * (https://auth0.com/docs/get-started/authentication-and-authorization-flow/authenticate-with-private-key-jwt).
 * `origin`: the origin of the requested domain, which can be a custom domain. `now`: milliseconds since the epoch. jose
 * is loaded only here, because most applications have a secret.
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
