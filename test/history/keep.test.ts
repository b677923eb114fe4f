import { NOTHING_CARRIED } from '../../lambda/history/carried';
import { HistoryFailure } from '../../lambda/history/history';
import { createHistory } from '../../lambda/history/keep';
import { keepState } from '../../lambda/history/memory';
import { EMPTY_STATE, type TenantState } from '../../lambda/history/state';
import { ending } from '../../lambda/judge/outcome';
import { changeOf, findingOf, NOW, RUN, recordOf, TENANT } from './sample-record';
import { closeStores, STORES } from './stores';

afterEach(closeStores);

const STATE: TenantState = {
  findings: {
    con_1: { code: 'WRONG_VALUE', firstSeen: NOW, name: 'contoso', strategy: 'oidc', outcome: 'planned' },
  },
  resolved: { con_3: { code: 'NOT_EXPLICIT', at: NOW } },
  repairs: { con_1: [NOW] },
  holds: { con_2: { runId: RUN, since: NOW, expectation: 'default: on_first_login' } },
  formerIds: ['con_1'],
  lastTold: NOW,
  trend: [
    {
      ...{ runId: RUN, at: NOW, complete: true, listed: 60 },
      ...{ noncompliant: 1, indeterminate: 0, exempt: 0, remediated: 0 },
    },
  ],
  carried: { ...NOTHING_CARRIED, file: { later: true } },
};
const MINUTE = 60_000;
const started = Date.parse(NOW);

/** Two runs on one tenant, each with a history of its own, and the store below them. */
type Stage = Awaited<ReturnType<typeof stageOn>>;
async function stageOn(open: (typeof STORES)[number]['open'], tenant = TENANT) {
  const { store, again } = await open();
  const folder = encodeURIComponent(tenant);
  return {
    store,
    ours: createHistory(store, tenant),
    theirs: createHistory(again(), tenant),
    another: createHistory(again(), `other-${tenant}`),
    keys: { state: `${folder}/state.json`, lease: `${folder}/lease.json`, run: `${folder}/runs/${RUN}.json` },
  };
}

const failureOf = async (work: Promise<unknown>): Promise<string> => {
  try {
    await work;
  } catch (error) {
    if (error instanceof HistoryFailure) return error.message;
    throw error;
  }
  return 'no failure';
};

const CLAIMS: Record<string, (stage: Stage) => Promise<void>> = {
  'a state that nobody has written is empty': async ({ ours }) => {
    expect(await ours.readState()).toEqual({ state: EMPTY_STATE, version: undefined });
  },
  'a state reads back, for the other run too, and for no other tenant': async ({ ours, theirs, another }) => {
    await ours.writeState(STATE, undefined);
    expect((await theirs.readState()).state).toEqual(STATE);
    expect((await another.readState()).state).toEqual(EMPTY_STATE);
  },
  'a state is written over the version that was read, and not over another': async ({ ours, theirs, store, keys }) => {
    await ours.writeState(EMPTY_STATE, undefined);
    const { version } = await ours.readState();
    await theirs.writeState(STATE, version);
    expect(await failureOf(ours.writeState(EMPTY_STATE, version))).toBe(
      `${store.placeOf(keys.state)} was written by another run meanwhile.`,
    );
    expect(await failureOf(ours.writeState(EMPTY_STATE, undefined))).toContain('another run');
    expect((await ours.readState()).state).toEqual(STATE);
  },
  'of two runs that write the first state, one is told': async ({ ours, theirs }) => {
    const told = await Promise.all([
      failureOf(ours.writeState(STATE, undefined)),
      failureOf(theirs.writeState(EMPTY_STATE, undefined)),
    ]);
    expect(told.filter((failure) => failure === 'no failure')).toHaveLength(1);
    expect(told.filter((failure) => failure.includes('written by another run'))).toHaveLength(1);
  },
  'of two runs that carry one state on, one is told': async ({ ours, theirs }) => {
    await ours.writeState(EMPTY_STATE, undefined);
    const { version } = await ours.readState();
    const told = await Promise.all([
      failureOf(ours.writeState(STATE, version)),
      failureOf(theirs.writeState({ ...STATE, holds: {} }, version)),
    ]);
    expect(told.filter((failure) => failure === 'no failure')).toHaveLength(1);
  },
  'whatever id a tenant has, the state reads back': async ({ ours }) => {
    const ids = ['constructor', 'toString', '../../x', 'ä b', 'x'.repeat(3000)];
    const findings = Object.fromEntries(ids.map((id) => [id, STATE.findings.con_1 ?? fail()]));
    await ours.writeState({ ...EMPTY_STATE, findings }, undefined);
    expect(Object.keys((await ours.readState()).state.findings).sort()).toEqual([...ids].sort());
  },
  'a lease is for one, until it is given back': async ({ ours, theirs, another }) => {
    const lease = await ours.takeLease('run-1', started, started + MINUTE);
    expect(lease).toBeDefined();
    expect(await theirs.takeLease('run-2', started, started + MINUTE)).toBeUndefined();
    expect(await ours.takeLease('run-1', started, started + MINUTE)).toBeUndefined();
    expect(await another.takeLease('run-3', started, started + MINUTE)).toBeDefined();
    await lease?.release();
    expect(await theirs.takeLease('run-2', started, started + MINUTE)).toBeDefined();
  },
  'of two runs that ask for the lease, one has it': async ({ ours, theirs }) => {
    const leases = await Promise.all([
      ours.takeLease('run-1', started, started + MINUTE),
      theirs.takeLease('run-2', started, started + MINUTE),
    ]);
    expect(leases.filter((lease) => lease !== undefined)).toHaveLength(1);
  },
  'a lease is held to its last millisecond, and then taken over by one': async ({ ours, theirs }) => {
    await ours.takeLease('run-0', started, started + MINUTE);
    expect(await ours.takeLease('run-1', started + MINUTE - 1, started + 2 * MINUTE)).toBeUndefined();
    const leases = await Promise.all([
      ours.takeLease('run-1', started + MINUTE, started + 2 * MINUTE),
      theirs.takeLease('run-2', started + MINUTE, started + 2 * MINUTE),
    ]);
    expect(leases.filter((lease) => lease !== undefined)).toHaveLength(1);
  },
  'a lease that was taken over is not given back by its first owner': async ({ ours, theirs }) => {
    const late = await ours.takeLease('run-1', started, started + MINUTE);
    const current = await theirs.takeLease('run-2', started + MINUTE, started + 2 * MINUTE);
    expect(current).toBeDefined();
    await late?.release();
    expect(await ours.takeLease('run-3', started + MINUTE, started + 2 * MINUTE)).toBeUndefined();
  },
  'a lease that cannot be read is held': async ({ ours, store, keys }) => {
    for (const text of [' ', '{', '[]', 'null', '{"owner":"x"}', '{"owner":"x","until":1e999}', '{"until":"0"}']) {
      await store.write(keys.lease, text, 'any');
      expect(await ours.takeLease('run-1', started, started + MINUTE)).toBeUndefined();
    }
  },
  'a lease that was lost to something unreadable is let be': async ({ ours, store, keys }) => {
    const lease = await ours.takeLease('run-1', started, started + MINUTE);
    await store.write(keys.lease, 'torn', 'any');
    await lease?.release();
    expect((await store.read(keys.lease))?.text).toBe('torn');
  },
  'what a run changed reads back, for that tenant only': async ({ ours, theirs, another, store, keys }) => {
    const changed = findingOf('con_1', ending('remediated', { change: changeOf() }));
    const failed = findingOf(
      'con_2',
      ending('failed_verification', { change: changeOf({ before: 'never_on_login' }) }),
    );
    const record = recordOf('ended', [changed, failed, findingOf('con_3', ending('skipped_exempt'))]);
    await ours.keepRun(record);
    expect(ours.placesOf(RUN).record).toBe(store.placeOf(keys.run));
    expect(await theirs.readChanges(RUN)).toEqual([
      { connectionId: 'con_1', before: null, after: 'on_first_login' },
      { connectionId: 'con_2', before: 'never_on_login', after: 'on_first_login' },
    ]);
    expect(await another.readChanges(RUN)).toBeUndefined();
    expect(await ours.readChanges('no-such-run')).toBeUndefined();
  },
  'a page is kept beside its run, where the run says': async ({ ours, theirs, store, keys }) => {
    await ours.keepPage(RUN, '<!doctype html>');
    const page = keys.run.replace(/json$/, 'html');
    expect((await store.read(page))?.text).toBe('<!doctype html>');
    expect(theirs.placesOf(RUN).html).toBe(store.placeOf(page));
    expect(await theirs.readChanges(RUN)).toBeUndefined();
  },
  'a run that was cut may have changed all that it had planned': async ({ ours }) => {
    await ours.keepRun(
      recordOf('planned', [
        findingOf('con_1', { actual: 'never_on_login' }),
        findingOf('con_2', { repair: { action: 'remove', to: 'on_each_login' }, actual: 'on_first_login' }),
        findingOf('con_3', { ...ending('skipped_unsafe'), repair: { action: 'manual', reason: 'masked_secret' } }),
        findingOf('con_4', ending('held')),
      ]),
    );
    expect(await ours.readChanges(RUN)).toEqual([
      { connectionId: 'con_1', before: 'never_on_login', after: 'on_first_login' },
      { connectionId: 'con_2', before: 'on_first_login', after: null },
    ]);
  },
  'the end of a run replaces its plan': async ({ ours }) => {
    await ours.keepRun(recordOf('planned', [findingOf('con_1'), findingOf('con_2')]));
    const ended = findingOf('con_1', ending('remediated', { change: changeOf() }));
    await ours.keepRun(recordOf('ended', [ended, findingOf('con_2', ending('skipped_stopped', { stopped: 'time' }))]));
    expect((await ours.readChanges(RUN))?.map(({ connectionId }) => connectionId)).toEqual(['con_1']);
  },
  'a run in report mode changed nothing': async ({ ours }) => {
    await ours.keepRun(recordOf('ended', [findingOf('con_1')], { mode: 'report' }));
    expect(await ours.readChanges(RUN)).toEqual([]);
  },
  'a record of another run or tenant is refused by its place': async ({ ours, store, keys }) => {
    for (const change of [{ tenant: 'planted.example' }, { runId: 'planted-run' }]) {
      await store.write(keys.run, JSON.stringify(recordOf('ended', [], change)), 'any');
      const failure = await failureOf(ours.readChanges(RUN));
      expect(failure).toBe(`${store.placeOf(keys.run)} is no record of that run on this tenant.`);
    }
  },
  'a run id reaches no other place': async ({ ours, store, keys }) => {
    await store.write(keys.state, JSON.stringify(recordOf('ended', [])), 'any');
    for (const id of ['../state', '..', '.', '', '/', '\u0000', '../../../../etc/passwd']) {
      expect(await ours.readChanges(id)).toBeUndefined();
    }
  },
  'a state of a newer version is refused in one plain sentence, and left as it is': async ({ ours, store, keys }) => {
    const text = JSON.stringify({ version: 3, controls: {} });
    await store.write(keys.state, text, 'any');
    expect(await failureOf(ours.readState())).toBe(
      `${store.placeOf(keys.state)} has version 3, and this auditor reads versions up to 2. Deploy the newer version of the auditor again.`,
    );
    expect(await keepState(ours, () => STATE)).toContain('has version 3');
    expect((await store.read(keys.state))?.text).toBe(text);
  },
  'a record of a newer version is refused in one plain sentence': async ({ ours, store, keys }) => {
    await store.write(keys.run, JSON.stringify({ ...recordOf('ended', []), version: 3 }), 'any');
    expect(await failureOf(ours.readChanges(RUN))).toBe(
      `${store.placeOf(keys.run)} has version 3, and this auditor reads versions up to 2. Deploy the newer version of the auditor again.`,
    );
  },
  'state and record are written with their version': async ({ ours, store, keys }) => {
    await ours.writeState(STATE, undefined);
    await ours.keepRun(recordOf('ended', []));
    for (const key of [keys.state, keys.run]) {
      expect(JSON.parse((await store.read(key))?.text ?? '')).toMatchObject({ version: 2 });
    }
  },
  'a state that is none is refused by its place, and left as it is': async ({ ours, store, keys }) => {
    await store.write(keys.state, '{"planted-content"', 'any');
    expect(await failureOf(ours.readState())).toBe(
      `${store.placeOf(keys.state)} is no state of ours: text (invalid_type).`,
    );
    expect(await failureOf(ours.writeState(STATE, undefined))).toContain('another run');
  },
};

function fail(): never {
  throw new Error('the sample lacks it');
}

describe.each(STORES)('on the $name store', ({ open }) => {
  it.each(Object.entries(CLAIMS))('%s', async (_, check) => {
    await check(await stageOn(open));
  });

  it('a tenant with a port has a place of its own', async () => {
    const { ours, theirs } = await stageOn(open, '127.0.0.1:4010');
    await ours.writeState(STATE, undefined);
    expect((await theirs.readState()).state).toEqual(STATE);
  });
});
