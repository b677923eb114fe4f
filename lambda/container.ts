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
import { METRICS, type Mode, POLICY_FILE, SERVICE } from './contract';
import { fingerprint } from './fingerprint';
import type { History } from './history/history';
import { createHistory } from './history/keep';
import type { Report } from './judge/report';
import { parsePolicy } from './policy/parse';
import type { Policy } from './policy/policy';
import { RunFailedError } from './run/failures';
import { parseSettings, type Settings } from './settings';

export type Variables = Readonly<Record<string, string | undefined>>;

/** What one Lambda container creates once and uses in every run. */
export interface Container {
  readonly settings: Settings;
  readonly policy: Policy;
  readonly policyFingerprint: string;
  readonly tokens: TokenHolder;
  /** The tenant for one run that ends at a time (milliseconds since the epoch). Only in mode `remediate` may it write. */
  openTenant(mode: Mode, deadline: number): Tenant;
  readonly history: History;
  readonly mayWrite: () => Promise<boolean>;
  readonly sns: SNSClient;
  /** Logs one line and publishes the metrics of a run. */
  measure(report: Report): void;
}

/** Throws `SettingsError` where a variable is wrong, and `RunFailedError` where the deployed policy is. */
export function createContainer(variables: Variables): Container {
  const settings = parseSettings(variables);
  const policy = readPolicy(path.join(variables.LAMBDA_TASK_ROOT ?? '.', POLICY_FILE));
  const secrets = new SecretsManagerClient();
  const tokens = createTokenHolder({
    audience: settings.audience,
    readCredentials: async () => {
      if (settings.domainIsUnset) throw new TenantFailure('setup_needed', 'The environment names no tenant yet.');
      return readSecret(secrets, settings.secretArn, settings.address.host);
    },
    now: Date.now,
  });
  return {
    settings,
    policy,
    policyFingerprint: fingerprint(policy),
    tokens,
    openTenant: (mode, deadline) => {
      const transport = createTransport({
        origin: settings.address.origin,
        deadline,
        writes: mode === 'remediate' ? 'allowed' : 'refused',
        reservePercent: settings.reservePercent,
        now: Date.now,
        sleep,
      });
      return createTenant(transport, tokens, Date.now);
    },
    history: createHistory(createBucketStore(settings.historyBucket, ''), settings.address.host),
    mayWrite: createKillSwitch(settings.killSwitchParameter),
    sns: new SNSClient(),
    measure: createMeasure(settings.environment),
  };
}

function readPolicy(file: string): Policy {
  const parsed = parsePolicy(JSON.parse(readFileSync(file, 'utf8')), POLICY_FILE);
  if (!parsed.ok) throw new RunFailedError(['The deployed policy is not one.', ...parsed.problems]);
  return parsed.policy;
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
