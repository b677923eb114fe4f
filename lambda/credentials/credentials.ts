/** A machine-to-machine application of the tenant, and its secret or private key. */
export type Credentials = SecretCredentials | KeyCredentials;

export interface SecretCredentials {
  readonly clientId: string;
  readonly clientSecret: string;
}

/** For `private_key_jwt` (RFC 7523). */
export interface KeyCredentials {
  readonly clientId: string;
  /** An RSA key as PEM text, with line ends. */
  readonly privateKey: string;
  /** Auth0's id of the public key. Without this id, Auth0 tries each key of the application. */
  readonly keyId: string | undefined;
}

export function isSame(one: Credentials, other: Credentials): boolean {
  return one.clientId === other.clientId && proofOf(one) === proofOf(other);
}

function proofOf(credentials: Credentials): string {
  if (!('privateKey' in credentials)) return JSON.stringify([credentials.clientSecret]);
  return JSON.stringify([credentials.privateKey, credentials.keyId ?? null]);
}

/**
 * The texts that no message is allowed to repeat: the secret; or the lines of the private key, and these lines joined
 * as one line and as JSON writes them.
 */
export function secretsOf(credentials: Credentials): readonly string[] {
  if (!('privateKey' in credentials)) return [credentials.clientSecret];
  const lines = credentials.privateKey.split('\n').filter((line) => line !== '' && !line.startsWith('-----'));
  return [...lines, lines.join(''), lines.join('\\n')];
}
