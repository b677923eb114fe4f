import { execFileSync, fork } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { killSwitchParameter, METRICS, type Resources } from '../../lambda/contract';
import { filesOf, variablesFor } from '../../lambda/deployment';
import { settingsSchema } from '../../lambda/settings';
import { MEMORY_SIZE } from '../../lib/environment/schema';
import { start } from '../../sandbox/auth0/server';
import { startAws } from '../../sandbox/aws/server';
import { generate } from '../../sandbox/seeds';
import { ALERTS_ARN, FINDINGS_ARN, SECRET_ARN } from '../aws/aws-clients';

const ROOT = path.join(__dirname, '../..');
const RESOURCES: Resources = {
  SECRET_ARN,
  ALERTS_TOPIC_ARN: ALERTS_ARN,
  FINDINGS_TOPIC_ARN: FINDINGS_ARN,
  HISTORY_BUCKET: 'auditor-history',
  KILL_SWITCH_PARAMETER: killSwitchParameter('prod'),
  STACK_NAME: 'ConnectionAuditor-prod',
};

describe('the first run of a tenant with 20,000 connections, by the bundled handler in a process of its own', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'auditor-memory-'));
  let taskRoot = '';
  beforeAll(() => {
    taskRoot = buildIn(folder);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test.each([
    { findings: 8_000, driftPercent: 40, size: 'least', memorySize: MEMORY_SIZE.least },
    { findings: 20_000, driftPercent: 100, size: 'default', memorySize: MEMORY_SIZE.default },
  ])(
    'completes with $findings findings in the $size memory size',
    async ({ findings, driftPercent, memorySize }) => {
      const run = await firstRun(taskRoot, driftPercent, memorySize);
      expect(run).toMatchObject({ code: 0, signal: null, answer: { returned: { complete: true } } });
      expect(run.printed).toContain(`"${METRICS.noncompliant}":${findings}`);
      expect(run.answer?.peakMb).toBeLessThan(memorySize);
    },
    60_000,
  );
});

/** Builds as `npm run build:handler` does, but not into `dist/`, which other tests build and copy at the same time. */
function buildIn(folder: string): string {
  const script = path.join(folder, 'bin/build-handler.mjs');
  cpSync(path.join(ROOT, 'bin'), path.join(folder, 'bin'), { recursive: true });
  for (const name of ['build', 'lambda', 'node_modules']) {
    symlinkSync(path.join(ROOT, name), path.join(folder, name), 'junction');
  }
  execFileSync(process.execPath, [script], { stdio: 'pipe' });
  return path.join(folder, 'dist/handler');
}

async function firstRun(taskRoot: string, driftPercent: number, memorySize: number): Promise<EndedRun> {
  const tenant = await start({ port: 0, rateLimit: 'off', seed: generate(20_000, { driftPercent }) });
  const aws = await startAws({
    port: 0,
    secrets: { [RESOURCES.SECRET_ARN]: JSON.stringify(tenant.credentials) },
    topics: { [RESOURCES.ALERTS_TOPIC_ARN]: [], [RESOURCES.FINDINGS_TOPIC_ARN]: [] },
    buckets: [RESOURCES.HISTORY_BUCKET],
    parameters: { [RESOURCES.KILL_SWITCH_PARAMETER]: 'allow' },
  });
  try {
    const policy = { default: { expect: 'on_each_login' } } as const;
    const settings = settingsSchema.parse({ name: 'prod', domain: tenant.domain, timeZone: 'Etc/UTC', mode: 'report' });
    for (const [name, text] of Object.entries(filesOf(settings, policy))) {
      writeFileSync(path.join(taskRoot, name), text);
    }
    const variables = {
      ...variablesFor(settings, policy, RESOURCES),
      LAMBDA_TASK_ROOT: taskRoot,
      AWS_REGION: 'eu-central-1',
      AWS_ACCESS_KEY_ID: 'made-up',
      AWS_SECRET_ACCESS_KEY: 'made-up',
      AWS_ENDPOINT_URL: aws.endpoint,
    };
    return await invokeOnce(variables, heapOptions(memorySize));
  } finally {
    await Promise.all([tenant.stop(), aws.stop()]);
  }
}

/** The limits of V8 in Lambda's runtime, as `/var/runtime/bootstrap` of the images public.ecr.aws/lambda/nodejs has them. */
function heapOptions(memorySize: number): string[] {
  const newSpace = Math.floor(memorySize / 10);
  return [`--max-semi-space-size=${Math.floor(newSpace / 2)}`, `--max-old-space-size=${memorySize - newSpace}`];
}

interface Answer {
  readonly returned: unknown;
  /** The most that the process had resident. */
  readonly peakMb: number;
}

interface EndedRun {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly answer: Answer | undefined;
  readonly printed: string;
}

function invokeOnce(env: Readonly<Record<string, string>>, execArgv: string[]): Promise<EndedRun> {
  const child = fork(path.join(__dirname, 'invoke-once.mjs'), { env: { ...env }, execArgv, silent: true });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (chunk: string) => {
      printed += chunk;
    });
  }
  return new Promise((resolve, reject) => {
    let answer: Answer | undefined;
    child.once('message', (message: Answer) => {
      answer = message;
    });
    child.once('error', reject);
    child.once('close', (code, signal) => resolve({ code, signal, answer, printed }));
  });
}
