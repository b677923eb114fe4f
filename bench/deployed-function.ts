import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { killSwitchParameter, type Resources } from '../lambda/contract';
import { filesOf, variablesFor } from '../lambda/deployment';
import { settingsSchema } from '../lambda/settings';
import { type Sandbox, type SandboxOptions, start } from '../sandbox/auth0/server';
import { startAws } from '../sandbox/aws/server';

const ROOT = path.join(__dirname, '..');
const ARN = 'eu-central-1:111122223333';
export const RESOURCES: Resources = {
  SECRET_ARN: `arn:aws:secretsmanager:${ARN}:secret:bench`,
  ALERTS_TOPIC_ARN: `arn:aws:sns:${ARN}:alerts`,
  ALARMS_TOPIC_ARN: `arn:aws:sns:${ARN}:alerts`,
  FINDINGS_TOPIC_ARN: `arn:aws:sns:${ARN}:findings`,
  HISTORY_BUCKET: 'bench-history',
  KILL_SWITCH_PARAMETER: killSwitchParameter('bench'),
  STACK_NAME: 'ConnectionAuditor-bench',
};

/** The bundled function in report mode, with the files of a deployment, an emulated tenant and emulated AWS. */
export interface DeployedFunction {
  readonly tenant: Sandbox;
  /** A separate folder with the bundle. */
  readonly taskRoot: string;
  /** All environment variables of the process that runs the function. */
  readonly variables: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

/** `bundle`: a folder with the code of the function. By default, the code is built as for a deployment. */
export async function deployFunction(
  { seed }: Pick<SandboxOptions, 'seed'> = {},
  bundle = buildHandler(),
): Promise<DeployedFunction> {
  const taskRoot = mkdtempSync(path.join(tmpdir(), 'auditor-function-'));
  cpSync(bundle, taskRoot, { recursive: true });
  const tenant = await start({ port: 0, rateLimit: 'off', ...(seed && { seed }) });
  const aws = await startAws({
    port: 0,
    secrets: { [RESOURCES.SECRET_ARN]: JSON.stringify(tenant.credentials) },
    topics: { [RESOURCES.ALERTS_TOPIC_ARN]: [], [RESOURCES.FINDINGS_TOPIC_ARN]: [] },
    buckets: [RESOURCES.HISTORY_BUCKET],
    parameters: { [RESOURCES.KILL_SWITCH_PARAMETER]: 'allow' },
  });
  const policy = { default: { expect: 'on_each_login' } } as const;
  const settings = settingsSchema.parse({ name: 'bench', domain: tenant.domain, timeZone: 'Etc/UTC', mode: 'report' });
  for (const [name, text] of Object.entries(filesOf(settings, policy))) writeFileSync(path.join(taskRoot, name), text);
  return {
    tenant,
    taskRoot,
    variables: {
      ...variablesFor(settings, policy, RESOURCES),
      LAMBDA_TASK_ROOT: taskRoot,
      AWS_REGION: 'eu-central-1',
      AWS_ACCESS_KEY_ID: 'made-up',
      AWS_SECRET_ACCESS_KEY: 'made-up',
      AWS_ENDPOINT_URL: aws.endpoint,
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    },
    async close() {
      rmSync(taskRoot, { recursive: true });
      await Promise.all([tenant.stop(), aws.stop()]);
    },
  };
}

function buildHandler(): string {
  execFileSync(process.execPath, [path.join(ROOT, 'bin/build-handler.mjs')], { stdio: 'pipe' });
  return path.join(ROOT, 'dist/handler');
}
