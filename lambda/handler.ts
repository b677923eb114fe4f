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
import { importFindings } from './aws/security-hub';
import { publishAlert, publishMessages } from './aws/topics';
import { TenantFailure } from './connection/tenant';
import { METRICS, POLICY_FILE, SERVICE } from './contract';
import type { History } from './history/history';
import { createHistory } from './history/keep';
import type { Report } from './judge/report';
import { parsePolicy } from './policy/parse';
import type { Policy } from './policy/policy';
import { fingerprint } from './policy-fingerprint';
import { type AlertMessage, writeAlertMessage } from './report/alert-message';
import { writeHtml } from './report/html/page';
import { writeAsff } from './report/machine/asff';
import { writeFindingMessages } from './report/machine/messages';
import { writeSetupMessage } from './report/setup-message';
import { runAudit } from './run/run-audit';
import { newRunId } from './run-id';
import { lowerMode, parseSettings, type Settings } from './settings';

type Variables = Readonly<Record<string, string | undefined>>;

/** What the Lambda runtime tells of one invocation, as far as we use it. */
interface Invocation {
  readonly awsRequestId: string;
  readonly functionName: string;
  getRemainingTimeInMillis(): number;
}

/** Kept back from the function's time: for telling what happened, and before that for ending the repairs under way. */
const TIME_TO_TELL_MS = 30_000;
const TIME_TO_REPAIR_MS = 60_000;
/** Two machines' clocks agree within this. */
const CLOCK_SKEW_MS = 60_000;

export const handler = createHandler(process.env);

/**
 * The door for EventBridge Scheduler: one invocation is one run. The report is always published; then the invocation
 * fails, so that its alarm fires, if the run was not complete, a repair failed, or the run could not be told or kept.
 */
export function createHandler(variables: Variables) {
  let room: Room | undefined;
  return async (event: unknown, invocation: Invocation): Promise<{ runId: string; complete: boolean }> => {
    room ??= furnish(variables);
    const report = await audit(room, event, invocation);
    room.measure(report);
    const problems = problemsOf(report);
    if (problems.length > 0) {
      room.tokens.forget();
      throw new RunFailedError(problems);
    }
    return { runId: report.runId, complete: report.complete };
  };
}

/** The run was not complete, a repair failed, or the run could not be told or kept. What is known has been published. */
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
  readonly history: History;
  readonly mayWrite: () => Promise<boolean>;
  readonly sns: SNSClient;
  measure(report: Report): void;
}

function furnish(variables: Variables): Room {
  const settings = parseSettings(variables);
  const secrets = new SecretsManagerClient();
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

function createMeasure(environment: string): Room['measure'] {
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

function audit(room: Room, event: unknown, invocation: Invocation): Promise<Report> {
  const { settings, policy } = room;
  const mode = lowerMode(settings.mode, event);
  const end = Date.now() + invocation.getRemainingTimeInMillis();
  const transport = createTransport({
    origin: settings.address.origin,
    deadline: end - TIME_TO_TELL_MS,
    writes: mode === 'remediate' ? 'allowed' : 'refused',
    reservePercent: settings.reservePercent,
    now: Date.now,
    sleep,
  });
  const run = {
    ...settings,
    runId: newRunId(Date.now(), invocation.awsRequestId),
    tenant: settings.address.host,
    mode,
    policy,
    policyFingerprint: fingerprint(policy),
  };
  return runAudit(run, {
    tenant: createTenant(transport, room.tokens, Date.now),
    history: room.history,
    mayWrite: room.mayWrite,
    approve: async () => true,
    writePage: writeHtml,
    tell: (report) => tell(room, report, invocation.functionName),
    now: Date.now,
    sleep,
    stopAt: end - TIME_TO_TELL_MS - TIME_TO_REPAIR_MS,
    overBy: end + CLOCK_SKEW_MS,
  });
}

/** Tells machines of every run, people where there is something to tell; a topic that fails does not silence the other. */
async function tell({ settings, sns }: Room, report: Report, functionName: string): Promise<string[]> {
  const told = await Promise.allSettled([
    ...(report.telling === 'nothing_new'
      ? []
      : [publishAlert(sns, settings.alertsTopicArn, wordAlert(settings, report, functionName))]),
    publishMessages(sns, settings.findingsTopicArn, writeFindingMessages(report)),
    ...(settings.importsToSecurityHub ? [importFindings(writeAsff(report, settings.awsHome))] : []),
  ]);
  return told.flatMap((result) => (result.status === 'rejected' ? [String(result.reason.message)] : []));
}

function wordAlert(settings: Settings, report: Report, functionName: string): AlertMessage {
  if (report.incomplete?.reason !== 'setup_needed') return writeAlertMessage(report, { functionName });
  const { environment, secretArn, address, domainIsUnset } = settings;
  const problem = domainIsUnset
    ? ({ kind: 'domain', domain: address.host } as const)
    : ({ kind: 'secret', secretArn } as const);
  return writeSetupMessage({ environment, problem, functionName });
}

/** Why the invocation must fail after all was told. An indeterminate verdict is in the report and does not count. */
function problemsOf({ incomplete, historyFailure, findings, untold }: Report): string[] {
  const failed = findings.filter(({ outcome }) => outcome === 'failed' || outcome === 'failed_verification').length;
  return [
    ...(incomplete === null ? [] : [incomplete.message]),
    ...(failed === 0 ? [] : [`${failed} repairs failed or could not be verified.`]),
    ...(historyFailure === null ? [] : [historyFailure]),
    ...untold,
  ];
}
