import { createContainer } from '../lambda/container';
import { dateOf, dayAt } from '../lambda/policy/days';
import { LIMITS } from '../lambda/time-plan';
import { AUDIT_SCOPES, REMEDIATION_SCOPES } from '../sandbox/auth0/access';
import { makeSelfSigned } from '../sandbox/self-signed';
import { makeKey } from './auth0/made-up-key';
import { startProxy } from './cli/access/connect-proxy';
import {
  type DeployedFunction,
  deployFunction,
  HISTORY_BUCKET,
  removeFunctions,
  setVariables,
  stateKeyOf,
} from './deployed-function';
import { version1, version2 } from './history/state-files';
import { drifted } from './repair/sandbox/tenants';

afterEach(removeFunctions);

const [OKTA = { id: '', name: '', strategy: '', options: {} }] = drifted('okta', 1);
const REMEDIATE = { mode: 'remediate', caps: { maxChanges: 10, maxPercent: 100 } } as const;
/** The credentials that the sandbox accepts. */
const SECRET = { client_id: 'made-up-client-id', client_secret: 'made-up-client-secret' };
const DAY_MS = 86_400_000;

/** Every text that the function left behind: messages, records, state, log. */
function leftBy({ aws, printed }: DeployedFunction): string {
  const kept = [...aws.objects(HISTORY_BUCKET).values()].flatMap(({ versions }) => versions);
  return JSON.stringify(aws.published) + kept.join() + printed();
}

/** The record of the last run. */
function recordIn({ aws }: DeployedFunction): {
  report: { startedAt: string; finishedAt: string; findings: readonly { outcome: string }[] };
} {
  const records = [...aws.objects(HISTORY_BUCKET)].filter(([key]) => /\/runs\/.*\.json$/.test(key));
  return JSON.parse(records.toSorted(([a], [b]) => (a < b ? -1 : 1)).at(-1)?.[1].text ?? '');
}

function outcomesIn(deployed: DeployedFunction): string[] {
  return recordIn(deployed).report.findings.map(({ outcome }) => outcome);
}

function changeState({ aws }: DeployedFunction, change: (state: object) => object): void {
  const [key = '', state] = [...aws.objects(HISTORY_BUCKET)].find(([name]) => name.endsWith('state.json')) ?? [];
  aws.putObject(HISTORY_BUCKET, key, JSON.stringify(change(JSON.parse(state?.text ?? ''))));
}

it('a private key in the secret serves as credentials, and no output contains any of its lines', async () => {
  const key = makeKey();
  const secret = JSON.stringify({ client_id: SECRET.client_id, private_key: key.pkcs8, kid: 'made-up-key-id' });
  const deployed = await deployFunction({ sandbox: { seed: [OKTA], publicKey: key.publicPem }, secret });
  await deployed.invoke();
  expect(outcomesIn(deployed)).toEqual(['planned']);
  const left = leftBy(deployed);
  for (const line of key.pkcs8.split('\n')) if (line.length > 8) expect(left).not.toContain(line);
  const { client_assertion } = JSON.parse(deployed.sandbox.requests[0]?.body ?? '{}');
  for (const part of client_assertion.split('.')) expect(left).not.toContain(part);
});

it('the function connects directly, regardless of proxy variables', async () => {
  const proxy = await startProxy();
  const address = proxy.address();
  const restore = setVariables({ HTTPS_PROXY: address, https_proxy: address, HTTP_PROXY: address, ALL_PROXY: address });
  try {
    const deployed = await deployFunction({ sandbox: { seed: [OKTA], tls: makeSelfSigned() } });
    await expect(deployed.invoke()).rejects.toThrow('no answer (DEPTH_ZERO_SELF_SIGNED_CERT)');
    expect([...proxy.asked, ...proxy.others]).toEqual([]);
  } finally {
    restore();
    await proxy.stop();
  }
});

it('a clock that is set back during a run does not set the time of the run back', async () => {
  let setBackMs = 0;
  const clock = {
    now: () => Date.now() - setBackMs,
    elapsed: () => performance.now(),
    sleep: async () => undefined,
  };
  const deployed = await deployFunction({ sandbox: { seed: [OKTA] }, clock });
  const setBack = async () => {
    setBackMs = 3_600_000;
  };
  deployed.sandbox.faults.add({ name: 'before', run: setBack }, { path: '/api/v2/connections' });
  await deployed.invoke();
  expect(setBackMs).toBe(3_600_000);
  const { startedAt, finishedAt } = recordIn(deployed).report;
  expect(Date.parse(finishedAt)).toBeGreaterThanOrEqual(Date.parse(startedAt));
});

describe('a setting of the function reaches the run', () => {
  it.each([
    { namePeople: true, isNamed: true },
    { namePeople: false, isNamed: false },
  ])(
    'a function with namePeople $namePeople reports the e-mail address of an author: $isNamed',
    async ({ namePeople, isNamed }) => {
      const deployed = await deployFunction({
        sandbox: { seed: [OKTA], scopes: [...AUDIT_SCOPES, 'read:logs'] },
        settings: { namePeople },
      });
      const person = { kind: 'dashboard', email: 'robin@example.invalid', name: 'Robin' } as const;
      deployed.sandbox.editAs(person, OKTA.id, { options: { ...OKTA.options, scope: 'openid' } });
      await deployed.invoke();
      expect(leftBy(deployed)).toContain('"changedBy":{"kind":"known"');
      expect(leftBy(deployed).includes('robin@example.invalid')).toBe(isNamed);
    },
  );

  it.each([
    { mode: 'report', outcome: 'planned' },
    { mode: 'remediate', outcome: 'remediated' },
  ] as const)(
    'the mail of a run in $mode mode names the author of the change, not the run itself',
    async ({ mode, outcome }) => {
      let aheadMs = 0;
      const now = () => Date.now() + aheadMs;
      const sleep = async (milliseconds: number) => {
        aheadMs += milliseconds;
      };
      const deployed = await deployFunction({
        sandbox: { seed: [OKTA], scopes: [...REMEDIATION_SCOPES, 'read:logs'], now },
        state: version2(),
        settings: { ...REMEDIATE, mode },
        clock: { now, elapsed: now, sleep },
      });
      const person = { kind: 'dashboard', email: 'robin@example.invalid', name: 'Robin' } as const;
      deployed.sandbox.editAs(person, OKTA.id, { options: { ...OKTA.options, scope: 'openid' } });
      aheadMs += 60_000;
      await deployed.invoke();
      expect(outcomesIn(deployed)).toEqual([outcome]);
      const [told = ''] = deployed.alerts().map(({ message }) => JSON.parse(message).email.replaceAll(/\s+/g, ' '));
      expect(told).toMatch(/changed by robin@example\.invalid in the Dashboard, [\d-]+ [\d:]+ UTC, from 203/);
      expect(told).not.toContain('a repair of run');
    },
  );

  it.each([
    { reminderDays: 1, alerts: 2 },
    { reminderDays: 3, alerts: 1 },
  ])(
    'a function with cadence.reminderDays $reminderDays has sent $alerts alerts after two days',
    async ({ reminderDays, alerts }) => {
      const cadence = { reminderDays, weeklyAllClear: true };
      const deployed = await deployFunction({ sandbox: { seed: [OKTA] }, settings: { cadence } });
      await deployed.invoke();
      const lastTold = new Date(Date.now() - 2 * DAY_MS).toISOString();
      changeState(deployed, (state) => ({ ...state, lastTold }));
      await deployed.invoke();
      expect(deployed.alerts()).toHaveLength(alerts);
    },
  );

  it.each([
    { repairs: 1, outcomes: ['quarantined'] },
    { repairs: 2, outcomes: ['remediated'] },
  ])(
    'a function with quarantine.repairs $repairs has the outcomes $outcomes after one repair',
    async ({ repairs, outcomes }) => {
      const deployed = await deployFunction({
        sandbox: { seed: [OKTA], scopes: REMEDIATION_SCOPES },
        state: version2(),
        settings: { ...REMEDIATE, quarantine: { repairs, days: 7 } },
      });
      await deployed.invoke();
      const earlier = { [OKTA.id]: [new Date().toISOString()] };
      changeState(deployed, (state) => ({ ...state, ...version2({ repairs: earlier }) }));
      deployed.sandbox.tenant.patch(OKTA.id, { options: OKTA.options });
      await deployed.invoke();
      expect(outcomesIn(deployed)).toEqual(outcomes);
    },
  );

  it.each([
    { timeZone: 'Etc/GMT+12', outcome: 'skipped_exempt' },
    { timeZone: 'Pacific/Kiritimati', outcome: 'skipped_grace' },
  ])(
    'a function with timeZone $timeZone has the outcome $outcome for an exemption near its end',
    async ({ timeZone, outcome }) => {
      // At any time, this day is over in one zone and not in the other.
      const expires = dateOf(dayAt(Date.now(), 'Etc/GMT+12'));
      const exemption = { id: OKTA.id, reason: 'r', owner: 'o', ticket: 't', expires };
      const deployed = await deployFunction({
        sandbox: { seed: [OKTA] },
        policy: { default: { expect: 'on_each_login' }, exemptions: [exemption] },
        settings: { timeZone },
      });
      await deployed.invoke();
      expect(outcomesIn(deployed)).toEqual([outcome]);
    },
  );

  it.each([
    { maxChanges: 0, outcomes: ['skipped_cap'] },
    { maxChanges: 1, outcomes: ['remediated'] },
  ])('a function with caps.maxChanges $maxChanges has the outcomes $outcomes', async ({ maxChanges, outcomes }) => {
    const deployed = await deployFunction({
      sandbox: { seed: [OKTA], scopes: REMEDIATION_SCOPES },
      state: version2(),
      settings: { mode: 'remediate', caps: { maxChanges, maxPercent: 100 } },
    });
    await deployed.invoke();
    expect(outcomesIn(deployed)).toEqual(outcomes);
  });

  it('a function with canonicalDomain requests a token for the audience of that domain', async () => {
    const deployed = await deployFunction({ settings: { canonicalDomain: 'example.eu.auth0.com' } });
    await deployed.invoke().catch(() => undefined);
    expect(deployed.sandbox.requests[0]).toMatchObject({
      path: '/oauth/token',
      body: expect.stringContaining('"audience":"https://example.eu.auth0.com/api/v2/"'),
    });
  });

  it('a function with canonicalDomain accepts a secret that names either domain, and no other domain', async () => {
    const named = (domain: string) => deployFunction({ settings, secret: JSON.stringify({ ...SECRET, domain }) });
    const settings = { canonicalDomain: 'example.eu.auth0.com' };
    for (const domain of ['example.eu.auth0.com', 'https://Example.EU.auth0.com/', 'other.eu.auth0.com']) {
      const deployed = await named(domain);
      await deployed.invoke().catch(() => undefined);
      expect(deployed.sandbox.requests.length > 0).toBe(domain !== 'other.eu.auth0.com');
    }
  });

  it.each([
    { mode: 'report', outcomes: ['planned'] },
    { mode: 'remediate', outcomes: ['remediated'] },
  ] as const)('a function in $mode mode has the outcomes $outcomes', async ({ mode, outcomes }) => {
    const deployed = await deployFunction({
      sandbox: { seed: [OKTA], scopes: REMEDIATION_SCOPES },
      state: version2(),
      settings: { ...REMEDIATE, mode },
    });
    await deployed.invoke();
    expect(outcomesIn(deployed)).toEqual(outcomes);
  });

  it.each([
    { maxPercent: 0, outcomes: ['skipped_cap'] },
    { maxPercent: 1, outcomes: ['remediated'] },
  ])('a function with caps.maxPercent $maxPercent has the outcomes $outcomes', async ({ maxPercent, outcomes }) => {
    const deployed = await deployFunction({
      sandbox: { seed: [OKTA], scopes: REMEDIATION_SCOPES },
      state: version2(),
      settings: { mode: 'remediate', caps: { maxChanges: 10, maxPercent } },
    });
    await deployed.invoke();
    expect(outcomesIn(deployed)).toEqual(outcomes);
  });

  it.each([
    { days: 1, outcomes: ['remediated'] },
    { days: 3, outcomes: ['quarantined'] },
  ])(
    'a function with quarantine.days $days has the outcomes $outcomes two days after a repair',
    async ({ days, outcomes }) => {
      const deployed = await deployFunction({
        sandbox: { seed: [OKTA], scopes: REMEDIATION_SCOPES },
        state: version2(),
        settings: { ...REMEDIATE, quarantine: { repairs: 1, days } },
      });
      await deployed.invoke();
      const earlier = { [OKTA.id]: [new Date(Date.now() - 2 * DAY_MS).toISOString()] };
      changeState(deployed, (state) => ({ ...state, ...version2({ repairs: earlier }) }));
      deployed.sandbox.tenant.patch(OKTA.id, { options: OKTA.options });
      await deployed.invoke();
      expect(outcomesIn(deployed)).toEqual(outcomes);
    },
  );

  it.each([
    { weeklyAllClear: true, alerts: 2 },
    { weeklyAllClear: false, alerts: 1 },
  ])(
    'a function with cadence.weeklyAllClear $weeklyAllClear has sent $alerts alerts after a quiet week',
    async ({ weeklyAllClear, alerts }) => {
      const deployed = await deployFunction({
        sandbox: { seed: [] },
        settings: { cadence: { reminderDays: 30, weeklyAllClear } },
      });
      await deployed.invoke();
      const lastTold = new Date(Date.now() - 8 * DAY_MS).toISOString();
      changeState(deployed, (state) => ({ ...state, lastTold }));
      await deployed.invoke();
      expect(deployed.alerts()).toHaveLength(alerts);
    },
  );

  it('the subject of an alert contains the name of the environment', async () => {
    const deployed = await deployFunction({ sandbox: { seed: [OKTA] }, settings: { name: 'staging' } });
    await deployed.invoke();
    expect(deployed.alerts().map(({ subject }) => subject)).toEqual([expect.stringMatching(/^\[staging\] /)]);
  });

  it.each([
    { docsUrl: 'https://docs.example.com/auditor', links: true },
    { docsUrl: undefined, links: false },
  ])('alert, findings messages and page link to the docsUrl $docsUrl: $links', async ({ docsUrl, links }) => {
    const deployed = await deployFunction({ sandbox: { seed: [OKTA] }, settings: { docsUrl } });
    await deployed.invoke();
    const [page] = [...deployed.aws.objects(HISTORY_BUCKET)].filter(([key]) => key.endsWith('.html'));
    const texts = [deployed.alerts(), deployed.findings(), page?.[1].text].map((text) => JSON.stringify(text));
    for (const text of texts) expect(text.includes('reference.md#finding-WRONG_VALUE')).toBe(links);
  });

  it.each([
    { securityHub: true, imported: 1 },
    { securityHub: false, imported: 0 },
  ])('a function with securityHub $securityHub imports $imported findings', async ({ securityHub, imported }) => {
    const deployed = await deployFunction({ sandbox: { seed: [OKTA] }, settings: { securityHub } });
    await deployed.invoke();
    expect(deployed.aws.imported).toHaveLength(imported);
  });
});

describe('the first run of a function in remediate mode', () => {
  it('the first run in remediate mode writes nothing and reports why, and the second run repairs', async () => {
    const deployed = await deployFunction({
      sandbox: { seed: [OKTA], scopes: REMEDIATION_SCOPES },
      settings: REMEDIATE,
    });
    const patches = () => deployed.sandbox.requests.filter(({ method }) => method === 'PATCH');
    expect(await deployed.invoke()).toMatchObject({ complete: true });
    expect(recordIn(deployed).report.findings).toMatchObject([{ outcome: 'skipped_stopped', stopped: 'first_run' }]);
    expect(patches()).toEqual([]);
    expect(await deployed.invoke()).toMatchObject({ complete: true });
    expect(outcomesIn(deployed)).toEqual(['remediated']);
    expect(patches()).toHaveLength(1);
  });
});

describe('an event of the schedule', () => {
  const EVENT = { scheduledTime: '2026-11-23T04:30:00Z' };

  it('an event that is delivered again after its run was reported is a duplicate', async () => {
    const deployed = await deployFunction({ sandbox: { seed: [OKTA] } });
    expect(await deployed.invoke(EVENT)).toMatchObject({ complete: true });
    const again = await deployed.invoke(EVENT);
    expect(again).toEqual({ runId: expect.any(String), isDuplicate: true });
    expect(deployed.alerts()).toHaveLength(1);
    expect(deployed.printed()).toContain(again.runId);
  });

  it('an event that is delivered twice at the same time is reported by one of the two runs', async () => {
    const deployed = await deployFunction({ sandbox: { seed: [OKTA] } });
    const runs = await Promise.all([deployed.invoke(EVENT), deployed.invoke(EVENT)]);
    expect(runs.map(({ isDuplicate = false }) => isDuplicate).toSorted()).toEqual([false, true]);
    expect(deployed.alerts()).toHaveLength(1);
  });

  it.each([
    ['an event of another time', { scheduledTime: '2026-11-24T04:30:00Z' }],
    ['an event that was sent manually', {}],
  ])('%s is not a duplicate', async (_, event) => {
    const deployed = await deployFunction({ sandbox: { seed: [OKTA] } });
    await deployed.invoke(EVENT);
    expect(await deployed.invoke(event)).toMatchObject({ complete: true });
  });

  it('an event that could not be reported leaves no claim, so a second delivery is not a duplicate', async () => {
    const deployed = await deployFunction({ sandbox: { seed: [OKTA] } });
    deployed.aws.failNext('Publish', { status: 403, code: 'AuthorizationError', message: 'made-up' });
    await expect(deployed.invoke(EVENT, 100)).rejects.toThrow();
    const claims = [...deployed.aws.objects(HISTORY_BUCKET)].find(([key]) => key.endsWith('claims.json'));
    expect(JSON.parse(claims?.[1].text ?? '[]')).toEqual([]);
  });
});

describe('Security Hub after an upgrade from version 0.1.0', () => {
  const known = { code: 'WRONG_VALUE', firstSeen: '2026-01-05T04:30:00.000Z', name: 'okta', strategy: 'okta' };
  const upgraded = async () => {
    const deployed = await deployFunction({ sandbox: { seed: [OKTA] }, settings: { securityHub: true } });
    const findings = { [OKTA.id]: { ...known, outcome: 'planned' } };
    const host = new URL(deployed.sandbox.domain).host;
    deployed.aws.putObject(HISTORY_BUCKET, stateKeyOf(deployed.sandbox), JSON.stringify(version1({ findings })));
    const former = `auth0-connection-auditor/${host}/${OKTA.id}`;
    return { deployed, former, goesOn: `${former}/set_user_root_attributes` };
  };

  it('Security Hub receives the end of each former id one time, before the finding under its new id', async () => {
    const { deployed, former, goesOn } = await upgraded();
    await deployed.invoke();
    expect(deployed.aws.imported).toEqual([former, goesOn]);
    await deployed.invoke();
    expect(deployed.aws.imported).toEqual([former, goesOn, goesOn]);
  });

  it.each([
    ['Security Hub', 'BatchImportFindings'],
    ['a topic', 'Publish'],
  ])('Security Hub receives the end of each former id again after a failure of %s', async (_, operation) => {
    const { deployed, former, goesOn } = await upgraded();
    deployed.aws.failNext(operation, { status: 403, code: 'AccessDeniedException', message: 'made-up' });
    await expect(deployed.invoke()).rejects.toThrow();
    await deployed.invoke();
    expect(deployed.aws.imported.slice(-2)).toEqual([former, goesOn]);
  });
});

describe('the tenant of a container', () => {
  it.each([
    { mode: 'report', patches: 0 },
    { mode: 'remediate', patches: 1 },
  ] as const)('the tenant of a container in $mode mode sends $patches PATCH requests', async ({ mode, patches }) => {
    const { variables, sandbox } = await deployFunction({ sandbox: { seed: [OKTA], scopes: REMEDIATION_SCOPES } });
    const { tenant } = createContainer(variables, LIMITS, { now: Date.now, sleep: async () => undefined }).openTenant(
      mode,
      Number.POSITIVE_INFINITY,
    );
    const { answer } = await tenant.rewriteConnection(OKTA.id, 'run-1', (fresh) => ({ body: fresh?.sealed }));
    expect(sandbox.requests.filter(({ method }) => method === 'PATCH')).toHaveLength(patches);
    if (mode === 'report') {
      expect(answer).toMatchObject({ kind: 'refused', message: expect.stringContaining('this run is read-only') });
    }
  });
});
