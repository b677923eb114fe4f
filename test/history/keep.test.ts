import { fingerprint } from '../../lambda/fingerprint';
import { NOTHING_CARRIED } from '../../lambda/history/carried';
import { HistoryFailure } from '../../lambda/history/history';
import { createHistory } from '../../lambda/history/keep';
import { releaseLease, takeLease } from '../../lambda/history/lease';
import { keepState } from '../../lambda/history/memory';
import { EMPTY_STATE, type TenantState } from '../../lambda/history/state';
import type { Store } from '../../lambda/history/store';
import type { Change } from '../../lambda/judge/change';
import { ending } from '../../lambda/judge/outcome';
import type { Policy } from '../../lambda/policy/policy';
import { remove } from '../judge/sample-repair';
import { changeOf, changesOf, findingOf, keepRun, NOW, RUN, recordOf, TENANT } from './sample-record';
import { closeStores, STORES } from './stores';

afterEach(closeStores);

const CHANGE: Change = {
  ...{ runId: RUN, kind: 'undo', at: NOW, by: 'ann on laptop', reason: 'a test', of: 'run-0', isCut: false },
  connections: [
    {
      ...{ id: 'con_1', name: 'contoso', strategy: 'oidc' },
      ...{ before: null, after: 'on_first_login', result: 'verified', at: NOW },
    },
  ],
};
const STATE: TenantState = {
  findings: {
    con_1: { code: 'WRONG_VALUE', firstSeen: NOW, name: 'contoso', strategy: 'oidc', outcome: 'planned' },
  },
  resolved: { con_3: { code: 'NOT_EXPLICIT', at: NOW } },
  repairs: { con_1: [NOW] },
  holds: { con_2: { runId: RUN, since: NOW, by: 'ann on laptop', expectation: 'default: on_first_login' } },
  refusals: {
    con_1: {
      ...{ runs: 2, since: NOW, last: NOW, runId: RUN, words: 'The metadata could not be read.' },
      ...{ value: null, expectation: 'default: on_first_login', facts: 1 },
    },
  },
  formerIds: ['con_1'],
  unreported: { [RUN]: { change: CHANGE, people: true, machines: false, claim: { by: 'run-9', until: 1 } } },
  changes: [{ ...CHANGE, connections: 1 }],
  lastListing: { listed: 60, sample: ['con_1', 'con_2'] },
  acceptedEmpty: { at: NOW, by: 'ann on laptop' },
  lastTold: NOW,
  writesStoppedSince: NOW,
  trend: [
    {
      ...{ runId: RUN, at: NOW, complete: true, listed: 60 },
      ...{ noncompliant: 1, indeterminate: 0, exempt: 0, remediated: 0 },
    },
  ],
  keptPolicy: '0123456789abcdef',
  runs: [
    {
      ...{ runId: RUN, at: NOW, complete: true, listed: 60, mode: 'report', by: 'ann on laptop' },
      ...{ noncompliant: 1, indeterminate: 0, exempt: 0, remediated: 0 },
    },
  ],
  carried: { ...NOTHING_CARRIED, file: { later: true } },
};

const POLICY: Policy = { graceDays: 3, default: { reason: 'ä', expect: 'on_each_login' } };
const FINGERPRINT = fingerprint(POLICY);

/** Two runs on one tenant, each with a separate history, and the store of both. */
type Stage = Awaited<ReturnType<typeof stageOn>>;
async function stageOn(open: (typeof STORES)[number]['open'], tenant = TENANT) {
  const { store, again } = await open();
  const folder = encodeURIComponent(tenant);
  return {
    store,
    ours: createHistory(store, tenant),
    theirs: createHistory(again(), tenant),
    another: createHistory(again(), `other-${tenant}`),
    keys: {
      state: `${folder}/state.json`,
      lease: `${folder}/lease.json`,
      run: `${folder}/runs/${RUN}.json`,
      policy: `${folder}/policies/${FINGERPRINT}.json`,
    },
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
  'a state that was never written is empty': async ({ ours }) => {
    expect(await ours.readState()).toEqual({ state: EMPTY_STATE, version: undefined });
  },
  'another run reads the same state, but another tenant does not': async ({ ours, theirs, another }) => {
    await ours.writeState(STATE, undefined);
    expect((await theirs.readState()).state).toEqual(STATE);
    expect((await another.readState()).state).toEqual(EMPTY_STATE);
  },
  'a state is written only over the version that was read': async ({ ours, theirs }) => {
    expect(await ours.writeState(EMPTY_STATE, undefined)).toBe(true);
    const { version } = await ours.readState();
    expect(await theirs.writeState(STATE, version)).toBe(true);
    expect(await ours.writeState(EMPTY_STATE, version)).toBe(false);
    expect(await ours.writeState(EMPTY_STATE, undefined)).toBe(false);
    expect((await ours.readState()).state).toEqual(STATE);
  },
  'one of two runs that write the first state at the same time succeeds': async ({ ours, theirs }) => {
    const isWritten = await Promise.all([ours.writeState(STATE, undefined), theirs.writeState(EMPTY_STATE, undefined)]);
    expect(isWritten.toSorted()).toEqual([false, true]);
  },
  'one of two runs that update the same state at the same time succeeds': async ({ ours, theirs }) => {
    await ours.writeState(EMPTY_STATE, undefined);
    const { version } = await ours.readState();
    const isWritten = await Promise.all([
      ours.writeState(STATE, version),
      theirs.writeState({ ...STATE, holds: {} }, version),
    ]);
    expect(isWritten.toSorted()).toEqual([false, true]);
  },
  'a state with unusual connection ids is read as written': async ({ ours }) => {
    const ids = ['constructor', 'toString', '../../x', 'ä b', 'x'.repeat(3000)];
    const findings = Object.fromEntries(ids.map((id) => [id, STATE.findings.con_1 ?? fail()]));
    await ours.writeState({ ...EMPTY_STATE, findings }, undefined);
    expect(Object.keys((await ours.readState()).state.findings).sort()).toEqual([...ids].sort());
  },
  'the text of a policy is stored one time, under its fingerprint': async ({ ours, theirs, another, store, keys }) => {
    expect(await theirs.readPolicy(FINGERPRINT)).toBeUndefined();
    await ours.keepPolicy(POLICY);
    await theirs.keepPolicy({ default: { expect: 'on_each_login', reason: 'ä' }, graceDays: 3 });
    const text = '{"default":{"expect":"on_each_login","reason":"ä"},"graceDays":3}';
    expect(await theirs.readPolicy(FINGERPRINT)).toEqual({ text, place: store.placeOf(keys.policy) });
    expect(await another.readPolicy(FINGERPRINT)).toBeUndefined();
  },
  'a stored policy that does not match its fingerprint is not overwritten, and a read of it is refused': async ({
    ours,
    store,
    keys,
  }) => {
    await store.write(keys.policy, '{"default":{"expect":"never_on_login"}}', 'any');
    await ours.keepPolicy(POLICY);
    const failure = await failureOf(ours.readPolicy(FINGERPRINT));
    expect(failure).toBe(
      `${store.placeOf(keys.policy)} does not contain the policy with that fingerprint: the file was changed or is damaged.`,
    );
  },
  'a lease has one owner until it is released': async ({ ours, theirs, another }) => {
    expect(await takeLease(ours, { owner: 'run-1', until: 1 })).toBe(true);
    expect(await takeLease(theirs, { owner: 'run-2', until: 1 })).toBe(false);
    expect(await takeLease(ours, { owner: 'run-1', until: 1 })).toBe(false);
    expect(await takeLease(another, { owner: 'run-3', until: 1 })).toBe(true);
    expect(await releaseLease(ours, 'run-1')).toBe(true);
    expect(await takeLease(theirs, { owner: 'run-2', until: 1 })).toBe(true);
  },
  'one of two runs that take the lease at the same time gets it': async ({ ours, theirs }) => {
    const isTaken = await Promise.all([
      takeLease(ours, { owner: 'run-1', until: 1 }),
      takeLease(theirs, { owner: 'run-2', until: 1 }),
    ]);
    expect(isTaken.toSorted()).toEqual([false, true]);
  },
  'a lease is read as written, including its unsettled owners': async ({ ours, theirs }) => {
    const terms = { owner: 'run-2', until: 2, unsettled: [{ owner: 'run-1', until: 1 }] };
    expect(await ours.writeLease(terms, undefined)).toBe(true);
    const { version, ...read } = await theirs.readLease();
    expect(read).toEqual({ ...terms, isReadable: true });
    expect(await theirs.writeLease(terms, undefined)).toBe(false);
    expect(await theirs.writeLease(terms, version)).toBe(true);
    expect(await ours.writeLease(terms, 'of another text')).toBe(false);
  },
  'a lease that was never written has no owner': async ({ ours, store, keys }) => {
    expect(await ours.readLease()).toEqual({
      ...{ owner: '', until: 0, unsettled: [] },
      ...{ isReadable: true, version: undefined },
    });
    expect(ours.leasePlace).toBe(store.placeOf(keys.lease));
  },
  'claims are written only over the version that was read, and only for their tenant': async ({
    ours,
    theirs,
    another,
  }) => {
    const claims = [{ event: '2026-11-23T04:30:00Z', runId: 'run-1', until: null }];
    expect(await ours.readClaims()).toEqual({ claims: [], version: undefined });
    expect(await ours.writeClaims(claims, undefined)).toBe(true);
    expect(await theirs.writeClaims([], undefined)).toBe(false);
    expect((await theirs.readClaims()).claims).toEqual(claims);
    expect((await another.readClaims()).claims).toEqual([]);
    expect(await theirs.writeClaims([], (await theirs.readClaims()).version)).toBe(true);
  },
  'a record is written only over the version that was written before': async ({ ours, theirs }) => {
    const planned = await ours.writeRun(recordOf('planned', [findingOf('con_1')]), undefined);
    expect(planned).toBeDefined();
    expect((await theirs.readRun(RUN))?.version).toBe(planned);
    expect(await theirs.writeRun(recordOf('ended', []), undefined)).toBeUndefined();
    const ended = await ours.writeRun(recordOf('ended', []), planned);
    expect(ended).not.toBe(planned);
    expect(await theirs.writeRun(recordOf('ended', []), planned)).toBeUndefined();
    expect((await theirs.readRun(RUN))?.phase).toBe('ended');
  },
  'a run is concluded one time, and the rest of its record does not change': async ({ ours, theirs, store, keys }) => {
    await ours.writeRun(recordOf('planned', [findingOf('con_1'), findingOf('con_2')]), undefined);
    const before = JSON.parse((await store.read(keys.run))?.text ?? '');
    const run = (await theirs.readRun(RUN)) ?? fail();
    const [first] = run.change.connections;
    const cut: Change = { ...run.change, isCut: true, connections: [{ ...(first ?? fail()), result: 'found' }] };
    expect(await theirs.concludeRun(run, cut)).toBe(true);
    expect(await ours.concludeRun(run, cut)).toBe(false);
    expect(JSON.parse((await store.read(keys.run))?.text ?? '')).toEqual({ ...before, phase: 'cut', cut });
    expect(await ours.readRun(RUN)).toMatchObject({ phase: 'cut', change: cut, undoable: [{ connectionId: 'con_1' }] });
  },
  'the changes of a run are read as written, for its tenant only': async ({ ours, theirs, another, store, keys }) => {
    const changed = findingOf('con_1', ending('remediated', { change: changeOf() }));
    const failed = findingOf(
      'con_2',
      ending('failed_verification', { change: changeOf({ before: 'never_on_login' }) }),
    );
    const record = recordOf('ended', [changed, failed, findingOf('con_3', ending('skipped_exempt'))]);
    await keepRun(ours, record);
    expect(ours.placesOf(RUN).record).toBe(store.placeOf(keys.run));
    expect(await changesOf(theirs, RUN)).toEqual([
      { connectionId: 'con_1', before: null, after: 'on_first_login' },
      { connectionId: 'con_2', before: 'never_on_login', after: 'on_first_login' },
    ]);
    expect(await changesOf(another, RUN)).toBeUndefined();
    expect(await changesOf(ours, 'no-such-run')).toBeUndefined();
  },
  'a page is stored next to the record of its run': async ({ ours, theirs, store, keys }) => {
    await ours.keepPage(RUN, '<!doctype html>');
    const page = keys.run.replace(/json$/, 'html');
    expect((await store.read(page))?.text).toBe('<!doctype html>');
    expect(theirs.placesOf(RUN).html).toBe(store.placeOf(page));
    expect(await changesOf(theirs, RUN)).toBeUndefined();
  },
  'an interrupted run counts all planned changes as possibly written': async ({ ours }) => {
    await keepRun(
      ours,
      recordOf('planned', [
        findingOf('con_1', { actual: 'never_on_login' }),
        findingOf('con_2', { repair: remove(), actual: 'on_first_login' }),
        findingOf('con_3', { ...ending('skipped_unsafe'), repair: { action: 'manual', reason: 'masked_secret' } }),
        findingOf('con_4', ending('held')),
      ]),
    );
    expect(await changesOf(ours, RUN)).toEqual([
      { connectionId: 'con_1', before: 'never_on_login', after: 'on_first_login' },
      { connectionId: 'con_2', before: 'on_first_login', after: null },
    ]);
  },
  'the final record of a run replaces its planned record': async ({ ours }) => {
    await keepRun(ours, recordOf('planned', [findingOf('con_1'), findingOf('con_2')]));
    const ended = findingOf('con_1', ending('remediated', { change: changeOf() }));
    await keepRun(ours, recordOf('ended', [ended, findingOf('con_2', ending('skipped_stopped', { stopped: 'time' }))]));
    expect((await changesOf(ours, RUN))?.map(({ connectionId }) => connectionId)).toEqual(['con_1']);
  },
  'a run in report mode has no changes': async ({ ours }) => {
    await keepRun(ours, recordOf('ended', [findingOf('con_1')], { mode: 'report' }));
    expect(await changesOf(ours, RUN)).toEqual([]);
  },
  'a record of another run or tenant is refused, and the error names its place': async ({ ours, store, keys }) => {
    for (const change of [{ tenant: 'planted.example' }, { runId: 'planted-run' }]) {
      await store.write(keys.run, JSON.stringify(recordOf('ended', [], change)), 'any');
      const failure = await failureOf(changesOf(ours, RUN));
      expect(failure).toBe(`${store.placeOf(keys.run)} is not a record of that run on this tenant.`);
    }
  },
  'a run id cannot reach a path outside its folder': async ({ ours, store, keys }) => {
    await store.write(keys.state, JSON.stringify(recordOf('ended', [])), 'any');
    for (const id of ['../state', '..', '.', '', '/', '\u0000', '../../../../etc/passwd']) {
      expect(await changesOf(ours, id)).toBeUndefined();
    }
  },
  'a state of a newer version is refused with its version, and is not changed': async ({ ours, store, keys }) => {
    const text = JSON.stringify({ version: 3, controls: {} });
    await store.write(keys.state, text, 'any');
    expect(await failureOf(ours.readState())).toBe(
      `${store.placeOf(keys.state)} has version 3, but this auditor reads versions up to 2. Deploy the newer version of the auditor again.`,
    );
    expect(await keepState(ours, () => STATE)).toEqual({
      state: null,
      failure: expect.stringContaining('has version 3'),
    });
    expect((await store.read(keys.state))?.text).toBe(text);
  },
  'a record of a newer version is refused with its version': async ({ ours, store, keys }) => {
    await store.write(keys.run, JSON.stringify({ ...recordOf('ended', []), version: 3 }), 'any');
    expect(await failureOf(changesOf(ours, RUN))).toBe(
      `${store.placeOf(keys.run)} has version 3, but this auditor reads versions up to 2. Deploy the newer version of the auditor again.`,
    );
  },
  'state and record are written with their version': async ({ ours, store, keys }) => {
    await ours.writeState(STATE, undefined);
    await keepRun(ours, recordOf('ended', []));
    for (const key of [keys.state, keys.run]) {
      expect(JSON.parse((await store.read(key))?.text ?? '')).toMatchObject({ version: 2 });
    }
  },
  'a file that is not a state is refused with its place, and is not changed': async ({ ours, store, keys }) => {
    await store.write(keys.state, '{"planted-content"', 'any');
    expect(await failureOf(ours.readState())).toBe(
      `${store.placeOf(keys.state)} is not a state file of this auditor: text (invalid_type).`,
    );
    expect(await ours.writeState(STATE, undefined)).toBe(false);
  },
  'a failure caused by the content of a file is marked as lasting': async ({ ours, store, keys }) => {
    const failure = async (work: () => Promise<unknown>) => work().catch((error: unknown) => error);
    await store.write(keys.run, 'torn', 'any');
    await store.write(keys.state, 'torn', 'any');
    expect(await failure(() => ours.readRun(RUN))).toMatchObject({ isLasting: true });
    expect(await failure(() => ours.readState())).toMatchObject({ isLasting: true });
    await store.write(keys.run, JSON.stringify(recordOf('ended', [], { tenant: 'planted.example' })), 'any');
    expect(await failure(() => ours.readRun(RUN))).toMatchObject({ isLasting: true });
  },
};

function fail(): never {
  throw new Error('the sample lacks it');
}

describe.each(STORES)('on the $name store', ({ open }) => {
  it.each(Object.entries(CLAIMS))('%s', async (_, check) => {
    await check(await stageOn(open));
  });

  it('a tenant with a port has a separate folder', async () => {
    const { ours, theirs } = await stageOn(open, '127.0.0.1:4010');
    await ours.writeState(STATE, undefined);
    expect((await theirs.readState()).state).toEqual(STATE);
  });
});

it('a policy that another process is writing counts as not stored, because that write might fail', async () => {
  const beingWritten: Store = {
    read: async () => undefined,
    write: async () => undefined,
    placeOf: (key) => key,
  };
  expect(await failureOf(createHistory(beingWritten, TENANT).keepPolicy(POLICY))).toMatch(
    /\/policies\/[0-9a-f]{16}\.json is being written\.$/,
  );
});
