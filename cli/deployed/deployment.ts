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
  /** `reads` goes on with a local history where the environment's cannot be found; `writes` does not. */
  readonly history: 'none' | 'reads' | 'writes';
  /** `if_known`: the command says itself what is missing. */
  readonly credentials: 'none' | 'needed' | 'if_known';
}

/** What of AWS belongs to the environment that a command works on. */
export interface Deployment {
  /** `undefined`: nothing of it was needed, or the tenant is not the environment's. */
  readonly found: FoundStack | undefined;
  /** The tenant is the environment's own, whose things in AWS apply. */
  readonly isOfEnvironment: boolean;
  readonly secretArn: string | undefined;
  /** The name of the SSM parameter. */
  readonly killSwitch: string;
  /** As `--history` has it; `undefined`: the local folder. */
  readonly history: string | undefined;
}

interface Known {
  readonly launcher: Launcher;
  readonly asked: Asked;
  /** The tenant in place of the environment's, if one was given. */
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
  /** What a person has to know before the result, a sentence each. */
  readonly notes: readonly string[];
}

/** Finds what belongs to the environment, where the command needs it and nothing is wrong yet. Adds what is missing to the problems. */
export async function findDeployment(known: Known, needs: Needs, problems: string[]): Promise<Found> {
  const { asked, environment, aws, variables } = known;
  const isOfEnvironment = isEnvironmentsTenant(known);
  if (asked.stackName !== undefined && !isOfEnvironment) {
    problems.push(
      `--stack: ${known.hosts.address.host} is not the tenant of environment ${environment.name}, so that no stack is used; leave out --stack or --domain`,
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
        // Without a look at the stack, something else is wrong already.
        isNeeded: needs.credentials === 'needed' && found !== undefined,
        whyNone: found === undefined || found.kind === 'deployed' || problems.length > 0 ? undefined : found.text,
      },
      problems,
    ),
    commands: describePlace(known, { isOfEnvironment, stack }),
    notes: history.notes,
  };
}

/** Both domains have to be the environment's: its secret is sent to no other host, and its history is of no other tenant. */
function isEnvironmentsTenant({ environment, hosts }: Known): boolean {
  const own = addressOf(environment.domain);
  const { tenant } = historyHostsOf(own, environment.canonicalDomain);
  return [own.host, tenant].includes(hosts.address.host) && hosts.canonical.host === tenant;
}

/** Before a write to a bucket that was given, it is compared with the environment's. */
function needsStack({ history }: Asked, needs: Needs): boolean {
  if (needs.credentials === 'if_known') return true;
  if (needs.history === 'none') return false;
  return history === undefined || (needs.history === 'writes' && history.startsWith('s3://'));
}

/** A stack that a person named and that is not there is a slip, also for a command that could go on without it. */
function refuseMisnamed(
  { stackName, region, history }: Asked,
  found: FoundStack | undefined,
  problems: readonly string[],
): readonly string[] {
  if (found?.kind !== 'not_deployed' || history !== undefined || problems.length > 0) return [];
  return stackName === undefined && region === undefined ? [] : [found.text];
}
