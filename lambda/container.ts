import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SNSClient } from '@aws-sdk/client-sns';
import { createTenant } from './auth0/tenant';
import { createTokenHolder, type TokenHolder } from './auth0/token';
import { createTransport } from './auth0/transport';
import { createBucketStore } from './aws/bucket-store';
import { createKillSwitch } from './aws/kill-switch';
import { readSecret } from './aws/secret';
import { type Tenant, TenantFailure } from './connection/tenant';
import { METRICS, type Mode, SERVICE, type WriteSwitch } from './contract';
import { type Deployment, readDeployment, type Variables } from './deployment';
import { createTenantHistory } from './history/former-folder';
import type { History } from './history/history';
import type { Report } from './judge/report';
import { addressOf, audienceOf, canonicalAddress, historyHostsOf, isUnset, type TenantAddress } from './tenant-address';
import type { Clock, Limits } from './time-plan';

/** What one Lambda container creates once and uses in every run. */
export interface Container {
  readonly deployment: Deployment;
  readonly address: TenantAddress;
  /** The host of the tenant's own domain, of which history and ids are made. */
  readonly canonicalHost: string;
  readonly tokens: TokenHolder;
  /** The tenant for one run that ends at a time (milliseconds since the epoch). Only in mode `remediate` may it write. */
  openTenant(mode: Mode, deadline: number): Tenant;
  /** The history for one run; `limitFor`: milliseconds that the next call may take, for a file by its key. */
  openHistory(limitFor: (key: string) => number): History;
  readonly mayWrite: () => Promise<WriteSwitch>;
  readonly sns: SNSClient;
  /** Logs one line and publishes the metrics of a run. */
  measure(report: Report): void;
  /** Logs that another invocation reports the same event; there are no metrics of it. */
  logDuplicate(runId: string): void;
}

/** Throws `SettingsError` where a variable or a file is wrong, or a variable differs from the files. */
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
  const tokens = createTokenHolder({
    origin: address.origin,
    audience: audienceOf(canonical),
    readCredentials: async () => {
      if (isUnset(address)) throw new TenantFailure('setup_needed', 'The environment names no tenant yet.');
      return readSecret(secrets, resources.SECRET_ARN, [address.host, canonical.host], callMs);
    },
    now,
  });
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
      return createTenant(transport, tokens, now);
    },
    openHistory: (limitFor) => {
      limitOfRun = limitFor;
      return history;
    },
    mayWrite: createKillSwitch(resources.KILL_SWITCH_PARAMETER, callMs),
    sns: new SNSClient(),
    ...createLog(settings.name),
  };
}

function createLog(environment: string): Pick<Container, 'measure' | 'logDuplicate'> {
  const defaultDimensions = { [METRICS.environmentDimension]: environment };
  const metrics = new Metrics({ namespace: METRICS.namespace, serviceName: SERVICE, defaultDimensions });
  const logger = new Logger({ serviceName: SERVICE });
  const measure: Container['measure'] = ({ runId, mode, complete, coverage, summary, telling, untold }) => {
    const told = untold.length === 0;
    logger.info('run ended', { runId, mode, complete, telling, told, coverage, summary });
    metrics.addMetric(METRICS.runCompleted, MetricUnit.Count, complete && told ? 1 : 0);
    metrics.addMetric(METRICS.connectionsJudged, MetricUnit.Count, coverage.judged);
    metrics.addMetric(METRICS.noncompliant, MetricUnit.Count, summary.noncompliant);
    metrics.addMetric(METRICS.indeterminate, MetricUnit.Count, summary.indeterminate);
    metrics.publishStoredMetrics();
  };
  return {
    measure,
    logDuplicate: (runId) => logger.info('another run reports this event', { runId }),
  };
}
