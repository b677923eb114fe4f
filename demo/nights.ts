import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { killSwitchParameter, type Resources } from '../lambda/contract';
import { filesOf, variablesFor } from '../lambda/deployment';
import { createHandler } from '../lambda/handler';
import type { Report } from '../lambda/judge/report';
import { settingsSchema } from '../lambda/settings';
import { LIMITS } from '../lambda/time-plan';
import { ALL_SCOPES } from '../sandbox/auth0/access';
import { start } from '../sandbox/auth0/server';
import { type AwsSandbox, startAws } from '../sandbox/aws/server';
import { showcase } from '../sandbox/showcase/connections';
import { NIGHTS } from '../sandbox/showcase/edits';
import { playEdits } from '../sandbox/showcase/play';
import { createVirtualClock } from '../sandbox/virtual-clock';
import { policyAt } from './policy';

const NAME = 'demo';
const HOME = 'eu-central-1:000000000000';
const RESOURCES: Resources = {
  SECRET_ARN: `arn:aws:secretsmanager:${HOME}:secret:demo`,
  ALERTS_TOPIC_ARN: `arn:aws:sns:${HOME}:alerts`,
  ALARMS_TOPIC_ARN: `arn:aws:sns:${HOME}:alerts`,
  FINDINGS_TOPIC_ARN: `arn:aws:sns:${HOME}:findings`,
  HISTORY_BUCKET: 'demo-history',
  KILL_SWITCH_PARAMETER: killSwitchParameter(NAME),
  STACK_NAME: `ConnectionAuditor-${NAME}`,
};
const DAY_MS = 86_400_000;
/** The function's timeout. */
const INVOCATION_MS = 900_000;
/** Duration of a request to the tenant on the virtual clock, in milliseconds. */
const REQUEST_MS = 60;

/** The deployed handler between an emulated tenant and emulated AWS, before its first night. */
export interface Demo {
  /** Variables that the SDK reads only from the process. Set them before `play`. */
  readonly forSdk: Readonly<Record<string, string>>;
  /** Runs every night, one after the other on a virtual clock. */
  play(): Promise<Played>;
  close(): Promise<void>;
}

/** The result of the nights. */
export interface Played {
  readonly nights: number;
  /** Requests to the tenant, and messages to recipients, in all nights together. */
  readonly requests: number;
  readonly alerts: number;
  /** The report of the last run, from its record. */
  readonly report: Report;
}

export interface DemoOptions {
  /** The scheduled time of the last night, in milliseconds since the epoch. */
  readonly lastNight: number;
  /** The tenant's canonical domain, as if the tenant were reached through a custom domain. Default: the address on this machine. */
  readonly canonicalDomain?: string;
}

export async function openDemo({ lastNight, canonicalDomain }: DemoOptions): Promise<Demo> {
  const firstNight = lastNight - (NIGHTS - 1) * DAY_MS;
  const clock = createVirtualClock(firstNight - DAY_MS);
  const moveTo = (time: number): void => clock.advance(time - clock.now());
  const own = canonicalDomain === undefined ? {} : { canonicalDomain };
  const tenant = await start({ seed: showcase(), now: clock.now, scopes: ALL_SCOPES, ...own });
  tenant.faults.add({ name: 'before', run: () => clock.advance(REQUEST_MS) }, { times: Number.POSITIVE_INFINITY });
  const aws = await startAws({
    secrets: { [RESOURCES.SECRET_ARN]: JSON.stringify(tenant.credentials) },
    topics: { [RESOURCES.ALERTS_TOPIC_ARN]: [], [RESOURCES.FINDINGS_TOPIC_ARN]: [] },
    buckets: [RESOURCES.HISTORY_BUCKET],
    parameters: { [RESOURCES.KILL_SWITCH_PARAMETER]: 'allow' },
  });
  const settings = settingsSchema.parse({
    name: NAME,
    domain: tenant.domain,
    timeZone: 'Etc/UTC',
    mode: 'remediate',
    caps: { maxChanges: 10, maxPercent: 20 },
    ...own,
  });
  const policy = policyAt(lastNight);
  const taskRoot = mkdtempSync(path.join(tmpdir(), 'auditor-function-'));
  for (const [name, text] of Object.entries(filesOf(settings, policy))) writeFileSync(path.join(taskRoot, name), text);

  return {
    forSdk: variablesOfSdk(aws),
    async play() {
      const variables = { ...variablesFor(settings, policy, RESOURCES), LAMBDA_TASK_ROOT: taskRoot };
      const handler = createHandler(variables, LIMITS, clock);
      for (let night = 0; night < NIGHTS; night += 1) {
        const at = firstNight + night * DAY_MS;
        playEdits(tenant, { lastNight, after: at - DAY_MS, until: at, moveTo });
        moveTo(at);
        await handler(
          { scheduledTime: new Date(at).toISOString() },
          invocationOf(night, () => at - clock.now()),
        );
      }
      return {
        nights: NIGHTS,
        requests: tenant.requests.length,
        alerts: aws.published.filter(({ topicArn }) => topicArn === RESOURCES.ALERTS_TOPIC_ARN).length,
        report: lastReport(aws),
      };
    },
    async close() {
      clock.stop();
      rmSync(taskRoot, { recursive: true });
      await Promise.all([tenant.stop(), aws.stop()]);
    },
  };
}

/** The context that the Lambda runtime passes for one invocation. `sinceStart`: negative milliseconds. */
function invocationOf(night: number, sinceStart: () => number) {
  return {
    awsRequestId: `${(0xa11ce000 + night).toString(16)}-0000-4000-8000-000000000000`,
    functionName: NAME,
    getRemainingTimeInMillis: () => INVOCATION_MS + sinceStart(),
  };
}

/** The last record in the bucket. Records are named by their time. */
function lastReport(aws: AwsSandbox): Report {
  const [last] = [...aws.objects(RESOURCES.HISTORY_BUCKET)]
    .filter(([key]) => /\/runs\/.*\.json$/.test(key))
    .toSorted(([a], [b]) => (a < b ? 1 : -1));
  const record: { report?: Report } = JSON.parse(last?.[1].text ?? '{}');
  if (record.report === undefined) throw new Error('the last night wrote no record');
  return record.report;
}

/** The values are invented, and the endpoint is on this machine. */
function variablesOfSdk({ endpoint }: AwsSandbox): Readonly<Record<string, string>> {
  return {
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: 'sandbox',
    AWS_SECRET_ACCESS_KEY: 'sandbox',
    // Without these settings, the output would show the log and the metrics of the runs before the alert.
    POWERTOOLS_LOG_LEVEL: 'SILENT',
    POWERTOOLS_METRICS_DISABLED: 'true',
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  };
}
