import { CredentialsRefusedError, RequestRefusedError } from './errors';
import { TOKEN_PATH } from './exchange';
import type { Transport } from './transport';
import { parseToken, type TokenAnswer } from './wire-token';

/** A machine-to-machine application of the tenant. */
export interface Credentials {
  readonly clientId: string;
  readonly clientSecret: string;
}

export interface Token {
  readonly value: string;
  readonly scopes: ReadonlySet<string> | undefined;
}

/** Holds one token for as many runs as its instance lives; a warm function asks once a day. */
export interface TokenHolder {
  /** The token, or the one request for it that is already under way. Throws `CredentialsRefusedError` when refused. */
  get(transport: Transport): Promise<Token>;
  /** Forgets this token, which was refused; one that was renewed in the meantime stays. */
  drop(refused: string): void;
  /** Forgets any token, so that the next run sees scopes that were granted since. */
  forget(): void;
}

export interface TokenHolderOptions {
  /** `https://{canonical domain}/api/v2/`, also where the tenant is reached through a custom domain (Auth0 docs, custom domains). */
  readonly audience: string;
  /** Reads the secret; called again once when the grant is refused, since the secret may have been rotated. */
  readonly readCredentials: () => Promise<Credentials>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

const RENEW_EARLY_MS = 5 * 60_000;

export function createTokenHolder({ audience, readCredentials, now }: TokenHolderOptions): TokenHolder {
  let current: { readonly token: Token; readonly renewAt: number } | undefined;
  let underWay: Promise<Token> | undefined;
  let credentials: Credentials | undefined;

  async function renew(transport: Transport): Promise<Token> {
    const asked = now();
    const { accessToken, expiresIn, scopes } = await grant(transport);
    const lifetime = expiresIn * 1000;
    const token = { value: accessToken, scopes };
    current = { token, renewAt: asked + lifetime - Math.min(RENEW_EARLY_MS, lifetime / 10) };
    return token;
  }

  async function grant(transport: Transport): Promise<TokenAnswer> {
    const known = credentials;
    const first = known ?? (await readCredentials());
    try {
      const answer = await requestToken(transport, audience, first);
      credentials = first;
      return answer;
    } catch (error) {
      if (!(error instanceof CredentialsRefusedError)) throw error;
      credentials = undefined;
      const fresh = await readCredentials();
      if (fresh.clientId === first.clientId && fresh.clientSecret === first.clientSecret) throw error;
      const answer = await requestToken(transport, audience, fresh);
      credentials = fresh;
      return answer;
    }
  }

  return {
    get(transport) {
      if (current !== undefined && now() < current.renewAt) return Promise.resolve(current.token);
      underWay ??= renew(transport).finally(() => {
        underWay = undefined;
      });
      return underWay;
    },
    drop(refused) {
      if (current?.token.value === refused) current = undefined;
    },
    forget() {
      current = undefined;
    },
  };
}

async function requestToken(transport: Transport, audience: string, credentials: Credentials): Promise<TokenAnswer> {
  const { clientId, clientSecret } = credentials;
  try {
    return await transport.exchange({
      doing: 'Asking for a token',
      method: 'POST',
      path: TOKEN_PATH,
      body: JSON.stringify({
        grant_type: 'client_credentials',
        client_id: clientId,
        client_secret: clientSecret,
        audience,
      }),
      secrets: [clientSecret],
      parse: parseToken,
    });
  } catch (error) {
    if (!(error instanceof RequestRefusedError) || ![400, 401, 403].includes(error.status)) throw error;
    const remedy =
      error.status === 403
        ? `Authorize the application for the Auth0 Management API; the audience asked for is ${audience}.`
        : 'Check client_id and client_secret of the machine-to-machine application, and that it belongs to this tenant.';
    throw new CredentialsRefusedError(`${error.message} ${remedy}`);
  }
}
