import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SNSClient } from '@aws-sdk/client-sns';
import { type Policy, parsePolicy } from './audit/policy';
import { TenantFailure } from './audit/ports';
import type { Report } from './audit/report';
import { runAudit } from './audit/run-audit';
import { createTenant } from './auth0/tenant';
import { createTokenHolder, type TokenHolder } from './auth0/token';
import { createTransport } from './auth0/transport';
import { readSecret } from './aws/secret';
import { type Alert, publishAlert, publishMessages } from './aws/topics';
import { METRICS, POLICY_FILE, SERVICE } from './contract';
import { writeAlert, writeSetupNeeded } from './report/alert';
import { writeFindingMessages } from './report/finding-messages';
import { newRunId } from './run-id';
import { lowerMode, parseSettings, type Settings } from './settings';

type Variables = Readonly<Record<string, string | undefined>>;

/** What the Lambda runtime tells of one invocation, as far as we use it. */
interface Invocation {
  readonly awsRequestId: string;
  readonly functionName: string;
  getRemainingTimeInMillis(): number;
}

/** Kept back from the function's time for publishing and for the last exchange. */
const TIME_TO_TELL_MS = 30_000;

export const handler = createHandler(process.env);

/**
 * The door for EventBridge Scheduler: one invocation is one run. The report is always published; then the invocation
 * fails, so that its alarm fires, if the run was not complete or could not be told.
 */
export function createHandler(variables: Variables) {
  let room: Room | undefined;
  return async (event: unknown, invocation: Invocation): Promise<{ runId: string; complete: boolean }> => {
    room ??= furnish(variables);
    const report = await audit(room, event, invocation);
    const untold = await tell(room, report, invocation.functionName);
    room.measure(report, untold.length === 0);
    if (report.incomplete !== null || untold.length > 0) {
      room.tokens.forget();
      throw new RunFailedError([...(report.incomplete === null ? [] : [report.incomplete.message]), ...untold]);
    }
    return { runId: report.runId, complete: report.complete };
  };
}

/** The run was not complete, or its report did not reach a topic. What is known has been published. */
class RunFailedError extends Error {
  constructor(problems: readonly string[]) {
    super(problems.join(' '));
    this.name = 'RunFailedError';
  }
}

/** What is made once per container. */
interface Room {
  readonly settings: Settings;
  readonly policy: Policy;
  readonly tokens: TokenHolder;
  readonly sns: SNSClient;
  measure(report: Report, told: boolean): void;
}

function furnish(variables: Variables): Room {
  const settings = parseSettings(variables);
  const secrets = new SecretsManagerClient();
  const dimensions = { [METRICS.environmentDimension]: settings.environment };
  const metrics = new Metrics({ namespace: METRICS.namespace, serviceName: SERVICE, defaultDimensions: dimensions });
  const logger = new Logger({ serviceName: SERVICE });
  return {
    settings,
    policy: readPolicy(path.join(variables.LAMBDA_TASK_ROOT ?? '.', POLICY_FILE)),
    tokens: createTokenHolder({
      audience: settings.audience,
      readCredentials: async () => {
        if (settings.domainIsUnset) throw new TenantFailure('setup_needed', 'The environment names no tenant yet.');
        return readSecret(secrets, settings.secretArn, settings.address.host);
      },
      now: Date.now,
    }),
    sns: new SNSClient(),
    measure(report, told) {
      const { runId, mode, complete, coverage, summary } = report;
      logger.info('run ended', { runId, mode, complete, told, coverage, summary });
      metrics.addMetric(METRICS.runCompleted, MetricUnit.Count, complete && told ? 1 : 0);
      metrics.addMetric(METRICS.connectionsJudged, MetricUnit.Count, coverage.judged);
      metrics.addMetric(METRICS.noncompliant, MetricUnit.Count, summary.noncompliant);
      metrics.addMetric(METRICS.indeterminate, MetricUnit.Count, summary.indeterminate);
      metrics.publishStoredMetrics();
    },
  };
}

function readPolicy(file: string): Policy {
  const parsed = parsePolicy(JSON.parse(readFileSync(file, 'utf8')));
  if (!parsed.ok) throw new RunFailedError(['The deployed policy is not one:', ...parsed.problems]);
  return parsed.policy;
}

function audit({ settings, policy, tokens }: Room, event: unknown, invocation: Invocation): Promise<Report> {
  const transport = createTransport({
    origin: settings.address.origin,
    deadline: Date.now() + invocation.getRemainingTimeInMillis() - TIME_TO_TELL_MS,
    writes: 'refused',
    reservePercent: settings.reservePercent,
    now: Date.now,
    sleep,
  });
  const run = {
    runId: newRunId(Date.now(), invocation.awsRequestId),
    environment: settings.environment,
    tenant: settings.address.host,
    mode: lowerMode(settings.mode, event),
    policy,
  };
  return runAudit(run, { tenant: createTenant(transport, tokens), now: Date.now });
}

/** Tells people and machines; a topic that fails does not keep the other from being told. */
async function tell({ settings, sns }: Room, report: Report, functionName: string): Promise<string[]> {
  const told = await Promise.allSettled([
    publishAlert(sns, settings.alertsTopicArn, wordAlert(settings, report, functionName)),
    publishMessages(sns, settings.findingsTopicArn, writeFindingMessages(report)),
  ]);
  return told.flatMap((result) => (result.status === 'rejected' ? [String(result.reason.message)] : []));
}

function wordAlert(settings: Settings, report: Report, functionName: string): Alert {
  if (report.incomplete?.reason !== 'setup_needed') return writeAlert(report);
  const { environment, secretArn, address, domainIsUnset } = settings;
  const problem = domainIsUnset
    ? ({ kind: 'domain', domain: address.host } as const)
    : ({ kind: 'secret', secretArn } as const);
  return writeSetupNeeded({ environment, problem, functionName });
}
