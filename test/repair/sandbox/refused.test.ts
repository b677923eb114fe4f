import { failuresOf } from '../../../lambda/run/failures';
import type { Fault } from '../../../sandbox/auth0/faults';
import { closeScenarios, findingOf, openScenario, outcomesIn, type Scenario } from './scenario';
import { drifted, pathOf } from './tenants';

afterEach(closeScenarios);

const DAY = 86_400_000;
const SAID = 'The issuer could not be reached: nothing came back.';
const ANN = { kind: 'dashboard', email: 'ann@example.invalid', name: 'Ann' } as const;
const envelope = (status: number, message: string, errorCode = 'invalid_body') => ({
  statusCode: status,
  error: 'Bad Request',
  message,
  errorCode,
});
const refusal = (status = 400, message = SAID): Fault => ({ name: 'status', status, body: envelope(status, message) });

/** Auth0 refuses every write to this connection with a message. */
function refuse({ sandbox }: Scenario, id: string, fault: Fault = refusal()): void {
  sandbox.faults.add(fault, { method: 'PATCH', path: pathOf(id), times: Number.POSITIVE_INFINITY });
}

describe('a refused connection', () => {
  it('a refused connection does not stop the others of its strategy, and is paused after three runs', async () => {
    const scenario = await openScenario({ sandbox: { seed: drifted('okta', 6) } });
    refuse(scenario, 'con_okta001');
    const writes = () => scenario.requests('PATCH').filter(({ path }) => path === pathOf('con_okta001')).length;
    const nights: object[] = [];
    for (let night = 1; night <= 12; night += 1) {
      const before = writes();
      const report = await scenario.run();
      const { outcome, quarantine, refusal: words } = findingOf(report, 'con_okta001');
      const others = report.findings.filter((finding) => finding.outcome === 'remediated').length;
      expect(words).toBe(SAID);
      nights.push([outcome, quarantine, others, writes() - before, failuresOf(report).length, report.telling]);
      await scenario.clock.sleep(DAY);
    }
    const resting = ['quarantined', 'refused', 0, 0, 0];
    expect(nights).toEqual([
      ['failed', null, 5, 1, 1, 'at_once'],
      ['failed', null, 0, 1, 1, 'at_once'],
      ['failed', null, 0, 1, 1, 'at_once'],
      [...resting, 'at_once'],
      ...[5, 6, 7, 8, 9].map(() => [...resting, 'nothing_new']),
      ['quarantined', 'refused_again', 0, 1, 0, 'nothing_new'],
      [...resting, 'reminder'],
      [...resting, 'nothing_new'],
    ]);
  });

  it('a refused connection is tried last in the next run', async () => {
    const scenario = await openScenario({ sandbox: { seed: drifted('okta', 2) } });
    refuse(scenario, 'con_okta001');
    await scenario.run();
    scenario.sandbox.tenant.add({
      ...drifted('okta', 3)[2],
      id: 'con_okta003',
      name: 'late',
      strategy: 'okta',
      options: drifted('okta', 3)[2]?.options ?? {},
    });
    const before = scenario.requests('PATCH').length;
    await scenario.run();
    expect(
      scenario
        .requests('PATCH')
        .slice(before)
        .map(({ path }) => path),
    ).toEqual(['con_okta003', 'con_okta001'].map(pathOf));
  });

  it('a refused connection is tried again after its value changed', async () => {
    const scenario = await openScenario({ sandbox: { seed: drifted('okta', 1) } });
    refuse(scenario, 'con_okta001');
    for (let night = 1; night <= 3; night += 1) await scenario.run();
    expect(findingOf(await scenario.run(), 'con_okta001').outcome).toBe('quarantined');
    await scenario.clock.sleep(DAY);
    const options = { ...drifted('okta', 1)[0]?.options, set_user_root_attributes: 'never_on_login' };
    scenario.sandbox.editAs(ANN, 'con_okta001', { options });
    await scenario.clock.sleep(DAY);
    scenario.sandbox.faults.clear();
    expect(findingOf(await scenario.run(), 'con_okta001').outcome).toBe('remediated');
  });

  it('the message of a refusal is masked and cut to 300 characters', async () => {
    const scenario = await openScenario({ sandbox: { seed: drifted('okta', 1) } });
    const secret = String(drifted('okta', 1)[0]?.options.client_secret);
    refuse(scenario, 'con_okta001', refusal(400, `Not taken: ${secret} ${'and so on '.repeat(100)}`));
    const { refusal: words, detail } = findingOf(await scenario.run(), 'con_okta001');
    expect(words).toMatch(/^Not taken: \(hidden\) and so on/);
    expect(words?.length).toBeLessThanOrEqual(300);
    expect(`${words}${detail}`).not.toContain(secret);
  });
});

describe('refusals by Auth0', () => {
  it('three refusals of a strategy close only that strategy', async () => {
    const scenario = await openScenario({ sandbox: { seed: [...drifted('okta', 6), ...drifted('oidc', 4)] } });
    for (const number of [1, 2, 3]) refuse(scenario, `con_okta00${number}`);
    const first = await scenario.run();
    expect(outcomesIn(first)).toEqual({ failed: 3, 'skipped_stopped refusals': 3, remediated: 4 });
    // The next run begins with the connections that were not refused.
    expect(outcomesIn(await scenario.run())).toEqual({ failed: 3, remediated: 3 });
  });

  it('connections of a proven shape are repaired before three refusals of another shape', async () => {
    const older = drifted('okta', 23)
      .slice(20)
      .map(({ options: { schema_version: _, ...options }, ...connection }) => ({ ...connection, options }));
    const scenario = await openScenario({ sandbox: { seed: [...older, ...drifted('okta', 20)] } });
    for (const { id } of older) refuse(scenario, id);
    expect(outcomesIn(await scenario.run())).toEqual({ remediated: 20, failed: 3 });
  });

  it('one refusal in each strategy does not count as a failure', async () => {
    const strategies = ['okta', 'oidc', 'samlp', 'waad', 'adfs'];
    const scenario = await openScenario({ sandbox: { seed: strategies.flatMap((strategy) => drifted(strategy, 2)) } });
    for (const strategy of strategies) refuse(scenario, `con_${strategy}001`);
    expect(outcomesIn(await scenario.run())).toEqual({ failed: 5, remediated: 5 });
  });

  it.each([
    {
      claim: 'the plan of the tenant',
      fault: refusal(400, 'Your account is not allowed to set options.set_user_root_attributes'),
    },
    {
      claim: 'the plan of the tenant, with the message also in the options,',
      fault: refusal(400, 'Your account is not allowed to set options.set_user_root_attributes'),
      options: { icon_url: 'https://idp.example.invalid/my-account/allowed' },
    },
    { claim: 'a scope', fault: refusal(403, 'Insufficient scope, expected any of: update:connections') },
  ])('a refusal for $claim stops every other write', async ({ fault, options = {} }) => {
    const seed = drifted('okta', 3).map((one) => ({ ...one, options: { ...one.options, ...options } }));
    const scenario = await openScenario({ sandbox: { seed } });
    refuse(scenario, 'con_okta001', fault);
    const report = await scenario.run();
    expect(outcomesIn(report)).toEqual({ failed: 1, 'skipped_stopped tenant_refused': 2 });
    expect(findingOf(report, 'con_okta001').refusal).toBeNull();
    expect(scenario.requests('PATCH')).toHaveLength(1);
  });

  it('a refused write to a deleted connection ends as gone', async () => {
    const scenario = await openScenario({ sandbox: { seed: drifted('okta', 2) } });
    const { faults, tenant } = scenario.sandbox;
    faults.add(
      { name: 'before', run: () => void tenant.remove('con_okta001') },
      { method: 'PATCH', path: pathOf('con_okta001') },
    );
    expect(outcomesIn(await scenario.run())).toEqual({ gone: 1, remediated: 1 });
  });
});

describe('unclear refusals', () => {
  const UNCLEAN: readonly { claim: string; fault: Fault; outcome: string }[] = [
    { claim: 'the body is empty', fault: { name: 'status', status: 400 }, outcome: 'failed' },
    {
      claim: 'a proxy answers with other JSON',
      fault: { name: 'status', status: 400, body: { error: 'blocked' } },
      outcome: 'failed',
    },
    {
      claim: 'the body contains another status',
      fault: { name: 'status', status: 400, body: envelope(500, SAID) },
      outcome: 'failed',
    },
    { claim: 'the status is 409', fault: refusal(409), outcome: 'failed' },
  ];
  it.each(UNCLEAN)('a refusal closes its strategy if $claim', async ({ fault, outcome }) => {
    const scenario = await openScenario({ sandbox: { seed: drifted('okta', 3) } });
    refuse(scenario, 'con_okta001', fault);
    const report = await scenario.run();
    expect(outcomesIn(report)).toEqual({ [outcome]: 1, 'skipped_stopped canary': 2 });
    expect(findingOf(report, 'con_okta001').refusal).toBeNull();
  });

  it('a refusal closes its strategy if the second read fails', async () => {
    const scenario = await openScenario({ sandbox: { seed: drifted('okta', 3) } });
    refuse(scenario, 'con_okta001');
    const reads = { method: 'GET', path: pathOf('con_okta001'), nth: 2, times: Number.POSITIVE_INFINITY };
    scenario.sandbox.faults.add({ name: 'status', status: 500 }, reads);
    const report = await scenario.run();
    expect(outcomesIn(report)).toEqual({ failed: 1, 'skipped_stopped canary': 2 });
    expect(findingOf(report, 'con_okta001')).toMatchObject({
      refusal: null,
      detail: expect.stringContaining('The second read failed'),
    });
  });

  it('the log decides a refusal with 409 if the second read fails', async () => {
    const scenario = await openScenario({ sandbox: { seed: drifted('okta', 3) } });
    const { faults } = scenario.sandbox;
    const body = envelope(409, SAID);
    faults.add({ name: 'status', status: 409, body, apply: true }, { method: 'PATCH', path: pathOf('con_okta001') });
    const reads = { method: 'GET', path: pathOf('con_okta001'), nth: 2, times: Number.POSITIVE_INFINITY };
    faults.add({ name: 'status', status: 500 }, reads);
    const report = await scenario.run();
    expect(outcomesIn(report)).toEqual({ failed_verification: 1, 'skipped_stopped canary': 2 });
    expect(findingOf(report, 'con_okta001')).toMatchObject({
      change: { before: 'on_first_login', after: 'on_each_login' },
      detail: expect.stringContaining("The tenant's log shows that the write was made."),
    });
  });

  it('a refusal closes its strategy if a second read shows a change', async () => {
    const scenario = await openScenario({ sandbox: { seed: drifted('okta', 3) } });
    const { sandbox } = scenario;
    const run = () => sandbox.editAs(ANN, 'con_okta001', { display_name: 'Other' });
    sandbox.faults.add({ name: 'before', run }, { method: 'PATCH', path: pathOf('con_okta001') });
    refuse(scenario, 'con_okta001');
    const report = await scenario.run();
    expect(outcomesIn(report)).toEqual({ failed_verification: 1, 'skipped_stopped canary': 2 });
    expect(findingOf(report, 'con_okta001').change?.otherKeysChanged).toContain('display_name');
  });

  it('a refusal is not verified if a second read shows an option that Auth0 fills in at a write', async () => {
    const [connection] = drifted('okta', 1);
    const { schema_version: _, ...options } = connection?.options ?? {};
    const seed = { id: 'con_okta001', name: 'older', strategy: 'okta', options };
    const scenario = await openScenario({ sandbox: { seed: [seed] } });
    const fill = () => scenario.sandbox.tenant.add({ ...seed, options: { ...options, schema_version: 'oidc-V4' } });
    scenario.sandbox.faults.add({ name: 'before', run: fill }, { method: 'PATCH', path: pathOf(seed.id) });
    refuse(scenario, seed.id);
    expect(findingOf(await scenario.run(), seed.id)).toMatchObject({
      outcome: 'failed_verification',
      refusal: null,
      change: { otherKeysChanged: ['options.schema_version'] },
    });
  });
});
