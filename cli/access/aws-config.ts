import type { Agent } from 'node:https';
import type { HttpsProxy } from './proxy';

/** What each client of the AWS SDK takes, so that all of them ask in one region and with one identity. */
export interface AwsConfig {
  readonly region?: string;
  readonly profile?: string;
  readonly requestHandler?: { readonly httpsAgent: Agent };
}

/** Variables with which a person, or a pipeline, chooses an identity just now. */
const IDENTITY_VARIABLES = ['AWS_PROFILE', 'AWS_ACCESS_KEY_ID', 'AWS_WEB_IDENTITY_TOKEN_FILE'] as const;

/** `region`: of the environment's stack. `profile`: of the environment, unless a variable names an identity. */
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

/** The same in the region of a resource, where its ARN says one. */
export function inRegionOf(arn: string, config: AwsConfig): AwsConfig {
  const [, , , region = ''] = arn.startsWith('arn:') ? arn.split(':') : [];
  return region === '' ? config : { ...config, region };
}
