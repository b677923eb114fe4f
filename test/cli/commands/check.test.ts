import { runCommandLine } from '../../../cli/command-line';
import { SECRET_PLACEHOLDER } from '../../../lambda/contract';
import { filesOf } from '../../../lib/environment/environment-file';
import { type Sandbox, type SandboxOptions, start } from '../../../sandbox/auth0/server';
import { startAws } from '../../../sandbox/aws/server';
import { generate } from '../../../sandbox/seeds';

import { makeSelfSigned } from '../../../sandbox/self-signed';
import { ALERTS_ARN, SECRET_ARN } from '../../aws/aws-clients';
import { withoutAws } from '../../aws/without-aws';
import { sampleEnvironment } from '../../lib/environment/sample-environment';
import { templateOf } from '../../lib/synthesize';
import { startProxy } from '../access/connect-proxy';
import { contextOf } from '../command-context';
import { recordTerminal } from '../recorded-terminal';

const undo: (() => void | Promise<void>)[] = [];
const aws = withoutAws();
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

async function check(options: SandboxOptions = {}, variables: Record<string, string> = {}, domain?: string) {
  const sandbox: Sandbox = await start({ port: 0, seed: generate(3), ...options });
  undo.push(() => sandbox.stop());
  const { client_id: AUTH0_CLIENT_ID, client_secret: AUTH0_CLIENT_SECRET } = sandbox.credentials;
  const terminal = recordTerminal({ AUTH0_CLIENT_ID, AUTH0_CLIENT_SECRET, ...variables }, { columns: 1000 });
  const words = ['check', '--environment', 'sample', '--domain', domain ?? sandbox.domain];
  // The tenant is the environment's own, so that its stack is looked up.
  const environments = filesOf([{ ...sampleEnvironment, domain: `127.0.0.1:${sandbox.port}` }]);
  const code = await runCommandLine(words, contextOf(environments, terminal));
  const lines = terminal
    .printed()
    .trimEnd()
    .replaceAll(/127\.0\.0\.1:\d+/g, 'TENANT')
    .split('\n');
  return { code, lines, sandbox };
}

describe('the check of a tenant', () => {
  it('the check of a correct tenant prints a line per subject, with one token and one page', async () => {
    const { code, lines, sandbox } = await check();
    expect(lines).toEqual([
      'ok    domain       TENANT answers on this machine, without TLS',
      'ok    credentials  accepted',
      'ok    scopes       all scopes that report mode needs are granted',
      'skip  scopes       read:logs is not granted: reports cannot show who changed a connection',
      'ok    options      visible',
      'ok    rate limit   49 of 50 requests left in the rate limit; 20 % stay free for other clients',
      'skip  AWS          not checked: no AWS region is known: set region in the environment, give --region, or export AWS_REGION',
    ]);
    expect(code).toBe(0);
    expect(sandbox.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'POST /oauth/token',
      'GET /api/v2/connections',
    ]);
  });

  const CASES: readonly {
    claim: string;
    options?: SandboxOptions;
    variables?: Record<string, string>;
    domain?: string;
    says: string;
    code: number;
  }[] = [
    {
      claim: 'refused credentials',
      variables: { AUTH0_CLIENT_SECRET: 'Planted-wrong' },
      says: 'fail  credentials  Asking for a token: POST /oauth/token: 401 access_denied: Unauthorized. Check client_id and client_secret',
      code: 2,
    },
    {
      claim: 'a missing scope for options',
      options: { scopes: ['read:connections'] },
      says: 'fail  scopes       read:connections_options is missing; grant it in the Dashboard under Applications > APIs',
      code: 2,
    },
    {
      claim: 'a missing scope for connections',
      options: { scopes: ['read:connections_options'] },
      says: 'fail  scopes       read:connections is missing; grant it in the Dashboard',
      code: 2,
    },
    {
      claim: 'hidden options',
      options: { scopes: ['read:connections'] },
      says: 'fail  options      hidden: the tenant omits them; grant read:connections_options',
      code: 2,
    },
    {
      claim: 'unneeded scopes',
      options: { scopes: ['read:connections', 'read:connections_options', 'update:connections'] },
      says: 'warn  scopes       update:connections are granted, but report mode does not need them: remove them',
      code: 0,
    },
    {
      claim: 'unknown scopes',
      options: { omitScopeInTokenAnswer: true, jwtScopes: 'absent' },
      says: 'warn  scopes       unknown: neither the token response nor the token lists the granted scopes',
      code: 0,
    },
    {
      claim: 'an empty tenant',
      options: { seed: [] },
      says: 'skip  options      the tenant has no connections',
      code: 0,
    },
    {
      claim: 'an unknown rate limit',
      options: { rateLimit: 'off' },
      says: 'skip  rate limit   the tenant does not report it',
      code: 0,
    },
    {
      claim: 'an address without a server',
      domain: 'http://127.0.0.1:1',
      says: 'fail  domain       127.0.0.1:1 cannot be reached (ECONNREFUSED); check the domain and the network',
      code: 2,
    },
    {
      claim: 'an untrusted certificate',
      options: { tls: makeSelfSigned() },
      says: 'fail  domain       TENANT cannot be reached (DEPTH_ZERO_SELF_SIGNED_CERT); for a private certificate authority, set NODE_EXTRA_CA_CERTS',
      code: 2,
    },
  ];
  it.each(CASES)('the check reports $claim with the remedy', async ({ options, variables, domain, says, code }) => {
    const checked = await check(options, variables, domain);
    const shown = checked.lines.map((line) => line.replace('TENANT', domain === undefined ? 'TENANT' : '127.0.0.1:1'));
    expect(shown.filter((line) => line.startsWith(says))).toHaveLength(1);
    expect(checked.code).toBe(code);
    expect(shown.join('\n')).not.toContain('Planted');
  });

  it('the check uses the proxy in HTTPS_PROXY and names the proxy if it refuses', async () => {
    for (const [instead, says] of [
      [
        undefined,
        'cannot be reached (DEPTH_ZERO_SELF_SIGNED_CERT); for a private certificate authority, set NODE_EXTRA_CA_CERTS',
      ],
      ['HTTP/1.1 407 No\r\n\r\n', 'cannot be reached. The proxy in HTTPS_PROXY rejects the credentials (407)'],
    ] as const) {
      const proxy = await startProxy(instead === undefined ? {} : { instead });
      undo.push(() => proxy.stop());
      const HTTPS_PROXY = proxy.address('ann:Planted');
      const { code, lines } = await check({ tls: makeSelfSigned() }, { HTTPS_PROXY });
      expect(lines[0]).toContain(`fail  domain       TENANT ${says}`);
      expect(lines.join('\n')).not.toContain('Planted');
      expect(code).toBe(2);
      expect(proxy.asked.length).toBeGreaterThan(1);
    }
  });

  it('the check of an unknown environment sends no request and lists the known ones, in 80 columns', async () => {
    const terminal = recordTerminal({});
    const words = ['check', '--environment', 'staging'];
    expect(await runCommandLine(words, contextOf(filesOf([sampleEnvironment]), terminal))).toBe(2);
    const lines = terminal.printed().trimEnd().split('\n');
    expect(lines.filter((line) => line.startsWith('fail  settings     '))).toHaveLength(1);
    expect(terminal.printed()).toMatch(/known:\s+sample/);
    expect(lines.every((line) => line.length <= 80)).toBe(true);
  });
});

describe('the check of a deployment', () => {
  const OUTPUTS = {
    SecretArn: SECRET_ARN,
    AlertsTopicArn: ALERTS_ARN,
  };
  const email = (endpoint: string, confirmed: boolean) => ({ protocol: 'email', endpoint, confirmed });
  const deploy = async (secret: string, subscriptions: readonly ReturnType<typeof email>[], stackName = 'sample') => {
    const deployment = await startAws({
      port: 0,
      stacks: { [`ConnectionAuditor-${stackName}`]: { outputs: OUTPUTS } },
      secrets: { [SECRET_ARN]: secret },
      topics: { [ALERTS_ARN]: subscriptions },
    });
    undo.push(() => deployment.stop());
    aws.set({
      AWS_REGION: 'eu-central-1',
      AWS_ACCESS_KEY_ID: 'made-up',
      AWS_SECRET_ACCESS_KEY: 'made-up',
      AWS_ENDPOINT_URL: deployment.endpoint,
    });
  };
  const FILLED = JSON.stringify({ client_id: 'Planted-id', client_secret: 'Planted-secret' });

  it('the check of a deployment reports a filled secret and the confirmed recipients', async () => {
    await deploy(FILLED, [email('identity-team@x.org', true), email('b@example.com', false)]);
    const { lines, code } = await check();
    expect(lines.slice(6)).toEqual([
      'ok    AWS          stack ConnectionAuditor-sample in eu-central-1',
      'ok    secret       filled',
      'ok    alerts       email identity-team@x.org has confirmed',
      expect.stringMatching(
        /^fail {2}alerts {7}email b@example\.com has not confirmed\. .* To request another e-mail:$/,
      ),
      expect.stringMatching(/^ {2}aws sns subscribe /),
      expect.any(String),
      expect.any(String),
      expect.stringMatching(/^fail {2}alarms {7}the stack has none of the alarms of this version\. /),
    ]);
    expect(code).toBe(2);
    expect(lines.join('\n')).not.toContain('Planted');
  });

  it('the check of an empty secret prints the command that fills it', async () => {
    await deploy(SECRET_PLACEHOLDER, [email('a@example.com', true)]);
    const { lines, code } = await check();
    expect(lines[7]).toBe(
      'fail  secret       The secret still contains the placeholder it was deployed with. To fill it:',
    );
    // Not wrapped, so that the command can be pasted.
    expect(lines.slice(8, 10).join('\n')).toMatch(
      /^ {2}npm run audit -- fill-secret --environment sample \\\n {4}--region eu-central-1 --domain \S+$/,
    );
    expect(code).toBe(2);
  });

  it('the check skips a stack that does not exist', async () => {
    await deploy(FILLED, [], 'other');
    const { lines, code } = await check();
    expect(lines[6]).toBe(
      'skip  AWS          not checked: environment sample is not deployed in eu-central-1: there is no stack ConnectionAuditor-sample',
    );
    expect(code).toBe(0);
  });

  it('the check skips the stack without AWS credentials', async () => {
    aws.set({ AWS_REGION: 'eu-central-1' });
    expect((await check()).lines[6]).toContain(
      'skip  AWS          not checked: there are no AWS credentials, or the profile',
    );
  });

  it('the stack has the outputs from which the check reads the secret and the topic', () => {
    const template = templateOf();
    const [secret] = Object.keys(template.findResources('AWS::SecretsManager::Secret'));
    const outputs = template.findOutputs('*');
    expect(outputs.SecretArn?.Value).toEqual({ Ref: secret });
    expect(outputs.AlertsTopicArn?.Value).toEqual({ Ref: expect.stringContaining('Alerts') });
  });
});
