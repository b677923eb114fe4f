import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { Credentials } from '../credentials/credentials';
import { parseTenantAddress } from '../tenant-address';
import { parseSecret, SecretError } from './parse-secret';
import { AWS_CALL_MS, adviceAfter, causeOf, inTime } from './time-limit';

/**
 * Throws `SecretNotFilledError` or `SecretError`. An AWS error is named, not carried: we cannot know what it holds.
 * `hosts`: the names of the tenant that this environment audits; a secret that names another one is refused.
 */
export async function readSecret(
  client: SecretsManagerClient,
  secretArn: string,
  hosts: readonly string[],
  limitMs = AWS_CALL_MS,
): Promise<Credentials> {
  const { credentials, domain } = parseSecret(await readText(client, secretArn, limitMs), `Secret ${secretArn}`);
  if (domain !== undefined && !isOneOf(hosts, domain)) {
    throw new SecretError(
      `Secret ${secretArn}: its domain is not the environment's (${[...new Set(hosts)].join(' or ')}), so no request was made. Put the credentials of an application of that tenant there.`,
    );
  }
  return credentials;
}

/** Whether the domain that a secret names is one of the tenant's. */
export function isOneOf(hosts: readonly string[], domain: string): boolean {
  const named = parseTenantAddress(domain);
  return named.ok && hosts.includes(named.address.host);
}

async function readText(client: SecretsManagerClient, secretArn: string, limitMs: number): Promise<string> {
  try {
    const command = new GetSecretValueCommand({ SecretId: secretArn });
    const { SecretString } = await inTime(limitMs, (abortSignal) => client.send(command, { abortSignal }));
    // What answers may be no Secrets Manager.
    return typeof SecretString === 'string' ? SecretString : '';
  } catch (error) {
    const advice = adviceAfter(error, 'Check that it exists and that the role may read it.');
    throw new SecretError(`Reading secret ${secretArn}: ${causeOf(error)}.${advice}`);
  }
}
