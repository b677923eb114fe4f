import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { readSecret } from '../../lambda/aws/secret';
import { TenantFailure } from '../../lambda/connection/tenant';
import type { Credentials } from '../../lambda/credentials/credentials';
import { type AwsConfig, inRegionOf } from './aws-config';
import { readCredentialVariables } from './credential-variables';

export type ReadCredentials = () => Promise<Credentials>;

type Variables = Readonly<Record<string, string | undefined>>;

/** Any of these says that the person brings credentials of their own. */
const OWN = ['AUTH0_CLIENT_ID', 'AUTH0_CLIENT_SECRET', 'AUTH0_PRIVATE_KEY', 'AUTH0_PRIVATE_KEY_ID'] as const;

export function hasOwnCredentials(variables: Variables): boolean {
  return ownCredentialNames(variables).length > 0;
}

/** The variables that are set, by their names. */
export function ownCredentialNames(variables: Variables): readonly string[] {
  return OWN.filter((name) => (variables[name] ?? '') !== '');
}

/** The application that the variables name. Names each bad one. */
export function readOwnCredentials(variables: Variables, problems: string[]): ReadCredentials {
  const credentials = readCredentialVariables(variables, problems);
  return () => Promise.resolve(credentials);
}

/**
 * The application whose credentials are in a secret, in the region that its ARN names. It is read when a token is needed,
 * and again when the tenant refuses it. `hosts`: the names of the tenant.
 */
export function readFromSecret(secretArn: string, hosts: readonly string[], aws: AwsConfig): ReadCredentials {
  const client = new SecretsManagerClient(inRegionOf(secretArn, aws));
  return () => readSecret(client, secretArn, hosts);
}

/** Where nobody knows the credentials, a command that goes on without them is told why when it asks. */
export function withoutCredentials(problem: string): ReadCredentials {
  return () => Promise.reject(new TenantFailure('setup_needed', problem));
}
