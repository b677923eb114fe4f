import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { readSecret } from '../../lambda/aws/secret';
import { TenantFailure } from '../../lambda/connection/tenant';
import type { Credentials } from '../../lambda/credentials/credentials';
import { sentence } from '../sentence';
import { type AwsConfig, inRegionOf } from './aws-config';
import { readCredentialVariables } from './credential-variables';

export type ReadCredentials = () => Promise<Credentials>;

type Variables = Readonly<Record<string, string | undefined>>;

/** If any of these is set, the operator supplies the credentials. */
const OWN = ['AUTH0_CLIENT_ID', 'AUTH0_CLIENT_SECRET', 'AUTH0_PRIVATE_KEY', 'AUTH0_PRIVATE_KEY_ID'] as const;

export function hasOwnCredentials(variables: Variables): boolean {
  return ownCredentialNames(variables).length > 0;
}

/** The names of the variables that are set. */
export function ownCredentialNames(variables: Variables): readonly string[] {
  return OWN.filter((name) => (variables[name] ?? '') !== '');
}

/** Reads the credentials in the variables. Adds a problem for each variable that is wrong. */
export function readOwnCredentials(variables: Variables, problems: string[]): ReadCredentials {
  const credentials = readCredentialVariables(variables, problems);
  return () => Promise.resolve(credentials);
}

/**
 * Reads the credentials from a secret, in the region of its ARN. The secret is read when a token is needed, and again when
 * the tenant refuses the credentials. `hosts`: the names of the tenant.
 */
function readFromSecret(secretArn: string, hosts: readonly string[], aws: AwsConfig): ReadCredentials {
  const client = new SecretsManagerClient(inRegionOf(secretArn, aws));
  return async () => (await readSecret(client, secretArn, hosts)).credentials;
}

interface Choice {
  /** The secret to read, if one is known and no variable takes precedence. */
  readonly secretArn: string | undefined;
  /** The names of the tenant. */
  readonly hosts: readonly string[];
  readonly aws: AwsConfig;
  readonly variables: Variables;
  /** Only the variables can supply the credentials. */
  readonly mustBeOwn: boolean;
  /** The command cannot continue without credentials. If false, `ReadCredentials` rejects with the reason. */
  readonly isNeeded: boolean;
  /** Why no secret is known, as the end of a sentence; `undefined`: already reported, or there is no reason. */
  readonly whyNone: string | undefined;
}

/** The known credentials with the highest precedence. Adds a problem if they are missing. */
export function chooseCredentials(
  { secretArn, hosts, aws, variables, mustBeOwn, isNeeded, whyNone }: Choice,
  problems: string[],
): ReadCredentials {
  if (secretArn !== undefined) return readFromSecret(secretArn, hosts, aws);
  if (mustBeOwn) return readOwnCredentials(variables, problems);
  const reason = whyNone ?? 'no credentials of the Auth0 application are given';
  const problem = `${reason}. Export AUTH0_CLIENT_ID and AUTH0_CLIENT_SECRET or AUTH0_PRIVATE_KEY, or give --secret ARN`;
  if (isNeeded) problems.push(problem);
  return () => Promise.reject(new TenantFailure('setup_needed', sentence(problem)));
}
