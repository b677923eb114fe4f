import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { readSecret } from '../../lambda/aws/secret';
import { TenantFailure } from '../../lambda/connection/tenant';
import type { Credentials } from '../../lambda/credentials/credentials';
import { sentence } from '../sentence';
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
function readFromSecret(secretArn: string, hosts: readonly string[], aws: AwsConfig): ReadCredentials {
  const client = new SecretsManagerClient(inRegionOf(secretArn, aws));
  return async () => (await readSecret(client, secretArn, hosts)).credentials;
}

interface Choice {
  /** The secret to read, where one is known and no variable comes before it. */
  readonly secretArn: string | undefined;
  /** The names of the tenant. */
  readonly hosts: readonly string[];
  readonly aws: AwsConfig;
  readonly variables: Variables;
  /** Nothing but the variables can name them. */
  readonly mustBeOwn: boolean;
  /** The command cannot go on without them; else it is told why when it asks. */
  readonly isNeeded: boolean;
  /** Why no secret is known, as the end of a sentence; `undefined`: it has been said, or there is nothing to say. */
  readonly whyNone: string | undefined;
}

/** The credentials that come first of those that are known. Adds what is missing to the problems. */
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
