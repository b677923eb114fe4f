import { createTenant } from '../../../lambda/auth0/tenant';
import { createTokenHolder } from '../../../lambda/auth0/token';
import { createTransport } from '../../../lambda/auth0/transport';
import { applyChange } from '../../../lambda/repair/merge';
import { ALL_SCOPES, REMEDIATION_SCOPES } from '../../../sandbox/auth0/access';
import { start } from '../../../sandbox/auth0/server';
import { createVirtualClock } from '../../../sandbox/virtual-clock';
import { closeScenarios, findingOf, openScenario, outcomesIn } from './scenario';
import { drifted, pathOf } from './tenants';

afterEach(closeScenarios);

const ANN = { kind: 'dashboard', email: 'ann@example.invalid', name: 'Ann' } as const;
const status = (code: number) => ({ name: 'status', status: code }) as const;

describe('a run that repairs', () => {
  it.each(['free', 'nonProduction', 'enterprise'] as const)(
    'a run that repairs gets no 429 within the limits of %s',
    async (rateLimit) => {
      const { run, requests } = await openScenario({ sandbox: { seed: drifted('okta', 40), rateLimit } });
      expect(outcomesIn(await run())).toEqual({ remediated: 40 });
      expect(requests().filter(({ status }) => status === 429)).toEqual([]);
    },
  );

  it('a run starts a repair again after a 429 and writes nothing twice', async () => {
    const { sandbox, run, requests } = await openScenario({ sandbox: { seed: drifted('okta', 40) } });
    const refuse = { name: 'status', status: 429, headers: { 'retry-after': '2' } } as const;
    for (const nth of [2, 9, 17]) sandbox.faults.add(refuse, { method: 'PATCH', nth });
    expect(outcomesIn(await run())).toEqual({ remediated: 40 });
    const taken = requests('PATCH').filter(({ status }) => status === 200);
    expect(taken).toHaveLength(40);
    expect(requests('PATCH')).toHaveLength(43);
  });

  it.each([401, 429])('a write that was answered with %i but made is reported as not verified', async (status) => {
    const { sandbox, run, requests } = await openScenario({ sandbox: { seed: drifted('okta', 1) } });
    sandbox.faults.add({ name: 'status', status, apply: true }, { method: 'PATCH' });
    expect(findingOf(await run(), 'con_okta001')).toMatchObject({
      outcome: 'failed_verification',
      change: { before: 'on_first_login', after: 'on_each_login' },
      detail: expect.stringContaining("The tenant's log shows that the write was made."),
    });
    expect(requests('PATCH')).toHaveLength(1);
  });

  it.each([
    { claim: 'is the last attempt', faults: [{ nth: 1 }, { nth: 2 }, { nth: 3, apply: true as const }], reads: [] },
    { claim: 'cannot be read again', faults: [{ nth: 1, apply: true as const }], reads: [status(500)] },
    {
      claim: 'is read again with a refused token',
      faults: [{ nth: 1, apply: true as const }],
      reads: [status(401)],
    },
  ])('a write that was rejected but made, and $claim, is reported as not verified', async ({ faults, reads }) => {
    const { sandbox, run } = await openScenario({ sandbox: { seed: drifted('okta', 1) } });
    for (const { nth, ...more } of faults) sandbox.faults.add({ ...status(429), ...more }, { method: 'PATCH', nth });
    const later = { method: 'GET', path: pathOf('con_okta001'), nth: 2, times: Number.POSITIVE_INFINITY };
    for (const fault of reads) sandbox.faults.add(fault, later);
    const finding = findingOf(await run(), 'con_okta001');
    expect(finding).toMatchObject({ outcome: 'failed_verification', change: { after: 'on_each_login' } });
    expect(finding.detail).not.toContain('Nothing was changed');
  });

  it('the outcome of a rejected write is certain after a read shows the earlier value', async () => {
    const { sandbox, run } = await openScenario({ sandbox: { seed: drifted('okta', 1), scopes: REMEDIATION_SCOPES } });
    const wait = { ...status(429), headers: { 'retry-after': '60' } };
    sandbox.faults.add(wait, { method: 'PATCH' });
    let asked = 0;
    const mayWrite = async () => {
      asked += 1;
      return asked === 1 ? ('allow' as const) : ('stop' as const);
    };
    const finding = findingOf(await run({ mayWrite }), 'con_okta001');
    expect(finding).toMatchObject({ outcome: 'skipped_stopped', stopped: 'kill_switch', change: null });
  });

  it('a write that Auth0 itself rejected counts as not made', async () => {
    const { sandbox, run } = await openScenario({ sandbox: { seed: drifted('okta', 1), scopes: REMEDIATION_SCOPES } });
    const body = { statusCode: 429, error: 'Too Many Requests', message: 'Global limit has been reached' };
    sandbox.faults.add({ name: 'status', status: 429, body }, { method: 'PATCH' });
    const options = { ...drifted('okta', 1)[0]?.options, set_user_root_attributes: 'on_each_login' };
    const repair = () => sandbox.editAs(ANN, 'con_okta001', { options });
    sandbox.faults.add({ name: 'before', run: repair }, { method: 'GET', path: pathOf('con_okta001'), nth: 2 });
    expect(findingOf(await run(), 'con_okta001')).toMatchObject({ outcome: 'already_compliant', change: null });
  });

  it('a connection that another writer fixed after a rejected write is not written again', async () => {
    const { sandbox, run } = await openScenario({ sandbox: { seed: drifted('okta', 1) } });
    const options = { ...drifted('okta', 1)[0]?.options, set_user_root_attributes: 'on_each_login' };
    const repair = () => sandbox.editAs(ANN, 'con_okta001', { options });
    sandbox.faults.add({ name: 'status', status: 429 }, { method: 'PATCH' });
    sandbox.faults.add({ name: 'before', run: repair }, { method: 'GET', path: pathOf('con_okta001'), nth: 2 });
    const report = await run();
    expect(findingOf(report, 'con_okta001').outcome).toBe('already_compliant');
    expect(report.otherWriters).toBe('none_seen');
  });

  it('a run waits for the retry-after of a rejected write', async () => {
    const { sandbox, run, requests } = await openScenario({ sandbox: { seed: drifted('okta', 1) } });
    const refuse = { name: 'status', status: 429, headers: { 'retry-after': '30' } } as const;
    sandbox.faults.add(refuse, { method: 'PATCH' });
    await run();
    const [refused, taken] = requests('PATCH');
    expect((taken?.at ?? 0) - (refused?.at ?? 0)).toBeGreaterThanOrEqual(30_000);
  });

  it('a run continues when its token expires while it waits for the rate limit', async () => {
    const { run, requests } = await openScenario({
      sandbox: { seed: drifted('okta', 40), rateLimit: 'nonProduction', tokenLifetimeSeconds: 5 },
    });
    expect(outcomesIn(await run())).toEqual({ remediated: 40 });
    expect(requests('POST').length).toBeGreaterThan(3);
  });

  it('a run starts a repair again when its token is revoked between a read and a write', async () => {
    const { sandbox, run, requests } = await openScenario({ sandbox: { seed: drifted('okta', 3) } });
    sandbox.faults.add({ name: 'before', run: () => sandbox.revokeTokens() }, { method: 'PATCH', nth: 2 });
    expect(outcomesIn(await run())).toEqual({ remediated: 3 });
    const ofSecond = requests().filter(({ path }) => path === pathOf('con_okta002'));
    expect(ofSecond.map(({ method, status }) => `${method} ${status}`)).toEqual([
      'GET 200',
      'PATCH 401',
      'GET 200',
      'PATCH 200',
    ]);
  });
});

it('a transport without permission to write sends no write', async () => {
  const clock = createVirtualClock();
  const { now, sleep } = clock;
  const sandbox = await start({ port: 0, now, scopes: ALL_SCOPES, seed: drifted('okta', 1) });
  const { client_id: clientId, client_secret: clientSecret } = sandbox.credentials;
  const { origin } = sandbox;
  const audience = `${origin}/api/v2/`;
  const tokens = createTokenHolder({
    origin,
    audience,
    readCredentials: async () => ({ clientId, clientSecret }),
    now,
  });
  const deadline = Number.POSITIVE_INFINITY;
  const transport = createTransport({ origin, deadline, writes: 'refused', reservePercent: 20, now, sleep });
  try {
    const rewrite = await createTenant(transport, tokens, now).rewriteConnection('con_okta001', 'run-1', (fresh) => ({
      body: fresh === undefined ? undefined : applyChange(fresh.sealed, { action: 'remove' }),
    }));
    expect(rewrite.answer).toMatchObject({ kind: 'refused' });
    expect(sandbox.requests.map(({ method }) => method)).toEqual(['POST', 'GET']);
  } finally {
    clock.stop();
    await sandbox.stop();
  }
});
