import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
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
import { METRICS, type Mode, SERVICE } from './contract';
import { type Deployment, readDeployment, type Variables } from './deployment';
import type { History } from './history/history';
import { createHistory } from './history/keep';
import type { Report } from './judge/report';
import { addressOf, audienceOf, isUnset, type TenantAddress } from './tenant-address';

/** What one Lambda container creates once and uses in every run. */
export interface Container {
  readonly deployment: Deployment;
  readonly address: TenantAddress;
  readonly tokens: TokenHolder;
  /** The tenant for one run that ends at a time (milliseconds since the epoch). Only in mode `remediate` may it write. */
  openTenant(mode: Mode, deadline: number): Tenant;
  readonly history: History;
  readonly mayWrite: () => Promise<boolean>;
  readonly sns: SNSClient;
  /** Logs one line and publishes the metrics of a run. */
  measure(report: Report): void;
}

/** Throws `SettingsError` where a variable or a file is wrong, or a variable differs from the files. */
export function createContainer(variables: Variables): Container {
  const deployment = readDeployment(variables, (name) =>
    readFileSync(path.join(variables.LAMBDA_TASK_ROOT ?? '.', name), 'utf8'),
  );
  const { settings, resources } = deployment;
  const address = addressOf(settings.domain);
  const secrets = new SecretsManagerClient();
  const tokens = createTokenHolder({
    audience: audienceOf(address, settings.canonicalDomain),
    readCredentials: async () => {
      if (isUnset(address)) throw new TenantFailure('setup_needed', 'The environment names no tenant yet.');
      return readSecret(secrets, resources.SECRET_ARN, address.host);
    },
    now: Date.now,
  });
  return {
    deployment,
    address,
    tokens,
    openTenant: (mode, deadline) => {
      const transport = createTransport({
        origin: address.origin,
        deadline,
        writes: mode === 'remediate' ? 'allowed' : 'refused',
        reservePercent: settings.rateReservePercent,
        now: Date.now,
        sleep,
      });
      return createTenant(transport, tokens, Date.now);
    },
    history: createHistory(createBucketStore(resources.HISTORY_BUCKET, ''), address.host),
    mayWrite: createKillSwitch(resources.KILL_SWITCH_PARAMETER),
    sns: new SNSClient(),
    measure: createMeasure(settings.name),
  };
}

function createMeasure(environment: string): Container['measure'] {
  const defaultDimensions = { [METRICS.environmentDimension]: environment };
  const metrics = new Metrics({ namespace: METRICS.namespace, serviceName: SERVICE, defaultDimensions });
  const logger = new Logger({ serviceName: SERVICE });
  return ({ runId, mode, complete, coverage, summary, telling, untold }) => {
    const told = untold.length === 0;
    logger.info('run ended', { runId, mode, complete, telling, told, coverage, summary });
    metrics.addMetric(METRICS.runCompleted, MetricUnit.Count, complete && told ? 1 : 0);
    metrics.addMetric(METRICS.connectionsJudged, MetricUnit.Count, coverage.judged);
    metrics.addMetric(METRICS.noncompliant, MetricUnit.Count, summary.noncompliant);
    metrics.addMetric(METRICS.indeterminate, MetricUnit.Count, summary.indeterminate);
    metrics.publishStoredMetrics();
  };
}
