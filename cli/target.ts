import type { Cadence, Quarantine } from '../lambda/contract';
import type { Policy } from '../lambda/policy/policy';
import type { Caps } from '../lambda/repair/caps';
import { type CommandPlace, LAUNCHERS, type Launcher } from '../lambda/report/commands/place';
import { fill } from '../lambda/report/text/columns';
import { makeVisible } from '../lambda/report/text/harmless';
import type { Settings } from '../lambda/settings';
import { addressOf, audienceOf, historyHostsOf, type TenantAddress } from '../lambda/tenant-address';
import type { Environment } from '../lib/environment/environment';
import { type EnvironmentFile, stemOf } from '../lib/environment/environment-file';
import { withDefaults } from '../lib/environment/with-defaults';
import { type AwsConfig, configureAws } from './access/aws-config';
import { hasOwnCredentials, type ReadCredentials, readOwnCredentials } from './access/credentials';
import { chooseProxy, type HttpsProxy } from './access/proxy';
import type { Asked } from './command-options';
import { type Deployment, findDeployment, type Needs } from './deployed/deployment';
import { findAsked } from './environments/find-asked';
import { describeStarter } from './environments/starter';
import { whileTelling } from './screen/while-telling';
import { TargetError } from './target-error';
import { attempt, readAddress, readEnvironment, readPolicy } from './target-parts';
import type { Terminal } from './terminal';

/** Everything a command needs to reach a tenant and judge it. */
export interface ResolvedTarget {
  readonly environment: string;
  /** The environment as its file defines it, checked. */
  readonly definition: Environment;
  readonly address: TenantAddress;
  readonly audience: string;
  /** The host of the tenant's own domain; history and ids are derived from it. Default: that of `address`. */
  readonly canonicalHost: string;
  /** The host under which the environment's history was kept before, if it was another host. */
  readonly formerHost: string | undefined;
  readonly timeZone: string;
  readonly policy: Policy;
  readonly readCredentials: ReadCredentials;
  /** The proxy to the https hosts of Auth0 and AWS; `undefined`: direct connections. */
  readonly proxy: HttpsProxy | undefined;
  /** The configuration of each AWS client. */
  readonly aws: AwsConfig;
  /** The AWS resources of the environment. */
  readonly deployment: Deployment;
  /** The notes about the deployment, one sentence each. */
  readonly notes: readonly string[];
  /** The target of the printed commands: the same as that of this command. */
  readonly commands: CommandPlace;
  readonly reservePercent: number;
  readonly caps: Caps | undefined;
  readonly quarantine: Quarantine;
  readonly cadence: Cadence;
  readonly withoutPeople: boolean;
  /** The https address of the docs folder, if the environment has one. */
  readonly docsUrl: string | undefined;
}

interface Surroundings {
  readonly launcher: Launcher;
  readonly readEnvironments: () => Promise<readonly EnvironmentFile[]>;
  readonly starter?: EnvironmentFile | undefined;
  readonly terminal: Pick<Terminal, 'variables' | 'note' | 'progress'>;
}

/**
 * Combines environment, options, credentials and deployed resources into one target. Prints the notes that the operator
 * needs before the result. Throws `TargetError`.
 */
export async function resolveTarget(
  asked: Asked,
  { launcher, readEnvironments, starter, terminal }: Surroundings,
  needs: Needs,
): Promise<ResolvedTarget> {
  const { variables } = terminal;
  const problems: string[] = [];
  const files = await readEnvironments();
  const option = asked.environment === undefined ? undefined : '--environment';
  const file = attempt(() => findAsked({ files, starter }, asked.environment), option, problems);
  const isStarter = file !== undefined && file === starter;
  const environment = file && readEnvironment(file, problems);
  const settings = environment && withDefaults(environment);
  const given = findGivenDomain(asked, variables);
  const domain = given.domain ?? settings?.domain;
  const settable =
    isStarter || file === undefined
      ? undefined
      : { file: file.file, init: `${LAUNCHERS[launcher]} init --environment ${stemOf(file.file)}` };
  const isTenantNamed = !isStarter || given.domain !== undefined;
  if (!isTenantNamed) problems.push('no tenant is named; give --domain your-tenant.eu.auth0.com, or set AUTH0_DOMAIN');
  const address =
    domain === undefined || !isTenantNamed ? undefined : readAddress(given.source, domain, settable, problems);
  // The environment's canonical domain does not apply to another tenant.
  const hasItsDomain = settings !== undefined && address?.host === addressOf(settings.domain).host;
  const canonicalDomain = asked.canonicalDomain ?? (hasItsDomain ? settings.canonicalDomain : undefined);
  const canonical =
    canonicalDomain === undefined ? address : readAddress('--canonical-domain', canonicalDomain, settable, problems);
  const policy = asked.policyFile === undefined ? environment?.policy : readPolicy(asked.policyFile, problems);
  const proxy = chooseProxy(variables, problems);
  if (
    environment === undefined ||
    settings === undefined ||
    address === undefined ||
    canonical === undefined ||
    policy === undefined
  ) {
    if (
      asked.secretArn === undefined &&
      needs.credentials === 'needed' &&
      ((given.domain !== undefined && !hasItsDomain) || hasOwnCredentials(variables))
    ) {
      readOwnCredentials(variables, problems);
    }
    throw new TargetError(problems);
  }
  const aws = configureAws(
    { region: asked.region ?? environment.region, profile: environment.awsProfile },
    variables,
    proxy,
  );
  const known = { launcher, asked, domain: given.domain, environment, hosts: { address, canonical }, aws, variables };
  const found = await whileTelling(
    `looking up the AWS resources of ${makeVisible(environment.name, 40)}`,
    terminal,
    () => findDeployment(known, needs, problems),
  );
  if (problems.length > 0) throw new TargetError(problems);
  const notes = [
    ...(given.source === 'AUTH0_DOMAIN' ? [`Tenant from AUTH0_DOMAIN: ${address.host}.`] : []),
    ...(isStarter && asked.policyFile === undefined ? [describeStarter(launcher)] : []),
    ...found.notes,
  ];
  for (const note of notes) terminal.note(fill(note, { columns: 80 }).join('\n'));
  return {
    environment: settings.name,
    definition: environment,
    address,
    canonicalHost: canonical.host,
    formerHost: findFormerHost({ address, canonical }, settings),
    audience: audienceOf(canonical),
    timeZone: settings.timeZone,
    policy,
    readCredentials: found.readCredentials,
    proxy,
    aws,
    deployment: found.deployment,
    notes: found.notes,
    commands: found.commands,
    reservePercent: asked.reservePercent ?? settings.rateReservePercent,
    caps: settings.caps,
    quarantine: settings.quarantine,
    cadence: settings.cadence,
    withoutPeople: !settings.namePeople,
    docsUrl: settings.docsUrl,
  };
}

/**
 * The domain that replaces the environment's. AUTH0_DOMAIN does not count if a domain or an environment is named: a
 * variable that was forgotten must not replace the tenant of a named environment.
 */
export function findGivenDomain(
  { domain, environment }: Pick<Asked, 'domain' | 'environment'>,
  { AUTH0_DOMAIN: variable = '' }: Terminal['variables'],
): { readonly domain: string | undefined; readonly source: '--domain' | 'AUTH0_DOMAIN' } {
  return domain === undefined && environment === undefined && variable !== ''
    ? { domain: variable, source: 'AUTH0_DOMAIN' }
    : { domain, source: '--domain' };
}

/** Up to version 0.1.0 the custom domain was the name of the history's folder: the given domain or the environment's. */
function findFormerHost(
  { address, canonical }: { readonly address: TenantAddress; readonly canonical: TenantAddress },
  { domain, canonicalDomain }: Settings,
): string | undefined {
  if (canonical.host !== address.host) return address.host;
  const { tenant, former } = historyHostsOf(addressOf(domain), canonicalDomain);
  return tenant === canonical.host ? former : undefined;
}
