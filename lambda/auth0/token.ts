import { signAssertion } from '../credentials/assertion';
import { type Credentials, isSame, secretsOf } from '../credentials/credentials';
import { adviseOnToken } from './advice';
import { CredentialsRefusedError, RequestRefusedError } from './errors';
import { type FreshBody, TOKEN_PATH } from './exchange';
import type { Transport } from './transport';
import { parseToken, type TokenAnswer } from './wire-token';

export interface Token {
  readonly value: string;
  readonly scopes: ReadonlySet<string> | undefined;
}

/** Keeps one token for all runs of its instance. A warm function requests a token one time a day. */
export interface TokenHolder {
  /** The token, or the token request that is already under way. Throws `CredentialsRefusedError` if Auth0 refuses. */
  get(transport: Transport): Promise<Token>;
  /** Forgets this refused token. A token that was renewed in the meantime is kept. */
  drop(refused: string): void;
  /** Forgets any token, so that the next run sees scopes that were granted in the meantime. */
  forget(): void;
}

export interface TokenHolderOptions {
  /** The origin of the requested domain, which can be a custom domain. */
  readonly origin: string;
  /**
   * `https://{canonical domain}/api/v2/`, also if the tenant is reached through a custom domain (Auth0 docs, custom
   * domains).
   */
  readonly audience: string;
  /** Reads the secret. Called one more time if the grant is refused, because the secret might have been rotated. */
  readonly readCredentials: () => Promise<Credentials>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

const RENEW_EARLY_MS = 5 * 60_000;

export function createTokenHolder({ origin, audience, readCredentials, now }: TokenHolderOptions): TokenHolder {
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
      const answer = await requestToken(transport, first);
      credentials = first;
      return answer;
    } catch (error) {
      if (!(error instanceof CredentialsRefusedError)) throw error;
      credentials = undefined;
      const fresh = await readCredentials();
      if (isSame(fresh, first)) throw error;
      const answer = await requestToken(transport, fresh);
      credentials = fresh;
      return answer;
    }
  }

  async function requestToken(transport: Transport, known: Credentials): Promise<TokenAnswer> {
    try {
      return await transport.exchange({
        doing: 'Asking for a token',
        method: 'POST',
        path: TOKEN_PATH,
        body: () => writeRequest(known),
        secrets: secretsOf(known),
        parse: parseToken,
      });
    } catch (error) {
      if (!(error instanceof RequestRefusedError) || ![400, 401, 403].includes(error.status)) throw error;
      const asked = { audience, hasPrivateKey: 'privateKey' in known };
      const { reason, advice } = adviseOnToken(error.status, error.message, asked);
      throw new CredentialsRefusedError(`${error.message} ${advice}`, reason);
    }
  }

  /** Called for each attempt: Auth0 accepts an assertion only one time. */
  async function writeRequest(known: Credentials): Promise<FreshBody> {
    const request = { grant_type: 'client_credentials', client_id: known.clientId, audience };
    if (!('privateKey' in known)) {
      return { text: JSON.stringify({ ...request, client_secret: known.clientSecret }), secrets: [] };
    }
    const assertion = await signAssertion(known, { origin, now: now() });
    // RFC 7523, section 2.2.
    const type = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
    const text = JSON.stringify({ ...request, client_assertion_type: type, client_assertion: assertion });
    return { text, secrets: [assertion] };
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
