import type { Quarantine } from '../lambda/history/state';
import type { Policy } from '../lambda/policy/policy';
import type { Caps } from '../lambda/repair/caps';
import type { CommandPlace, Launcher } from '../lambda/report/commands/place';
import { fill } from '../lambda/report/text/columns';
import type { Cadence } from '../lambda/run/notification';
import type { Settings } from '../lambda/settings';
import { addressOf, audienceOf, historyHostsOf, type TenantAddress } from '../lambda/tenant-address';
import { type EnvironmentFile, findEnvironment } from '../lib/environment/environment-file';
import { withDefaults } from '../lib/environment/with-defaults';
import { type AwsConfig, configureAws } from './access/aws-config';
import { hasOwnCredentials, type ReadCredentials, readOwnCredentials } from './access/credentials';
import { chooseProxy, type HttpsProxy } from './access/proxy';
import type { Asked } from './command-options';
import { type Deployment, findDeployment, type Needs } from './deployed/deployment';
import { TargetError } from './target-error';
import { attempt, readAddress, readEnvironment, readPolicy } from './target-parts';
import type { Terminal } from './terminal';

/** Everything a command needs to reach a tenant and judge it. */
export interface ResolvedTarget {
  readonly environment: string;
  readonly address: TenantAddress;
  readonly audience: string;
  /** The host of the tenant's own domain, of which history and ids are made; of `address` where that is no custom domain. */
  readonly canonicalHost: string;
  /** Where the environment's history was kept before, if that was elsewhere. */
  readonly formerHost: string | undefined;
  readonly timeZone: string;
  readonly policy: Policy;
  readonly readCredentials: ReadCredentials;
  /** The way to https hosts, of Auth0 and AWS alike; `undefined`: direct. */
  readonly proxy: HttpsProxy | undefined;
  /** What each client of AWS takes. */
  readonly aws: AwsConfig;
  /** What of AWS belongs to the environment. */
  readonly deployment: Deployment;
  /** What was noted of it, a sentence each. */
  readonly notes: readonly string[];
  /** Where the commands that are printed are to work: on the same target. */
  readonly commands: CommandPlace;
  readonly reservePercent: number;
  readonly caps: Caps | undefined;
  readonly quarantine: Quarantine;
  readonly cadence: Cadence;
  readonly withoutPeople: boolean;
  /** The https address of the docs folder, where the environment gives it. */
  readonly docsUrl: string | undefined;
}

interface Surroundings {
  readonly launcher: Launcher;
  readonly readEnvironments: () => Promise<readonly EnvironmentFile[]>;
  readonly terminal: Pick<Terminal, 'variables' | 'note'>;
}

/**
 * Puts environment, options, credentials and what is deployed together. What a person has to know before the result is
 * noted. Throws `TargetError`.
 */
export async function resolveTarget(
  asked: Asked,
  { launcher, readEnvironments, terminal }: Surroundings,
  needs: Needs,
): Promise<ResolvedTarget> {
  const { variables } = terminal;
  const problems: string[] = [];
  const environments = await readEnvironments();
  const file = attempt(() => findEnvironment(environments, asked.environment), '--environment', problems);
  const environment = file && readEnvironment(file, problems);
  const settings = environment && withDefaults(environment);
  const domain = asked.domain ?? settings?.domain;
  const address = domain === undefined ? undefined : readAddress('--domain', domain, asked, problems);
  // Another tenant's own domain is not the environment's.
  const hasItsDomain = settings !== undefined && address?.host === addressOf(settings.domain).host;
  const canonicalDomain = asked.canonicalDomain ?? (hasItsDomain ? settings.canonicalDomain : undefined);
  const canonical =
    canonicalDomain === undefined ? address : readAddress('--canonical-domain', canonicalDomain, asked, problems);
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
      ((asked.domain !== undefined && !hasItsDomain) || hasOwnCredentials(variables))
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
  const known = { launcher, asked, environment, hosts: { address, canonical }, aws, variables };
  const found = await findDeployment(known, needs, problems);
  if (problems.length > 0) throw new TargetError(problems);
  for (const note of found.notes) terminal.note(fill(note, { columns: 80 }).join('\n'));
  return {
    environment: settings.name,
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

/** Up to version 0.1.0 a custom domain named the folder of the history: the one asked for, or the environment's. */
function findFormerHost(
  { address, canonical }: { readonly address: TenantAddress; readonly canonical: TenantAddress },
  { domain, canonicalDomain }: Settings,
): string | undefined {
  if (canonical.host !== address.host) return address.host;
  const { tenant, former } = historyHostsOf(addressOf(domain), canonicalDomain);
  return tenant === canonical.host ? former : undefined;
}
