import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type EnvVarName, killSwitchParameter } from '../lambda/contract';
import { filesOf, variablesFor } from '../lambda/deployment';
import { createHandler } from '../lambda/handler';
import type { Policy } from '../lambda/policy/policy';
import { type GivenSettings, type Settings, settingsSchema } from '../lambda/settings';
import { addressOf } from '../lambda/tenant-address';
import { type Clock, LIMITS } from '../lambda/time-plan';
import { type Sandbox, type SandboxOptions, start } from '../sandbox/auth0/server';
import { type AwsSandbox, startAws } from '../sandbox/aws/server';
import type { PublishedMessage, Subscription } from '../sandbox/aws/sns/topics';
import { ALERTS_ARN, FINDINGS_ARN, SECRET_ARN } from './aws/aws-clients';

export interface FunctionOptions {
  readonly sandbox?: SandboxOptions;
  readonly policy?: Policy;
  /** Default: report mode, on the domain of the sandbox, with every other setting at its default. */
  readonly settings?: Partial<GivenSettings>;
  /** Variables that were changed after the deploy. */
  readonly variables?: Partial<Record<EnvVarName, string>>;
  /** The text of the secret. Default: credentials that the sandbox accepts. */
  readonly secret?: string;
  readonly topics?: readonly string[];
  /** The subscriptions of the alerts topic. Default: none, and the environment names no recipient. */
  readonly subscriptions?: readonly Subscription[];
  /** Default: the real time. */
  readonly clock?: Clock;
  /** The JSON of a state of earlier runs. Default: none; a first run then writes nothing in any mode. */
  readonly state?: object;
}

/** The handler as it is deployed, with an emulated tenant and emulated AWS. */
export interface DeployedFunction {
  readonly sandbox: Sandbox;
  readonly aws: AwsSandbox;
  readonly variables: Readonly<Record<string, string>>;
  /** `remaining`: milliseconds left at the start; default five minutes. */
  invoke(
    event?: unknown,
    remaining?: number,
  ): Promise<{ runId: string; complete?: boolean; isDuplicate?: true; isOverdue?: boolean }>;
  /** The logged lines, and the lines that are metrics. */
  readonly lines: () => readonly Readonly<Record<string, unknown>>[];
  readonly metrics: () => readonly Readonly<Record<string, unknown>>[];
  readonly alerts: () => readonly PublishedMessage[];
  readonly findings: () => readonly PublishedMessage[];
  /** Everything written to stdout and stderr since the function was created. */
  readonly printed: () => string;
}

export const HISTORY_BUCKET = 'auditor-history';
const AWS_VARIABLES = { AWS_REGION: 'eu-central-1', AWS_ACCESS_KEY_ID: 'made-up', AWS_SECRET_ACCESS_KEY: 'made-up' };
const undo: (() => void | Promise<void>)[] = [];

export async function deployFunction(options: FunctionOptions = {}): Promise<DeployedFunction> {
  const sandbox = await start({ port: 0, ...options.sandbox });
  const aws = await startAws({
    port: 0,
    secrets: { [SECRET_ARN]: options.secret ?? JSON.stringify(sandbox.credentials) },
    topics: Object.fromEntries(
      (options.topics ?? [ALERTS_ARN, FINDINGS_ARN]).map((arn) => [
        arn,
        arn === ALERTS_ARN ? (options.subscriptions ?? []) : [],
      ]),
    ),
    buckets: [HISTORY_BUCKET],
    parameters: { [killSwitchParameter('prod')]: 'allow' },
  });
  if (options.state !== undefined) aws.putObject(HISTORY_BUCKET, stateKeyOf(sandbox), JSON.stringify(options.state));
  const policy = options.policy ?? { default: { expect: 'on_each_login' } };
  const settings = settingsSchema.parse({
    name: 'prod',
    domain: sandbox.domain,
    timeZone: 'Europe/Berlin',
    mode: 'report',
    ...options.settings,
  });
  const layout = layOut(settings, policy);
  undo.push(
    () => sandbox.stop(),
    () => aws.stop(),
    layout.remove,
    setVariables({ ...AWS_VARIABLES, AWS_ENDPOINT_URL: aws.endpoint }),
  );

  const printed = captureOutput();
  const variables = { ...layout.variables, ...options.variables };
  const handler = createHandler(variables, LIMITS, options.clock);
  let invocations = 0;
  return {
    sandbox,
    aws,
    variables,
    invoke(event = {}, remaining = 300_000) {
      invocations += 1;
      const awsRequestId = `0000000${invocations}-0000-4000-8000-000000000000`;
      const begun = Date.now();
      const getRemainingTimeInMillis = () => remaining - (Date.now() - begun);
      const memoryLimitInMB = '1024';
      return handler(event, { awsRequestId, functionName: 'prod-auditor', memoryLimitInMB, getRemainingTimeInMillis });
    },
    alerts: () => aws.published.filter(({ topicArn }) => topicArn === ALERTS_ARN),
    findings: () => aws.published.filter(({ topicArn }) => topicArn === FINDINGS_ARN),
    printed,
    lines: () => jsonIn(printed(), 'message'),
    metrics: () => jsonIn(printed(), '_aws'),
  };
}

/** The printed lines that are JSON and contain this member. */
function jsonIn(printed: string, member: string): readonly Readonly<Record<string, unknown>>[] {
  return printed
    .split('\n')
    .filter((line) => line.startsWith('{') && line.includes(`"${member}"`))
    .map((line) => JSON.parse(line));
}

/** Writes what one deploy gives the function: files in a folder, and the variables that name the folder. */
export function layOut(settings: Settings, policy: Policy) {
  const taskRoot = mkdtempSync(path.join(tmpdir(), 'auditor-test-'));
  for (const [name, text] of Object.entries(filesOf(settings, policy))) writeFileSync(path.join(taskRoot, name), text);
  const variables = {
    ...variablesFor(settings, policy, {
      SECRET_ARN,
      ALERTS_TOPIC_ARN: ALERTS_ARN,
      ALARMS_TOPIC_ARN: ALERTS_ARN,
      FINDINGS_TOPIC_ARN: FINDINGS_ARN,
      HISTORY_BUCKET,
      KILL_SWITCH_PARAMETER: killSwitchParameter(settings.name),
      STACK_NAME: `ConnectionAuditor-${settings.name}`,
    }),
    LAMBDA_TASK_ROOT: taskRoot,
  };
  return { variables, remove: () => rmSync(taskRoot, { recursive: true }) };
}

export async function removeFunctions(): Promise<void> {
  for (const step of undo.splice(0).reverse()) await step();
}

export function stateKeyOf({ domain }: Sandbox): string {
  return `${encodeURIComponent(addressOf(domain).host)}/state.json`;
}

/**
 * Sets variables of this process, because the SDK reads its endpoint and credentials only from the process. Returns a
 * function that restores the earlier values.
 */
export function setVariables(variables: Readonly<Record<string, string>>): () => void {
  const before = Object.keys(variables).map((name) => [name, process.env[name]] as const);
  Object.assign(process.env, variables);
  return () => {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  };
}

function captureOutput(): () => string {
  const chunks: string[] = [];
  for (const stream of [process.stdout, process.stderr]) {
    const { write } = stream;
    stream.write = (chunk: string | Uint8Array) => {
      chunks.push(typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('utf8'));
      return true;
    };
    undo.push(() => {
      stream.write = write;
    });
  }
  return () => chunks.join('');
}
