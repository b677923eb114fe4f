import { REMEDIATION_SCOPES } from '../../sandbox/auth0/access';
import { type DeployedFunction, deployFunction, HISTORY_BUCKET, removeFunctions } from '../deployed-function';
import { version2 } from '../history/state-files';
import { drifted } from '../repair/sandbox/tenants';

// What SECURITY.md states about made-up events and about a history that an attacker has changed.

afterEach(removeFunctions);

const [OKTA = { id: '', name: '', strategy: '', options: {} }] = drifted('okta', 1);
const TONIGHT = new Date().toISOString();
const TOMORROW = new Date(Date.now() + 86_400_000).toISOString();

/** A function that repairs one connection unless something prevents the repair. */
function deploy(state: object = {}): Promise<DeployedFunction> {
  return deployFunction({
    sandbox: { seed: [OKTA], scopes: REMEDIATION_SCOPES },
    settings: { mode: 'remediate', caps: { maxChanges: 10, maxPercent: 100 } },
    state: version2(state),
  });
}

const patchesIn = ({ sandbox }: DeployedFunction) => sandbox.requests.filter(({ method }) => method === 'PATCH').length;
const folderOf = ({ sandbox }: DeployedFunction) => encodeURIComponent(new URL(sandbox.domain).host);
/** The number of completed runs that the alarm on missing runs counts. */
const completedIn = ({ printed }: DeployedFunction) => printed().match(/"RunCompleted":1\b/g)?.length ?? 0;

function forge(deployed: DeployedFunction, file: string, content: unknown): void {
  deployed.aws.putObject(HISTORY_BUCKET, `${folderOf(deployed)}/${file}`, JSON.stringify(content));
}

describe('a made-up event', () => {
  it('a made-up event with a future time is a complete run, and does not replace the run of that time', async () => {
    const deployed = await deploy();
    expect(await deployed.invoke({ scheduledTime: TOMORROW })).toMatchObject({ complete: true });
    expect(await deployed.invoke({ scheduledTime: TOMORROW })).toMatchObject({ complete: true });
  });

  it('a made-up event in report mode does not replace the scheduled run of the same time, nor its repairs', async () => {
    const deployed = await deploy();
    expect(await deployed.invoke({ scheduledTime: TONIGHT, mode: 'report' })).toMatchObject({ complete: true });
    expect(patchesIn(deployed)).toBe(0);
    expect(await deployed.invoke({ scheduledTime: TONIGHT })).toMatchObject({ complete: true });
    expect(patchesIn(deployed)).toBe(1);
  });

  it('a made-up event with the time of a scheduled run replaces that run, and does its work', async () => {
    const deployed = await deploy();
    await deployed.invoke({ scheduledTime: TONIGHT });
    expect(await deployed.invoke({ scheduledTime: TONIGHT })).toMatchObject({ isDuplicate: true });
    expect([patchesIn(deployed), completedIn(deployed)]).toEqual([1, 1]);
  });

  it('a made-up watch event reads the state, and does not replace a run', async () => {
    const deployed = await deployFunction({ sandbox: { seed: [OKTA] }, settings: { dueHours: 29 } });
    await deployed.invoke({ watch: true, scheduledTime: TONIGHT });
    expect(deployed.aws.calls.map(({ operation }) => operation)).toEqual(['GetObject']);
    expect(await deployed.invoke({ scheduledTime: TONIGHT })).toMatchObject({ complete: true });
  });
});

describe('an attacker who can write to the history', () => {
  it('a forged claim prevents a run, and no completed run is counted', async () => {
    const deployed = await deploy();
    forge(deployed, 'claims.json', [{ event: TONIGHT, runId: 'forged', until: null }]);
    expect(await deployed.invoke({ scheduledTime: TONIGHT })).toMatchObject({ isDuplicate: true });
    expect([patchesIn(deployed), completedIn(deployed), deployed.alerts()]).toEqual([0, 0, []]);
  });

  it('a forged state makes a finding look old: recipients get no alert, the findings topic gets the finding', async () => {
    const now = new Date().toISOString();
    const known = { code: 'WRONG_VALUE', firstSeen: now, name: OKTA.name, strategy: 'okta', outcome: 'held' };
    const numbers = { listed: 1, noncompliant: 1, indeterminate: 0, exempt: 0, remediated: 0 };
    const deployed = await deploy({
      findings: { [OKTA.id]: known },
      lastTold: now,
      trend: [{ runId: 'forged', at: now, complete: true, ...numbers }],
      holds: {
        [OKTA.id]: { runId: 'forged', since: now, by: 'forged', expectation: 'default: on_each_login' },
      },
    });
    expect(await deployed.invoke()).toMatchObject({ complete: true });
    expect([deployed.alerts(), patchesIn(deployed)]).toEqual([[], 0]);
    expect(deployed.findings().map(({ message }) => message)).toContainEqual(expect.stringContaining(OKTA.id));
  });

  it.each([
    ['repairs', { repairs: { [OKTA.id]: [0, 1, 2].map((day) => daysAgo(day)) } }],
    ['a hold', { holds: { [OKTA.id]: { runId: 'a', since: daysAgo(1), expectation: 'default: on_each_login' } } }],
  ])('a forged state with %s prevents a repair, and the finding is reported', async (_, state) => {
    const deployed = await deploy(state);
    await deployed.invoke();
    expect([patchesIn(deployed), deployed.alerts().length]).toEqual([0, 1]);
  });

  it.each([
    ['a lease that never ends', { owner: 'forged', until: Date.now() + 1e12, unsettled: [] }],
    ['an invalid lease', 'forged'],
  ])('%s in a forged file stops all repairs, and the run fails', async (_, lease) => {
    const deployed = await deploy();
    forge(deployed, 'lease.json', lease);
    await expect(deployed.invoke()).rejects.toThrow();
    expect([patchesIn(deployed), deployed.alerts().length]).toEqual([0, 1]);
  });

  it('a forged lease stops the repairs of one run, and the finding is reported', async () => {
    const deployed = await deploy();
    forge(deployed, 'lease.json', { owner: 'forged', until: Date.now() + 3_600_000, unsettled: [] });
    await deployed.invoke();
    expect([patchesIn(deployed), deployed.alerts().length]).toEqual([0, 1]);
  });

  it('a deleted state causes no write, because the next run is a first run', async () => {
    const deployed = await deployFunction({
      sandbox: { seed: [OKTA], scopes: REMEDIATION_SCOPES },
      settings: { mode: 'remediate', caps: { maxChanges: 10, maxPercent: 100 } },
    });
    await deployed.invoke();
    expect([patchesIn(deployed), deployed.alerts().length]).toEqual([0, 1]);
  });
});

/** ISO 8601, UTC. */
function daysAgo(days: number): string {
  return new Date(Date.now() - days * 86_400_000).toISOString();
}
