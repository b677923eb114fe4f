import { SECRET_PLACEHOLDER } from '../lambda/contract';
import type { SeedConnection } from '../sandbox/auth0/stored-connection';
import { generate, mixed } from '../sandbox/seeds';
import { everythingIn, failureOf } from './auth0/paced-client';
import { ALERTS_ARN, FINDINGS_ARN, SECRET_ARN } from './aws/aws-clients';
import { type DeployedFunction, deployFunction, removeFunctions } from './deployed-function';

afterEach(removeFunctions);

/** The metrics of each run, as CloudWatch reads them from the log. */
function metricsIn(printed: string): readonly Record<string, unknown>[] {
  return printed
    .split('\n')
    .filter((line) => line.includes('"CloudWatchMetrics"'))
    .map((line) => JSON.parse(line));
}

const typesOf = (deployed: DeployedFunction) =>
  deployed.findings().map(({ attributes }) => attributes.messageType?.value);

describe('a compliant tenant', () => {
  it('a compliant tenant gets the alert OK, and the run completes', async () => {
    const deployed = await deployFunction({ sandbox: { seed: generate(120) } });
    const { complete, runId } = await deployed.invoke();
    expect(complete).toBe(true);
    expect(deployed.alerts().map(({ subject }) => subject)).toEqual([
      '[prod] OK: 120 connections audited, none drifted',
    ]);
    expect(typesOf(deployed)).toEqual(['run_summary']);
    expect(deployed.findings()[0]?.message).toContain(runId);
  });

  it('a tenant without connections in its first run is reported as NO CONNECTIONS, and never as OK', async () => {
    const deployed = await deployFunction();
    expect(await deployed.invoke()).toMatchObject({ complete: true });
    expect(deployed.alerts()[0]?.subject).toBe('[prod] NO CONNECTIONS: is this the right tenant?');
    expect(deployed.sandbox.requests).toHaveLength(2);
  });
});

describe('a tenant that has drifted', () => {
  it('a drifted tenant is reported with the most severe finding first, and the run completes', async () => {
    const deployed = await deployFunction({ sandbox: { seed: mixed() } });
    expect(await deployed.invoke()).toMatchObject({ complete: true });
    expect(deployed.alerts()).toHaveLength(1);
    expect(deployed.alerts()[0]?.subject).toMatch(
      /^\[prod\] \d+ HIGH: \d+ of \d+ connections drifted, 1 indeterminate/,
    );
    expect(typesOf(deployed)[0]).toBe('run_summary');
    expect(new Set(typesOf(deployed))).toEqual(new Set(['run_summary', 'finding']));
  });

  it('a run in report mode requests only one token and pages of connections', async () => {
    const deployed = await deployFunction({ sandbox: { seed: mixed() } });
    await deployed.invoke({ mode: 'remediate' });
    expect(deployed.sandbox.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'POST /oauth/token',
      'GET /api/v2/connections',
    ]);
  });

  it('findings messages have complete and consecutive parts, a limited size and at most 8 attributes', async () => {
    const deployed = await deployFunction({ sandbox: { seed: generate(600, { driftPercent: 100 }) } });
    await deployed.invoke();
    const bodies = deployed.findings().map(({ message }) => JSON.parse(message));
    expect(bodies.map(({ part }) => part)).toEqual(bodies.map((_, position) => position + 1));
    expect(new Set(bodies.map(({ parts }) => parts))).toEqual(new Set([bodies.length]));
    const told = bodies.flatMap(({ findings = [] }) => findings);
    expect(told).toHaveLength(600);
    for (const { message, attributes } of deployed.findings()) {
      expect(Buffer.byteLength(message)).toBeLessThanOrEqual(240_000);
      expect(Object.keys(attributes).length).toBeLessThanOrEqual(8);
    }
  });
});

describe('a run that cannot complete', () => {
  it('an incomplete run is published as INCOMPLETE on both topics, with what it has read, and then fails', async () => {
    const deployed = await deployFunction({ sandbox: { seed: generate(250, { driftPercent: 10 }) } });
    deployed.sandbox.faults.add({ name: 'status', status: 404 }, { path: '/api/v2/connections', nth: 3 });
    const error = await failureOf(deployed.invoke());
    expect(error.name).toBe('RunFailedError');
    expect(error.message).toContain('Listing connections: GET /api/v2/connections: 404');
    expect(deployed.alerts()).toHaveLength(1);
    expect(deployed.alerts()[0]?.subject).toMatch(
      /^\[prod\] INCOMPLETE \(.+\): \d+ MEDIUM: 20 of the 200 read drifted/,
    );
    expect(typesOf(deployed).slice(0, 2)).toEqual(['run_error', 'run_summary']);
    expect(deployed.findings().every(({ message }) => JSON.parse(message).complete === false)).toBe(true);
  });

  it('a run without time left reports that, and sends no request to Auth0', async () => {
    const deployed = await deployFunction({ sandbox: { seed: generate(10) } });
    const error = await failureOf(deployed.invoke({}, 29_000));
    expect(error.message).toContain('the run reached its time limit');
    expect(deployed.alerts()[0]?.subject).toContain('INCOMPLETE');
    expect(deployed.sandbox.requests).toEqual([]);
  });

  it('a run without a scope names the missing scope, before the first page', async () => {
    const deployed = await deployFunction({ sandbox: { seed: generate(10), scopes: ['read:connections'] } });
    const error = await failureOf(deployed.invoke());
    expect(error.message).toContain('lacks read:connections_options. Grant it in the Auth0 Dashboard');
    expect(deployed.alerts()[0]?.message).toContain('read:connections_options');
    expect(deployed.sandbox.requests.map(({ path }) => path)).toEqual(['/oauth/token']);
  });

  it('a run uses a scope that was granted since the last run, in the same instance', async () => {
    const deployed = await deployFunction({ sandbox: { seed: generate(10), scopes: ['read:connections'] } });
    await failureOf(deployed.invoke());
    deployed.sandbox.grantScopes(['read:connections', 'read:connections_options']);
    expect(await deployed.invoke()).toMatchObject({ complete: true });
  });

  it('a run with hidden options is never reported as OK', async () => {
    const deployed = await deployFunction({
      sandbox: {
        seed: generate(10),
        scopes: ['read:connections'],
        omitScopeInTokenAnswer: true,
        jwtScopes: 'absent',
      },
    });
    await deployed.invoke().catch(() => undefined);
    expect(deployed.alerts()[0]?.subject).toBe('[prod] INDETERMINATE: 10 of 10 connections could not be judged');
  });
});

describe('a function that is not set up', () => {
  const CASES = [
    {
      claim: 'a function with the placeholder in its secret',
      options: { secret: SECRET_PLACEHOLDER, settings: {} },
      says: 'the secret is not filled',
    },
    {
      claim: 'a function with a domain under .invalid',
      options: { settings: { domain: 'your-tenant-prod.invalid' } },
      says: 'the tenant is not set',
    },
  ];
  it.each(CASES)('$claim reports SETUP NEEDED without a request to Auth0, and fails', async ({ options, says }) => {
    const docsUrl = 'https://docs.example.com/docs';
    const deployed = await deployFunction({ ...options, settings: { ...options.settings, docsUrl } });
    await failureOf(deployed.invoke());
    expect(deployed.alerts()[0]?.message).toContain(`${docsUrl}/runbook.md#setup-needed`);
    expect(deployed.sandbox.requests).toEqual([]);
    expect(deployed.alerts()).toHaveLength(1);
    expect(deployed.alerts()[0]?.subject).toBe(`[prod] SETUP NEEDED: ${says}; nothing was audited`);
    expect(deployed.alerts()[0]?.message).toMatch(/npm run audit -- fill-secret|npx cdk deploy/);
    expect(typesOf(deployed)).toEqual(['run_error', 'run_summary']);
  });

  it('a filled secret completes the setup of a function, in the same instance', async () => {
    const deployed = await deployFunction({ secret: SECRET_PLACEHOLDER });
    await failureOf(deployed.invoke());
    deployed.aws.setSecret(SECRET_ARN, JSON.stringify(deployed.sandbox.credentials));
    expect(await deployed.invoke()).toMatchObject({ complete: true });
  });

  it('a function with the secret of another tenant sends no request', async () => {
    const deployed = await deployFunction({
      secret: JSON.stringify({ client_id: 'a-client', client_secret: 'a-secret', domain: 'other.eu.auth0.com' }),
    });
    const error = await failureOf(deployed.invoke());
    expect(error.message).toContain('its domain is not a domain of the environment');
    expect(deployed.sandbox.requests).toEqual([]);
    expect(deployed.alerts()[0]?.subject).toContain('INCOMPLETE');
  });

  it('a function with changed variables names all of them and sends no request to AWS', async () => {
    const deployed = await deployFunction({ variables: { AUDIT_MODE: 'remediate', SECRET_ARN: 'x' } });
    const error = await failureOf(deployed.invoke());
    expect(error.name).toBe('SettingsError');
    expect(error.message).toMatch(/Undo the change that was made outside a deploy.*\n- SECRET_ARN: .*\n- AUDIT_MODE: /);
    expect(deployed.aws.calls).toEqual([]);
  });
});

describe('one instance over several invocations', () => {
  it('one instance requests a token one time for several invocations', async () => {
    const deployed = await deployFunction({ sandbox: { seed: generate(10) } });
    await deployed.invoke();
    await deployed.invoke();
    const asked = deployed.sandbox.requests.filter(({ path }) => path === '/oauth/token');
    expect(asked).toHaveLength(1);
    expect(deployed.aws.calls.filter(({ operation }) => operation === 'GetSecretValue')).toHaveLength(1);
  });

  it('two simultaneous invocations of one instance both complete', async () => {
    const deployed = await deployFunction({ sandbox: { seed: generate(10) } });
    const runs = await Promise.all([deployed.invoke(), deployed.invoke()]);
    expect(runs.map(({ complete }) => complete)).toEqual([true, true]);
    expect(new Set(runs.map(({ runId }) => runId)).size).toBe(2);
    expect(deployed.alerts()).toHaveLength(2);
    expect(deployed.sandbox.requests.filter(({ path }) => path === '/oauth/token')).toHaveLength(1);
  });

  it('one instance reads a secret again that was rotated between two runs', async () => {
    const deployed = await deployFunction({ sandbox: { seed: generate(10) } });
    await deployed.invoke();
    deployed.sandbox.rotateSecret('made-up-rotated-secret');
    deployed.sandbox.revokeTokens();
    deployed.aws.setSecret(SECRET_ARN, JSON.stringify(deployed.sandbox.credentials));
    expect(await deployed.invoke()).toMatchObject({ complete: true });
  });
});

describe('a report that cannot be published', () => {
  it.each([
    { kept: FINDINGS_ARN, lost: ALERTS_ARN },
    { kept: ALERTS_ARN, lost: FINDINGS_ARN },
  ])('a report not published to $lost fails the run, and reaches the other topic', async ({ kept, lost }) => {
    const deployed = await deployFunction({ sandbox: { seed: generate(10) }, topics: [kept] });
    const error = await failureOf(deployed.invoke());
    expect(error.message).toContain(`Publishing to ${lost}: NotFoundException`);
    expect(deployed.aws.published.map(({ topicArn }) => topicArn)).toEqual([kept]);
    expect(metricsIn(deployed.printed())[0]).toMatchObject({ RunCompleted: 0 });
  });

  it('a report that fails one time is published by the second attempt of the SDK', async () => {
    const deployed = await deployFunction({ sandbox: { seed: generate(10) } });
    deployed.aws.failNext('Publish', { status: 503, code: 'ServiceUnavailable', message: 'later' });
    expect(await deployed.invoke()).toMatchObject({ complete: true });
  });
});

describe('the metrics of a run', () => {
  it('the metrics of a complete run have RunCompleted 1, and only the dimensions service and environment', async () => {
    const deployed = await deployFunction({ sandbox: { seed: mixed() } });
    await deployed.invoke();
    const [metrics, ...more] = metricsIn(deployed.printed());
    expect(more).toEqual([]);
    expect(metrics).toMatchObject({
      service: 'auth0-connection-auditor',
      environment: 'prod',
      RunCompleted: 1,
      Indeterminate: 1,
      _aws: {
        CloudWatchMetrics: [{ Namespace: 'Auth0ConnectionAuditor', Dimensions: [['service', 'environment']] }],
      },
    });
  });

  it('the metric RunCompleted is 0 for an incomplete run, and 1 again for the next run', async () => {
    const deployed = await deployFunction({ sandbox: { seed: generate(250) } });
    deployed.sandbox.faults.add({ name: 'status', status: 404 }, { path: '/api/v2/connections', nth: 2 });
    await failureOf(deployed.invoke());
    await deployed.invoke();
    expect(metricsIn(deployed.printed()).map(({ RunCompleted }) => RunCompleted)).toEqual([0, 1]);
  });
});

describe('the output of a run', () => {
  const CLIENT_SECRET = 'Planted-client-secret-3fQ9';
  const PLANTED = ['Planted', 'made-up-signature', 'eyJhbGciOi'];
  const seed = (): SeedConnection[] =>
    mixed().map((connection) => ({
      ...connection,
      options: {
        ...connection.options,
        client_secret: 'Planted-upstream-secret',
        scripts: { login: 'Planted-script' },
      },
      metadata: { owner: 'Planted-metadata' },
    }));

  it.each(['none', 'half_json', 'cut', 'html', 'redirect', 'refused'] as const)(
    'the output of a run contains no secret, token, option or metadata (fault: %s)',
    async (fault) => {
      const deployed = await deployFunction({ sandbox: { seed: seed(), clientSecret: CLIENT_SECRET } });
      const always = { path: '/api/v2/connections', times: Infinity };
      if (fault === 'redirect') deployed.sandbox.faults.add({ name: fault, to: 'https://x.invalid/Planted' }, always);
      else if (fault === 'refused') {
        const body = { error: 'Planted', message: `Planted: ${CLIENT_SECRET}` };
        deployed.sandbox.faults.add({ name: 'status', status: 401, body }, { path: '/oauth/token', times: Infinity });
      } else if (fault !== 'none') deployed.sandbox.faults.add({ name: fault }, always);
      // Too little time for a retry: one attempt, then the end.
      const thrown = await deployed.invoke({}, 30_700).catch((error: unknown) => error);
      const told = JSON.stringify(deployed.aws.published) + deployed.printed() + everythingIn(thrown);
      const hidden = fault === 'refused' ? [CLIENT_SECRET] : PLANTED;
      for (const planted of hidden) expect(told).not.toContain(planted);
      expect(deployed.alerts()).toHaveLength(1);
    },
  );
});
