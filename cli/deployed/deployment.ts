import { killSwitchParameter } from '../../lambda/contract';
import type { CommandPlace } from '../../lambda/report/commands/place';
import { stackNameOf } from '../../lambda/report/commands/place';
import { addressOf, historyHostsOf, type TenantAddress } from '../../lambda/tenant-address';
import type { Environment } from '../../lib/environment/environment';
import type { AwsConfig } from '../access/aws-config';
import {
  hasOwnCredentials,
  type ReadCredentials,
  readFromSecret,
  readOwnCredentials,
  withoutCredentials,
} from '../access/credentials';
import type { Asked } from '../command-options';
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
  readonly stackName: string;
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
  readonly asked: Asked;
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

/** `--history local` */
export const LOCAL = 'local';

/** Finds what belongs to the environment, where the command needs it and nothing is wrong yet. Adds what is missing to the problems. */
export async function findDeployment(known: Known, needs: Needs, problems: string[]): Promise<Found> {
  const { asked, environment, aws, variables } = known;
  const isOfEnvironment = isEnvironmentsTenant(known);
  const stackName = asked.stackName ?? stackNameOf(environment.name);
  if (asked.stackName !== undefined && !isOfEnvironment) {
    problems.push(
      `--stack: ${known.hosts.address.host} is not the tenant of environment ${environment.name}, so that no stack is used; leave out --stack or --domain`,
    );
  }
  const hasOwn = hasOwnCredentials(variables);
  const existingSecret = isOfEnvironment ? environment.existingSecretArn : undefined;
  const needsSecret =
    needs.credentials !== 'none' && !hasOwn && asked.secretArn === undefined && existingSecret === undefined;
  const needsHistory = needs.history !== 'none' && asked.history === undefined;
  const isLookedFor = needsSecret || needsHistory || needs.credentials === 'if_known';
  const wanted = { environment: environment.name, stackName, account: environment.account };
  const found = isOfEnvironment && isLookedFor && problems.length === 0 ? await findStack(wanted, aws) : undefined;
  const stack = found?.kind === 'deployed' ? found.stack : undefined;
  const secretArn = asked.secretArn ?? (hasOwn ? undefined : (existingSecret ?? stack?.secretArn));
  // A command that writes says so where it asks.
  const leavesHistory = isOfEnvironment && needs.history === 'reads' && asked.history !== undefined;
  const notes =
    leavesHistory && !asked.history.startsWith('s3://')
      ? [
          `With --history ${asked.history}, what earlier runs of ${environment.name} saw, repaired and held is not known.`,
        ]
      : [];
  return {
    deployment: {
      stackName,
      found,
      isOfEnvironment,
      secretArn: secretArn ?? existingSecret ?? stack?.secretArn,
      killSwitch: stack?.killSwitch ?? killSwitchParameter(environment.name),
      history: needsHistory ? findHistory(found, needs, { problems, notes }) : withoutLocal(asked.history),
    },
    readCredentials: chooseCredentials({ known, found, secretArn, hasOwn, isOfEnvironment }, needs, problems),
    commands: describePlace(known, stack),
    notes,
  };
}

/** Both domains have to be the environment's: its secret is sent to no other host, and its history is of no other tenant. */
function isEnvironmentsTenant({ environment, hosts }: Known): boolean {
  const own = addressOf(environment.domain);
  const { tenant } = historyHostsOf(own, environment.canonicalDomain);
  return [own.host, tenant].includes(hosts.address.host) && hosts.canonical.host === tenant;
}

function withoutLocal(history: string | undefined): string | undefined {
  return history === LOCAL ? undefined : history;
}

/** The environment's history, lease and holds with it. `undefined`: the local folder. */
function findHistory(
  found: FoundStack | undefined,
  needs: Needs,
  { problems, notes }: { readonly problems: string[]; readonly notes: string[] },
): string | undefined {
  if (found === undefined) return undefined;
  if (found.kind === 'not_deployed') {
    notes.push(`${sentence(found.text)} The history is a folder on this machine.`);
    return undefined;
  }
  const history = found.kind === 'deployed' ? found.stack.history : undefined;
  if (history !== undefined) return history;
  const text = found.kind === 'unknown' ? found.text : `stack ${found.stack.name} names no history bucket`;
  if (needs.history === 'writes') {
    problems.push(
      `${text}. History, lease, holds and kill switch of the environment are there; to go on without them, give --history ${LOCAL}`,
    );
  } else {
    notes.push(
      `${sentence(text)} The environment's history is not used: what earlier runs saw, repaired and held is not known.`,
    );
  }
  return undefined;
}

interface Choice {
  readonly known: Known;
  readonly found: FoundStack | undefined;
  readonly secretArn: string | undefined;
  readonly hasOwn: boolean;
  readonly isOfEnvironment: boolean;
}

function chooseCredentials(
  { known, found, secretArn, hasOwn, isOfEnvironment }: Choice,
  { credentials }: Needs,
  problems: string[],
): ReadCredentials {
  const { hosts, aws, variables } = known;
  if (secretArn !== undefined) {
    return readFromSecret(secretArn, [hosts.address.host, hosts.canonical.host], aws);
  }
  if (hasOwn || (!isOfEnvironment && credentials === 'needed')) return readOwnCredentials(variables, problems);
  const reason =
    found === undefined || found.kind === 'deployed' ? 'no credentials of the Auth0 application are given' : found.text;
  const problem = `${reason}. Export AUTH0_CLIENT_ID and AUTH0_CLIENT_SECRET or AUTH0_PRIVATE_KEY, or give --secret ARN`;
  // Without a look at the stack, something else is wrong already.
  if (credentials === 'needed' && found !== undefined) problems.push(problem);
  return withoutCredentials(`${sentence(problem)}`);
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
