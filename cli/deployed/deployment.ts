import { killSwitchParameter } from '../../lambda/contract';
import { type CommandPlace, type Launcher, stackNameOf } from '../../lambda/report/commands/place';
import { addressOf, historyHostsOf, type TenantAddress } from '../../lambda/tenant-address';
import type { Environment } from '../../lib/environment/environment';
import type { AwsConfig } from '../access/aws-config';
import { chooseCredentials, hasOwnCredentials, type ReadCredentials } from '../access/credentials';
import type { Asked } from '../command-options';
import { placeHistory } from './history-place';
import { describePlace } from './place';
import { type FoundStack, findStack } from './stack';

/** What a command uses of an environment. */
export interface Needs {
  /** `reads` continues with a local history if the environment's history cannot be found; `writes` does not. */
  readonly history: 'none' | 'reads' | 'writes';
  /** `if_known`: the command itself reports what is missing. */
  readonly credentials: 'none' | 'needed' | 'if_known';
}

/** The AWS resources of the environment that a command works on. */
export interface Deployment {
  /** `undefined`: the stack was not needed, or the tenant is not the environment's. */
  readonly found: FoundStack | undefined;
  /** The tenant is the environment's own, so the environment's AWS resources apply. */
  readonly isOfEnvironment: boolean;
  readonly secretArn: string | undefined;
  /** The name of the SSM parameter. */
  readonly killSwitch: string;
  /** In the form of `--history`; `undefined`: the local folder. */
  readonly history: string | undefined;
}

interface Known {
  readonly launcher: Launcher;
  readonly asked: Asked;
  /** The domain that replaces the environment's, if one was given. */
  readonly domain: string | undefined;
  readonly environment: Environment;
  readonly hosts: { readonly address: TenantAddress; readonly canonical: TenantAddress };
  readonly aws: AwsConfig;
  readonly variables: Readonly<Record<string, string | undefined>>;
}

export interface Found {
  readonly deployment: Deployment;
  readonly readCredentials: ReadCredentials;
  readonly commands: CommandPlace;
  /** What the operator must know before the result, one sentence each. */
  readonly notes: readonly string[];
}

/**
 * Finds the AWS resources of the environment, if the command needs them and there is no problem yet. Adds a problem for
 * each missing resource.
 */
export async function findDeployment(known: Known, needs: Needs, problems: string[]): Promise<Found> {
  const { asked, environment, aws, variables } = known;
  const isOfEnvironment = isEnvironmentsTenant(known);
  if (asked.stackName !== undefined && !isOfEnvironment) {
    problems.push(
      `--stack: ${known.hosts.address.host} is not the tenant of environment ${environment.name}, so no stack is used; omit --stack or --domain`,
    );
  }
  const hasOwn = hasOwnCredentials(variables);
  const existingSecret = isOfEnvironment ? environment.existingSecretArn : undefined;
  const needsSecret =
    needs.credentials !== 'none' && !hasOwn && asked.secretArn === undefined && existingSecret === undefined;
  const found =
    isOfEnvironment && problems.length === 0 && (needsSecret || needsStack(asked, needs))
      ? await findStack(
          {
            environment: environment.name,
            stackName: asked.stackName ?? stackNameOf(environment.name),
            account: environment.account,
          },
          aws,
        )
      : undefined;
  const stack = found?.kind === 'deployed' ? found.stack : undefined;
  const secretArn = asked.secretArn ?? (hasOwn ? undefined : (existingSecret ?? stack?.secretArn));
  const history = placeHistory({ asked, environment, isOfEnvironment, found }, needs.history);
  problems.push(...history.problems, ...refuseMisnamed(asked, found, history.problems));
  return {
    deployment: {
      found,
      isOfEnvironment,
      secretArn: secretArn ?? existingSecret ?? stack?.secretArn,
      killSwitch: stack?.killSwitch ?? killSwitchParameter(environment.name),
      history: history.place,
    },
    readCredentials: chooseCredentials(
      {
        secretArn,
        hosts: [known.hosts.address.host, known.hosts.canonical.host],
        aws,
        variables,
        mustBeOwn: hasOwn || (!isOfEnvironment && needs.credentials === 'needed'),
        // If the stack was not looked up, another problem is known already.
        isNeeded: needs.credentials === 'needed' && found !== undefined,
        whyNone: found === undefined || found.kind === 'deployed' || problems.length > 0 ? undefined : found.text,
      },
      problems,
    ),
    commands: describePlace(known, { isOfEnvironment, stack }),
    notes: history.notes,
  };
}

/** Both domains must be the environment's: its secret goes to no other host, and its history belongs to no other tenant. */
function isEnvironmentsTenant({ environment, hosts }: Known): boolean {
  const own = addressOf(environment.domain);
  const { tenant } = historyHostsOf(own, environment.canonicalDomain);
  return [own.host, tenant].includes(hosts.address.host) && hosts.canonical.host === tenant;
}

/** Before a write to a given bucket, the bucket is compared with the environment's. */
function needsStack({ history }: Asked, needs: Needs): boolean {
  if (needs.credentials === 'if_known') return true;
  if (needs.history === 'none') return false;
  return history === undefined || (needs.history === 'writes' && history.startsWith('s3://'));
}

/** A missing stack is an error if the operator named a stack or region, even if the command could continue without it. */
function refuseMisnamed(
  { stackName, region, history }: Asked,
  found: FoundStack | undefined,
  problems: readonly string[],
): readonly string[] {
  if (found?.kind !== 'not_deployed' || history !== undefined || problems.length > 0) return [];
  return stackName === undefined && region === undefined ? [] : [found.text];
}
