import { readFileSync } from 'node:fs';
import path from 'node:path';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { createTenant } from './auth0/tenant';
import { createTokenHolder, type TokenHolder } from './auth0/token';
import { createTransport, type Usage } from './auth0/transport';
import { createBucketStore } from './aws/bucket-store';
import { createKillSwitch } from './aws/kill-switch';
import { readSecret } from './aws/secret';
import { type Tenant, TenantFailure } from './connection/tenant';
import type { Mode, WriteSwitch } from './contract';
import { type Deployment, readDeployment, type Variables } from './deployment';
import { createTenantHistory } from './history/former-folder';
import type { History } from './history/history';
import type { Reporting } from './reporting';
import type { World } from './run/world';
import { addressOf, audienceOf, canonicalAddress, historyHostsOf, isUnset, type TenantAddress } from './tenant-address';
import type { Clock, Limits } from './time-plan';

/** What one Lambda container creates one time and uses in every run. */
export interface Container {
  readonly deployment: Deployment;
  readonly address: TenantAddress;
  /** The host of the tenant's own domain, from which history and ids are made. */
  readonly canonicalHost: string;
  readonly tokens: TokenHolder;
  /**
   * The tenant for one run that ends at `deadline` (milliseconds since the epoch). Only remediate mode allows writes.
   */
  openTenant(mode: Mode, deadline: number): OpenTenant;
  /** When the secret that was read last was written, in milliseconds since the epoch; `undefined` if none was read. */
  secretWrittenAt(): number | undefined;
  /** The history for one run. `limitFor`: milliseconds that the next call can take, for a file by its key. */
  openHistory(limitFor: (key: string) => number): History;
  /** Reads the kill switch. `limitMs`: the milliseconds that the call can take. */
  mayWrite(limitMs: number): Promise<WriteSwitch>;
  /**
   * The recipients of alerts, and of alarms if these have a separate topic. `limitMs`: the milliseconds that one call
   * can take.
   */
  subscribersOf(limitMs: () => number): NonNullable<World['subscribers']>;
  /** Loads the code that a run reports with, at its first use. Rejects if a file of the bundle cannot be loaded. */
  openReporting(): Promise<Reporting>;
}

/** A tenant, and the requests that a run has sent to it so far. */
export interface OpenTenant {
  readonly tenant: Tenant;
  readonly usage: () => Usage;
}

/** Throws `SettingsError` if a variable or a file is wrong, or if a variable differs from the files. */
export function createContainer(
  variables: Variables,
  { callMs, requestMs }: Pick<Limits, 'callMs' | 'requestMs'>,
  { now, sleep }: Pick<Clock, 'now' | 'sleep'>,
): Container {
  const deployment = readDeployment(variables, (name) =>
    readFileSync(path.join(variables.LAMBDA_TASK_ROOT ?? '.', name), 'utf8'),
  );
  const { settings, resources } = deployment;
  const address = addressOf(settings.domain);
  const canonical = canonicalAddress(address, settings.canonicalDomain);
  const secrets = new SecretsManagerClient();
  // One client for all runs of the container; a container runs one invocation at a time.
  let limitOfRun = (_key: string): number => callMs;
  const store = createBucketStore(resources.HISTORY_BUCKET, '', (key) => limitOfRun(key));
  const hosts = historyHostsOf(address, settings.canonicalDomain);
  const history = createTenantHistory(store, hosts, now);
  let secretWrittenAt: number | undefined;
  const tokens = createTokenHolder({
    origin: address.origin,
    audience: audienceOf(canonical),
    readCredentials: async () => {
      if (isUnset(address)) throw new TenantFailure('setup_needed', 'The environment does not name a tenant yet.');
      const read = await readSecret(secrets, resources.SECRET_ARN, [address.host, canonical.host], callMs);
      secretWrittenAt = read.writtenAt;
      return read.credentials;
    },
    now,
  });
  let reporting: Reporting | undefined;
  async function openReporting(): Promise<Reporting> {
    const { createReporting } = await import('./reporting');
    reporting ??= createReporting(deployment);
    return reporting;
  }
  return {
    deployment,
    address,
    canonicalHost: hosts.tenant,
    tokens,
    openTenant: (mode, deadline) => {
      const transport = createTransport({
        origin: address.origin,
        deadline,
        writes: mode === 'remediate' ? 'allowed' : 'refused',
        reservePercent: settings.rateReservePercent,
        timeoutMs: requestMs,
        now,
        sleep,
      });
      return { tenant: createTenant(transport, tokens, now), usage: () => transport.usage };
    },
    secretWrittenAt: () => secretWrittenAt,
    openHistory: (limitFor) => {
      limitOfRun = limitFor;
      return history;
    },
    subscribersOf: (limitMs) => {
      const { ALERTS_TOPIC_ARN: alerts, ALARMS_TOPIC_ARN: alarms } = resources;
      const counterOf = (topicArn: string) => async () => {
        const { countConfirmed } = await openReporting();
        return countConfirmed(topicArn, limitMs());
      };
      return {
        alerts: { isNamed: settings.namesReceiver, countConfirmed: counterOf(alerts) },
        // Only an environment that names a recipient of alarms has this topic.
        ...(alarms !== alerts && { alarms: { isNamed: true, countConfirmed: counterOf(alarms) } }),
      };
    },
    mayWrite: createKillSwitch(resources.KILL_SWITCH_PARAMETER),
    openReporting,
  };
}
