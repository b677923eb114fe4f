import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { Credentials } from '../credentials/credentials';
import { parseTenantAddress } from '../tenant-address';
import { parseSecret, SecretError } from './parse-secret';
import { AWS_CALL_MS, adviceAfter, causeOf, inTime } from './time-limit';

/** What the secret held, and when it was written. */
export interface ReadSecret {
  readonly credentials: Credentials;
  /** Milliseconds since the epoch; `undefined` where the answer does not tell. */
  readonly writtenAt: number | undefined;
}

/**
 * Throws `SecretNotFilledError` or `SecretError`. An AWS error is named, not carried: we cannot know what it holds.
 * `hosts`: the names of the tenant that this environment audits; a secret that names another one is refused.
 */
export async function readSecret(
  client: SecretsManagerClient,
  secretArn: string,
  hosts: readonly string[],
  limitMs = AWS_CALL_MS,
): Promise<ReadSecret> {
  const { text, writtenAt } = await readText(client, secretArn, limitMs);
  const { credentials, domain } = parseSecret(text, `Secret ${secretArn}`);
  if (domain !== undefined && !isOneOf(hosts, domain)) {
    throw new SecretError(
      `Secret ${secretArn}: its domain is not the environment's (${[...new Set(hosts)].join(' or ')}), so no request was made. Put the credentials of an application of that tenant there.`,
    );
  }
  return { credentials, writtenAt };
}

/** Whether the domain that a secret names is one of the tenant's. */
export function isOneOf(hosts: readonly string[], domain: string): boolean {
  const named = parseTenantAddress(domain);
  return named.ok && hosts.includes(named.address.host);
}

/** `CreatedDate`: of this version of the secret (Secrets Manager API reference, GetSecretValue). */
async function readText(client: SecretsManagerClient, secretArn: string, limitMs: number) {
  try {
    const command = new GetSecretValueCommand({ SecretId: secretArn });
    const { SecretString, CreatedDate } = await inTime(limitMs, (abortSignal) => client.send(command, { abortSignal }));
    // What answers may be no Secrets Manager.
    return { text: typeof SecretString === 'string' ? SecretString : '', writtenAt: CreatedDate?.getTime() };
  } catch (error) {
    const advice = adviceAfter(error, 'Check that it exists and that the role may read it.');
    throw new SecretError(`Reading secret ${secretArn}: ${causeOf(error)}.${advice}`);
  }
}
