import type { Agent } from 'node:https';
import type { HttpsProxy } from './proxy';

/** The configuration of each AWS SDK client, so that all clients use one region and one identity. */
export interface AwsConfig {
  readonly region?: string;
  readonly profile?: string;
  readonly requestHandler?: { readonly httpsAgent: Agent };
}

/** Variables with which an operator or a pipeline chooses an identity for this command. */
const IDENTITY_VARIABLES = ['AWS_PROFILE', 'AWS_ACCESS_KEY_ID', 'AWS_WEB_IDENTITY_TOKEN_FILE'] as const;

/** `region`: that of the environment's stack. `profile`: the environment's; ignored if a variable names an identity. */
export function configureAws(
  { region, profile }: { readonly region: string | undefined; readonly profile: string | undefined },
  variables: Readonly<Record<string, string | undefined>>,
  proxy: HttpsProxy | undefined,
): AwsConfig {
  const isChosen = IDENTITY_VARIABLES.some((name) => (variables[name] ?? '') !== '');
  return {
    ...(region === undefined ? {} : { region }),
    ...(profile === undefined || isChosen ? {} : { profile }),
    ...(proxy === undefined ? {} : { requestHandler: { httpsAgent: proxy.agent } }),
  };
}

/** The same configuration in the region of a resource, if its ARN contains a region. */
export function inRegionOf(arn: string, config: AwsConfig): AwsConfig {
  const [, , , region = ''] = arn.startsWith('arn:') ? arn.split(':') : [];
  return region === '' ? config : { ...config, region };
}
