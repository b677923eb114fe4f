import { readSecret } from '../../lambda/aws/secret';
import { SECRET_PLACEHOLDER } from '../../lambda/contract';
import { createHistory } from '../../lambda/history/keep';
import type { Report } from '../../lambda/judge/report';
import { writeMail } from '../../lambda/report/mail/mail';
import { runAudit } from '../../lambda/run/run-audit';
import { DEFAULT_CADENCE } from '../../lambda/settings';
import type { Fault, When } from '../../sandbox/auth0/faults';
import type { SandboxOptions } from '../../sandbox/auth0/server';
import { generate } from '../../sandbox/seeds';
import { type ClientOptions, closeClients, openClient, type PacedClient } from '../auth0/paced-client';
import { closeAws, openAws, SECRET_ARN } from '../aws/aws-clients';
import { createMemoryStore } from '../history/memory-store';

const TOKEN: When = { path: '/oauth/token' };
const PAGE: When = { path: '/api/v2/connections' };
const always = (when: When): When => ({ ...when, times: Infinity });
const secondPageAlways: When = { ...PAGE, nth: 2, times: Infinity };

interface Row {
  readonly fault: string;
  readonly sandbox?: SandboxOptions;
  readonly client?: ClientOptions;
  readonly faults?: readonly (readonly [Fault, When])[];
  /** The text of the secret, if the secret is the fault. */
  readonly secret?: string;
  /** The time limit of the run in milliseconds. */
  readonly time?: number;
}

const status = (code: number, headers: Readonly<Record<string, string>> = {}): Fault => ({
  name: 'status',
  status: code,
  headers,
});

/** 250 connections on three pages, 25 of them drifted, unless the row has another seed. */
const ROWS: readonly Row[] = [
  { fault: 'none' },
  { fault: 'secret: still the placeholder', secret: SECRET_PLACEHOLDER },
  { fault: 'secret: not JSON', secret: 'client_id=a' },
  { fault: 'secret: of another tenant', secret: '{"client_id":"a","client_secret":"b","domain":"other.eu.auth0.com"}' },
  { fault: 'token: client secret refused', secret: '{"client_id":"made-up-client-id","client_secret":"wrong"}' },
  { fault: "token: the custom domain's own audience", sandbox: { canonicalDomain: 'other.eu.auth0.com' } },
  {
    fault: 'token: no grant for the audience',
    faults: [
      [
        {
          name: 'status',
          status: 403,
          body: {
            error: 'access_denied',
            error_description:
              'Client is not authorized to access "https://sample.eu.auth0.com/api/v2/". You need to create a "client-grant" associated to this API.',
          },
        },
        always(TOKEN),
      ],
    ],
  },
  { fault: 'token: 500 once', faults: [[status(500), TOKEN]] },
  { fault: 'token: 500 always', faults: [[status(500), always(TOKEN)]] },
  { fault: 'token: 429, retry after 1 hour', faults: [[status(429, { 'retry-after': '3600' }), always(TOKEN)]] },
  { fault: 'token: truncated JSON always', faults: [[{ name: 'half_json' }, always(TOKEN)]] },
  { fault: 'token: HTML always', faults: [[{ name: 'html' }, always(TOKEN)]] },
  { fault: 'token: redirect', faults: [[{ name: 'redirect', to: 'https://other.invalid/' }, always(TOKEN)]] },
  {
    fault: 'token: no answer always',
    faults: [[{ name: 'hang' }, always(TOKEN)]],
    client: { transport: { timeoutMs: 300 } },
  },
  { fault: 'scope: read:connections_options missing', sandbox: { scopes: ['read:connections'] } },
  { fault: 'scope: both missing', sandbox: { scopes: [] } },
  {
    fault: 'scope: unknown, and options are hidden',
    sandbox: { scopes: ['read:connections'], omitScopeInTokenAnswer: true, jwtScopes: 'absent' },
  },
  { fault: 'page 1: take=100 refused', sandbox: { maxTake: 50 } },
  { fault: 'page 2: truncated JSON once', faults: [[{ name: 'half_json' }, { ...PAGE, nth: 2 }]] },
  { fault: 'page 2: truncated JSON always', faults: [[{ name: 'half_json' }, secondPageAlways]] },
  { fault: 'page 2: answer cut off always', faults: [[{ name: 'cut' }, secondPageAlways]] },
  { fault: 'page 2: HTML always', faults: [[{ name: 'html' }, secondPageAlways]] },
  { fault: 'page 2: empty always', faults: [[{ name: 'empty' }, secondPageAlways]] },
  { fault: 'page 2: without connections always', faults: [[{ name: 'wrong_shape' }, secondPageAlways]] },
  {
    fault: 'page 2: a connection without an id always',
    faults: [[{ name: 'wrong_shape', body: { connections: [{ name: 'a', strategy: 'okta' }] } }, secondPageAlways]],
  },
  { fault: 'page 2: 64 MB', faults: [[{ name: 'huge' }, secondPageAlways]] },
  { fault: 'page 2: 500 once', faults: [[status(500), { ...PAGE, nth: 2 }]] },
  { fault: 'page 2: 503 always', faults: [[status(503), secondPageAlways]] },
  { fault: 'page 2: 429 once, retry after 7 s', faults: [[status(429, { 'retry-after': '7' }), { ...PAGE, nth: 2 }]] },
  { fault: 'page 2: 429 always', faults: [[status(429), secondPageAlways]] },
  { fault: 'page 2: 401 once', faults: [[status(401), { ...PAGE, nth: 2 }]] },
  { fault: 'page 2: 401 always', faults: [[status(401), secondPageAlways]] },
  { fault: 'page 2: 403', faults: [[status(403), secondPageAlways]] },
  { fault: 'page 2: reset once', faults: [[{ name: 'reset' }, { ...PAGE, nth: 2 }]] },
  { fault: 'page 2: reset always', faults: [[{ name: 'reset' }, secondPageAlways]] },
  {
    fault: 'page 2: no answer always',
    faults: [[{ name: 'hang' }, secondPageAlways]],
    client: { transport: { timeoutMs: 300 } },
  },
  { fault: 'page 2: redirect', faults: [[{ name: 'redirect', to: 'https://other.invalid/' }, secondPageAlways]] },
  { fault: 'pages: each repeats its first connection', faults: [[{ name: 'duplicate' }, always(PAGE)]] },
  { fault: 'page 2: next is page 2 again', faults: [[{ name: 'repeat_next' }, { ...PAGE, nth: 2 }]] },
  { fault: 'pages: endless empty pages', faults: [[{ name: 'endless_next' }, secondPageAlways]] },
  {
    fault: 'time: two seconds, but the rate limit needs longer',
    sandbox: { rateLimit: 'free', seed: generate(900) },
    time: 2_000,
  },
  { fault: 'time: none', time: 0 },
];

/** The messages of a run in report mode for each fault, one line for each fault. */
export async function writeReportRows(): Promise<readonly string[]> {
  const lines: string[] = [];
  for (const row of ROWS) {
    const { report, requests } = await meet(row);
    const { reason = '', message = '' } = report.incomplete ?? {};
    const { subject } = writeMail(report);
    const said = message.replaceAll(/127\.0\.0\.1:\d+/g, 'TENANT').replace(/\d+ characters/, 'N characters');
    lines.push([row.fault, report.complete ? 'yes' : 'no', reason, requests, subject, said].join(' | '));
    await closeClients();
    await closeAws();
  }
  return [
    '## Messages in report mode',
    '',
    'The tenant has 250 connections on three pages, and 25 of them have drifted. The client is paced. AWS is called only for the secret.',
    '',
    '| Fault | Complete | Reason | Requests | Subject | Message |',
    '|---|---|---|---|---|---|',
    ...lines.map((line) => `| ${line.replaceAll('\n', ' ')} |`),
  ];
}

async function meet(row: Row): Promise<{ report: Report; requests: number }> {
  const { secrets } = await openAws(row.secret === undefined ? {} : { secrets: { [SECRET_ARN]: row.secret } });
  const client = await openClient({
    ...row.client,
    sandbox: { seed: generate(250, { driftPercent: 10 }), ...row.sandbox },
    ...(row.secret === undefined
      ? {}
      : { readCredentials: async () => (await readSecret(secrets, SECRET_ARN, ['example.eu.auth0.com'])).credentials }),
  });
  for (const [fault, when] of row.faults ?? []) client.sandbox.faults.add(fault, when);
  const report = await audit(client, row.time);
  return { report, requests: client.sandbox.requests.length };
}

function audit(client: PacedClient, time = 600_000): Promise<Report> {
  const { tenant } = client.newRun({ deadline: client.clock.now() + time });
  const run = {
    runId: '2026-01-05T04-30-00Z-00000001',
    environment: 'prod',
    tenant: 'example.eu.auth0.com',
    canonicalHost: 'example.eu.auth0.com',
    mode: 'report',
    policy: { default: { expect: 'on_each_login' } },
    policyFingerprint: 'made-up',
    timeZone: 'UTC',
    caps: undefined,
    quarantine: { repairs: 3, days: 7 },
    retry: new Set<string>(),
    cadence: DEFAULT_CADENCE,
    withoutPeople: false,
    by: null,
  } as const;
  const { now, sleep } = client.clock;
  return runAudit(run, {
    tenant,
    now,
    sleep,
    history: createHistory(createMemoryStore(), run.tenant),
    mayWrite: async () => 'stop',
    approve: async () => 'declined',
    isInterrupted: () => false,
    isUnannounced: false,
    stopAt: Number.POSITIVE_INFINITY,
    overBy: now() + 3_600_000,
  });
}
