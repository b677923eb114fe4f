import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { Credentials } from '../credentials/credentials';
import { parseTenantAddress } from '../tenant-address';
import { parseSecret, SecretError } from './parse-secret';
import { AWS_CALL_MS, adviceAfter, causeOf, inTime } from './time-limit';

/** The content of the secret, and when it was written. */
export interface ReadSecret {
  readonly credentials: Credentials;
  /** Milliseconds since the epoch; `undefined` if the answer does not contain it. */
  readonly writtenAt: number | undefined;
}

/**
 * Throws `SecretNotFilledError` or `SecretError`. A message names an AWS error and does not include it, because its
 * content is unknown. `hosts`: the names of the tenant that this environment audits; a secret that names another tenant
 * is refused.
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
      `Secret ${secretArn}: its domain is not a domain of the environment (${[...new Set(hosts)].join(' or ')}), so no request was made. Put the credentials of an application of that tenant into the secret.`,
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
    // The answer might not come from Secrets Manager.
    return { text: typeof SecretString === 'string' ? SecretString : '', writtenAt: CreatedDate?.getTime() };
  } catch (error) {
    const advice = adviceAfter(error, 'Check that the secret exists and that the role is allowed to read it.');
    throw new SecretError(`Reading secret ${secretArn}: ${causeOf(error)}.${advice}`);
  }
}
