#!/usr/bin/env tsx
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { killSwitchParameter, type Resources } from '../lambda/contract';
import { filesOf, variablesFor } from '../lambda/deployment';
import { createHandler } from '../lambda/handler';
import type { Settings } from '../lambda/settings';
import { findEnvironment, readEnvironmentFiles } from '../lib/environment/environment-file';
import { checkEnvironment, withDefaults } from '../lib/environment/with-defaults';
import { start } from '../sandbox/auth0/server';
import { startAws } from '../sandbox/aws/server';
import { SEEDS } from '../sandbox/seeds';

const files = readEnvironmentFiles(path.join(__dirname, '../environments'));
const dev = checkEnvironment(findEnvironment(files, 'dev').environment);

const ACCOUNT = 'us-east-1:000000000000';
const RESOURCES: Resources = {
  SECRET_ARN: `arn:aws:secretsmanager:${ACCOUNT}:secret:sandbox`,
  ALERTS_TOPIC_ARN: `arn:aws:sns:${ACCOUNT}:alerts`,
  FINDINGS_TOPIC_ARN: `arn:aws:sns:${ACCOUNT}:findings`,
  HISTORY_BUCKET: 'sandbox-history',
  KILL_SWITCH_PARAMETER: killSwitchParameter(dev.name),
  STACK_NAME: `ConnectionAuditor-${dev.name}`,
};

/** One run on the sandbox tenant: the deployed handler, with the settings of `environments/dev.ts`, against emulated edges. */
async function main(): Promise<void> {
  const tenant = await start({ port: 0, seed: SEEDS.mixed() });
  const aws = await startAws({
    port: 0,
    secrets: { [RESOURCES.SECRET_ARN]: JSON.stringify(tenant.credentials) },
    topics: { [RESOURCES.ALERTS_TOPIC_ARN]: [], [RESOURCES.FINDINGS_TOPIC_ARN]: [] },
    buckets: [RESOURCES.HISTORY_BUCKET],
    parameters: { [RESOURCES.KILL_SWITCH_PARAMETER]: 'allow' },
  });
  const taskRoot = mkdtempSync(path.join(tmpdir(), 'auditor-'));
  try {
    const settings: Settings = { ...withDefaults(dev), domain: tenant.domain, canonicalDomain: undefined };
    for (const [name, text] of Object.entries(filesOf(settings, dev.policy))) {
      writeFileSync(path.join(taskRoot, name), text);
    }
    pointSdkAt(aws.endpoint);
    const handler = createHandler({
      ...variablesFor(settings, dev.policy, RESOURCES),
      LAMBDA_TASK_ROOT: taskRoot,
    });
    const began = Date.now();
    await handler(
      {},
      {
        awsRequestId: 'a11ce000-0000-4000-8000-000000000000',
        functionName: 'sandbox',
        getRemainingTimeInMillis: () => 60_000 - (Date.now() - began),
      },
    );
    show(aws.published, tenant.requests.length);
  } finally {
    rmSync(taskRoot, { recursive: true });
    await Promise.all([tenant.stop(), aws.stop()]);
  }
}

/** The SDK clients read these; the values are made up, and the endpoint is on this machine. */
function pointSdkAt(endpoint: string): void {
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'sandbox',
    AWS_SECRET_ACCESS_KEY: 'sandbox',
    // Log and metrics of the run would stand between a reader and the alert.
    POWERTOOLS_LOG_LEVEL: 'SILENT',
    POWERTOOLS_METRICS_DISABLED: 'true',
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  });
}

function show(published: Awaited<ReturnType<typeof startAws>>['published'], requests: number): void {
  const alert = published.find(({ topicArn }) => topicArn === RESOURCES.ALERTS_TOPIC_ARN);
  const findings = published.filter(({ topicArn }) => topicArn === RESOURCES.FINDINGS_TOPIC_ARN);
  process.stdout.write(
    [
      `Audited the sandbox tenant with ${requests} requests.`,
      `Published 1 alert for people and ${findings.length} messages for machines. The alert:`,
      '',
      `Subject: ${alert?.subject}`,
      '',
      textOf(alert?.message),
      '',
    ].join('\n'),
  );
}

/** What a mail shows, of the bodies by protocol. */
function textOf(message = '{}'): string {
  const bodies: { email?: string } = JSON.parse(message);
  return bodies.email ?? '';
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
