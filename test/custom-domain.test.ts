import type { LeaseTerms } from '../lambda/history/history';
import { NO_LEASE } from '../lambda/history/lease';
import { REMEDIATION_SCOPES } from '../sandbox/auth0/access';
import { type DeployedFunction, deployFunction, HISTORY_BUCKET, removeFunctions } from './deployed-function';
import { findingOf, recordOf } from './history/sample-record';
import { version1, version2 } from './history/state-files';
import { set } from './judge/sample-repair';
import { drifted } from './repair/sandbox/tenants';

afterEach(removeFunctions);

const CANONICAL = 't.eu.auth0.com';
const [HELD = '', QUARANTINED = '', FREE = ''] = drifted('okta', 3).map(({ id }) => id);
const OLD_RUN = '2026-01-05T04-30-00Z-0000000a';
const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

const ago = (milliseconds: number) => new Date(Date.now() - milliseconds).toISOString();
const known = { code: 'WRONG_VALUE', firstSeen: ago(9 * DAY_MS), name: 'okta', strategy: 'okta', outcome: 'held' };
const hold = { runId: OLD_RUN, since: ago(DAY_MS), by: 'ann', expectation: 'default: on_each_login' };
/** What runs and an operator left while the custom domain named the folder. */
const LEFT = {
  findings: { [HELD]: known },
  holds: { [HELD]: hold },
  repairs: { [QUARANTINED]: [ago(3 * HOUR_MS), ago(2 * HOUR_MS), ago(HOUR_MS)] },
};

interface Night {
  readonly deployed: DeployedFunction;
  /** Advances the clock of the function. */
  advance(milliseconds: number): void;
  readonly textOf: (folder: 'own' | 'former', file: string) => string | undefined;
  readonly put: (file: string, value: object) => void;
  readonly patched: () => readonly string[];
  /** The outcome of each connection in the last run. */
  readonly outcomes: () => Readonly<Record<string, string>>;
}

/** A function that reaches a tenant through a custom domain, with files in the former folder. */
async function deploy(files: Readonly<Record<string, object>>, settings: object = {}): Promise<Night> {
  let ahead = 0;
  const deployed = await deployFunction({
    sandbox: { seed: drifted('okta', 3), scopes: REMEDIATION_SCOPES, canonicalDomain: CANONICAL },
    settings: { mode: 'remediate', caps: { maxChanges: 9, maxPercent: 100 }, canonicalDomain: CANONICAL, ...settings },
    clock: { now: () => Date.now() + ahead, elapsed: () => performance.now() + ahead, sleep: async () => undefined },
  });
  const { aws, sandbox } = deployed;
  const former = encodeURIComponent(new URL(sandbox.domain).host);
  const put = (file: string, value: object) =>
    aws.putObject(HISTORY_BUCKET, `${former}/${file}`, JSON.stringify(value));
  for (const [file, value] of Object.entries(files)) put(file, value);
  const textOf = (folder: 'own' | 'former', file: string) =>
    aws.objects(HISTORY_BUCKET).get(`${folder === 'own' ? CANONICAL : former}/${file}`)?.text;
  return {
    deployed,
    advance: (milliseconds) => {
      ahead += milliseconds;
    },
    textOf,
    put,
    patched: () =>
      sandbox.requests.flatMap(({ method, path }) => (method === 'PATCH' ? [path.split('/').at(-1) ?? ''] : [])),
    outcomes: () => {
      const keys = [...aws.objects(HISTORY_BUCKET).keys()].filter((key) => key.startsWith(`${CANONICAL}/runs/`));
      const last = keys
        .filter((key) => key.endsWith('.json'))
        .toSorted()
        .at(-1);
      const { report } = JSON.parse(aws.objects(HISTORY_BUCKET).get(last ?? '')?.text ?? '');
      return Object.fromEntries(
        report.findings.map(({ connection, outcome, stopped }: ReturnType<typeof findingOf>) => [
          connection.id,
          stopped ?? outcome,
        ]),
      );
    },
  };
}

const stateIn = ({ textOf }: Night) =>
  JSON.parse(textOf('own', 'state.json') ?? '{}').controls?.set_user_root_attributes;
const bothLeases = ({ textOf }: Night) => [textOf('former', 'lease.json'), textOf('own', 'lease.json')];

describe('a tenant that ran under its custom domain', () => {
  it('the hold and the quarantine stay over three runs in the folder of the canonical domain', async () => {
    const night = await deploy({ 'state.json': version2(LEFT), 'lease.json': NO_LEASE });
    const nights = [];
    for (let number = 1; number <= 3; number += 1) {
      const { complete } = await night.deployed.invoke({ scheduledTime: `2026-11-2${number}T04:30:00Z` });
      nights.push([complete, night.patched(), night.outcomes()]);
      night.advance(DAY_MS);
    }
    const left = { [HELD]: 'held', [QUARANTINED]: 'quarantined' };
    expect(nights).toEqual([
      [true, [FREE], { ...left, [FREE]: 'remediated' }],
      [true, [FREE], left],
      [true, [FREE], left],
    ]);
    expect(stateIn(night).holds).toEqual(LEFT.holds);
    expect(stateIn(night).findings[HELD].firstSeen).toBe(known.firstSeen);
    expect(night.textOf('former', 'state.json')).toBe(JSON.stringify(version2(LEFT)));
    expect(bothLeases(night)).toEqual([JSON.stringify(NO_LEASE), JSON.stringify(NO_LEASE)]);
  });

  it('holds stay if two first runs start at the same time', async () => {
    const night = await deploy({ 'state.json': version2(LEFT) });
    await Promise.all([night.deployed.invoke(), night.deployed.invoke()]);
    expect(night.patched()).toEqual([FREE]);
    expect(stateIn(night)).toMatchObject({ holds: LEFT.holds, repairs: { [FREE]: [expect.any(String)] } });
  });

  it('the state in the folder of the canonical domain is used if both folders have a state', async () => {
    const night = await deploy({ 'state.json': version2() });
    night.deployed.aws.putObject(HISTORY_BUCKET, `${CANONICAL}/state.json`, JSON.stringify(version2(LEFT)));
    await night.deployed.invoke();
    expect(night.outcomes()).toEqual({ [HELD]: 'held', [QUARANTINED]: 'quarantined', [FREE]: 'remediated' });
  });

  it('a run is a first run if neither folder has a state', async () => {
    const night = await deploy({});
    await night.deployed.invoke();
    expect([night.patched(), new Set(Object.values(night.outcomes()))]).toEqual([[], new Set(['first_run'])]);
  });
});

describe('a run that took only the former lease', () => {
  const lease = (until: number): LeaseTerms => ({ owner: OLD_RUN, until, unsettled: [] });
  const planned = (host: string) => {
    const finding = findingOf(FREE, {
      ...{ actual: 'on_first_login', expected: ['on_each_login'], repair: set('on_each_login') },
    });
    const { canonicalHost: _, ...report } = recordOf('planned', [finding], { runId: OLD_RUN, tenant: host }).report;
    return { version: 2, kind: 'repair', phase: 'planned', policyFingerprint: 'made-up', report, by: null };
  };

  it('an active run with the former lease prevents writes until it has ended and its state is carried over', async () => {
    const running = lease(Date.now() + HOUR_MS / 4);
    const night = await deploy({ 'state.json': version2(LEFT), 'lease.json': running });
    await expect(night.deployed.invoke()).rejects.toThrow('a run that might still be in progress');
    expect(night.outcomes()).toMatchObject({ [HELD]: 'held', [FREE]: 'lease' });
    expect([night.patched(), night.textOf('own', 'state.json')]).toEqual([[], undefined]);
    expect(night.textOf('former', 'lease.json')).toBe(JSON.stringify(running));
    night.put('state.json', version2({ ...LEFT, holds: { ...LEFT.holds, [FREE]: hold } }));
    night.put('lease.json', NO_LEASE);
    expect(await night.deployed.invoke()).toMatchObject({ complete: true });
    expect([night.patched(), night.outcomes()]).toMatchObject([[], { [HELD]: 'held', [FREE]: 'held' }]);
  });

  it('a cut-off run with the former lease is settled and reported, and both leases are free', async () => {
    const night = await deploy({ 'state.json': version2(LEFT), 'lease.json': lease(Date.now() - 1) });
    const record = planned(new URL(night.deployed.sandbox.domain).host);
    night.put(`runs/${OLD_RUN}.json`, record);
    night.deployed.sandbox.tenant.patch(FREE, {
      options: { ...drifted('okta', 3)[2]?.options, set_user_root_attributes: 'on_each_login' },
    });
    expect(await night.deployed.invoke()).toMatchObject({ complete: true });
    expect(
      night.deployed
        .alerts()
        .map(({ message }) => message)
        .join(),
    ).toContain(OLD_RUN);
    const told = night.deployed.findings().map(({ message }) => JSON.parse(message));
    const changes = told.flatMap((body) => body.changes ?? []);
    expect(changes).toMatchObject([{ runId: OLD_RUN, isCut: true, connections: [{ id: FREE, result: 'found' }] }]);
    expect(stateIn(night)).toMatchObject({ holds: LEFT.holds, repairs: { [FREE]: [expect.any(String)] } });
    expect(JSON.parse(night.textOf('own', `runs/${OLD_RUN}.json`) ?? '')).toMatchObject({
      ...{ phase: 'cut', tenant: CANONICAL },
    });
    expect(night.textOf('former', `runs/${OLD_RUN}.json`)).toBe(JSON.stringify(record));
    expect(bothLeases(night)).toEqual([JSON.stringify(NO_LEASE), JSON.stringify(NO_LEASE)]);
    await night.deployed.invoke();
    const again = night.deployed.findings().flatMap(({ message }) => JSON.parse(message).changes ?? []);
    expect(again).toHaveLength(1);
  });
});

describe('the ids of findings', () => {
  const SETTING = 'set_user_root_attributes';
  const uidsIn = ({ deployed }: Night) =>
    deployed
      .findings()
      .flatMap(({ message }) => JSON.parse(message).findings ?? [])
      .map(({ finding_info }) => finding_info.uid);

  it('ids of findings contain the canonical domain, and alerts name the requested domain', async () => {
    const night = await deploy({ 'state.json': version2(LEFT) }, { mode: 'report' });
    await night.deployed.invoke();
    const own = [HELD, QUARANTINED, FREE].map((id) => `auth0-connection-auditor/${CANONICAL}/${id}/${SETTING}`);
    expect(uidsIn(night).toSorted()).toEqual(own.toSorted());
    const { host } = new URL(night.deployed.sandbox.domain);
    const [alert] = night.deployed.alerts();
    expect(alert?.message).toContain(host);
    expect(alert?.message).not.toContain(`Tenant       ${CANONICAL}`);
    expect(night.deployed.findings()[0]?.attributes.tenant?.value).toBe(host);
  });

  it.each([
    { version: 2, state: version2(LEFT), forms: [`/${SETTING}`] },
    { version: 1, state: version1(LEFT), forms: ['', `/${SETTING}`] },
  ])(
    'former ids of the custom domain are closed one time after a state of version $version',
    async ({ state, forms }) => {
      const night = await deploy({ 'state.json': state }, { mode: 'report', securityHub: true });
      const { aws, sandbox } = night.deployed;
      await night.deployed.invoke();
      const { host } = new URL(sandbox.domain);
      const former = forms.map((form) => `auth0-connection-auditor/${host}/${HELD}${form}`);
      expect(aws.imported.slice(0, -3)).toEqual(former);
      const own = (ids: readonly string[]) =>
        ids.every((id) => id.startsWith(`auth0-connection-auditor/${CANONICAL}/`));
      expect(own(aws.imported.slice(-3))).toBe(true);
      const before = aws.imported.length;
      await night.deployed.invoke();
      expect(own(aws.imported.slice(before))).toBe(true);
    },
  );
});
