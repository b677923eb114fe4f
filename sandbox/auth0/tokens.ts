import { isObject, type Json, type JsonObject, parseJson } from '../json';
import { type Answer, unauthorized } from './answers';

export interface TokenOptions {
  readonly clientId: string;
  readonly clientSecret: string;
  /** Set if the application has a key instead of the secret (private_key_jwt). Returns the reason if an assertion is refused. */
  readonly checkAssertion?: (type: Json, assertion: Json) => string | undefined;
  readonly scopes: readonly string[];
  /** The audiences with a client grant. A real tenant has only `https://<canonical domain>/api/v2/`. */
  readonly audiences: readonly string[];
  /** The audience of the custom domain of the tenant, which the tenant refuses. */
  readonly foreignAudience: string | undefined;
  readonly issuer: string;
  readonly lifetimeSeconds: number;
  readonly omitScopeInAnswer: boolean;
  /** The scopes in the payload of the token, if they differ from the grant; 'absent' for no scopes. */
  readonly jwtScopes?: readonly string[] | 'absent';
  readonly now: () => number;
}

export type Admission =
  | { readonly ok: true; readonly scopes: readonly string[] }
  | { readonly ok: false; refusal: Answer };

export interface Tokens {
  /** POST /oauth/token, form or JSON. */
  issue(contentType: string, body: string): Answer;
  admit(authorization: string | undefined): Admission;
  rotateSecret(secret: string): void;
  secret(): string;
  setScopes(scopes: readonly string[]): void;
  /** Refuses all earlier tokens, as after a change of the signing key. */
  revokeAll(): void;
}

export function createTokens(options: TokenOptions): Tokens {
  const issued = new Map<
    string,
    { readonly expiresAt: number; readonly scopes: readonly string[]; revoked: boolean }
  >();
  let secret = options.clientSecret;
  let scopes = options.scopes;

  function refuseClient(form: TokenForm): Answer | undefined {
    const { client_id, client_secret, client_assertion_type = null, client_assertion = null } = form;
    const isKnown = client_id === options.clientId;
    if (options.checkAssertion === undefined || client_assertion === null) {
      const isSecret = options.checkAssertion === undefined && client_secret === secret;
      return isKnown && isSecret ? undefined : refuse(401, 'access_denied', 'Unauthorized');
    }
    // community.auth0.com/t/191217 contains the error. unconfirmed: the status and the sentence.
    return isKnown && options.checkAssertion(client_assertion_type, client_assertion) === undefined
      ? undefined
      : refuse(401, 'invalid_client', 'Failed client authentication');
  }

  return {
    issue(contentType, body) {
      const form = parseTokenRequest(contentType, body);
      // Errors have the form of OAuth, not the envelope of the Management API (deploy-cli e2e_recordings.md).
      if (form.grant_type !== 'client_credentials') {
        return refuse(
          403,
          'unauthorized_client',
          `Grant type '${String(form.grant_type)}' not allowed for the client.`,
        );
      }
      const refusal = refuseClient(form);
      if (refusal !== undefined) return refusal;
      const { audience } = form;
      if (options.foreignAudience !== undefined && audience === options.foreignAudience) {
        // node-auth0 issue 292, auth0-PHP issue 538: a request with the audience of the custom domain.
        return refuse(403, 'access_denied', `Service not enabled within domain: ${audience}`);
      }
      if (typeof audience !== 'string' || !options.audiences.includes(audience)) {
        // public reports, not recorded. docs custom-domains.mdx:108: the audience of a custom domain is wrong too.
        return refuse(
          403,
          'access_denied',
          `Client is not authorized to access "${String(audience)}". You need to create a "client-grant" associated to this API.`,
        );
      }
      const issuedAt = Math.floor(options.now() / 1000);
      const claimed = options.jwtScopes ?? scopes;
      const payload: JsonObject = {
        iss: options.issuer,
        sub: `${options.clientId}@clients`,
        aud: audience,
        iat: issuedAt,
        exp: issuedAt + options.lifetimeSeconds,
        gty: 'client-credentials',
        azp: options.clientId,
        ...(claimed === 'absent' ? {} : { scope: claimed.join(' ') }),
      };
      const parts = [{ alg: 'none', typ: 'JWT' }, payload].map((part) =>
        Buffer.from(JSON.stringify(part)).toString('base64url'),
      );
      const token = `${parts.join('.')}.made-up-signature-${issued.size + 1}`;
      issued.set(token, { expiresAt: (issuedAt + options.lifetimeSeconds) * 1000, scopes, revoked: false });
      return {
        status: 200,
        body: {
          access_token: token,
          ...(options.omitScopeInAnswer ? {} : { scope: scopes.join(' ') }),
          expires_in: options.lifetimeSeconds,
          token_type: 'Bearer',
        },
      };
    },

    admit(authorization) {
      if (authorization === undefined) return { ok: false, refusal: unauthorized('Missing authentication') };
      const token = issued.get(authorization.replace(/^Bearer /i, ''));
      if (token === undefined) return { ok: false, refusal: unauthorized('Invalid token') };
      if (token.revoked) {
        return { ok: false, refusal: unauthorized('Invalid signature received for JSON Web Token validation') };
      }
      if (options.now() >= token.expiresAt) {
        return { ok: false, refusal: unauthorized('Expired token received for JSON Web Token validation') };
      }
      return { ok: true, scopes: token.scopes };
    },

    rotateSecret(next) {
      secret = next;
    },
    secret: () => secret,
    setScopes(next) {
      scopes = next;
    },
    revokeAll() {
      for (const token of issued.values()) token.revoked = true;
    },
  };
}

type TokenForm = { readonly [key: string]: Json | undefined };

function parseTokenRequest(contentType: string, body: string): TokenForm {
  if (!contentType.includes('json')) return Object.fromEntries(new URLSearchParams(body));
  const parsed = parseJson(body);
  return parsed.ok && isObject(parsed.value) ? parsed.value : {};
}

function refuse(status: number, error: string, description: string): Answer {
  return { status, body: { error, error_description: description } };
}
