import { fingerprint } from '../../lambda/fingerprint';
import { createTenantHistory } from '../../lambda/history/former-folder';
import type { History, LeaseTerms } from '../../lambda/history/history';
import { createHistory } from '../../lambda/history/keep';
import { isOwner, NO_LEASE, releaseLease, takeLease } from '../../lambda/history/lease';
import { keepState, recall } from '../../lambda/history/memory';
import type { Store } from '../../lambda/history/store';
import { findFormerRuns } from '../../lambda/run/former-runs';
import { takeOver } from '../../lambda/run/take-over';
import { createMemoryStore } from './memory-store';
import { findingOf, NOW, RUN, recordOf } from './sample-record';
import { version1, version2 } from './state-files';
import { closeStores, STORES } from './stores';

afterEach(closeStores);

const TENANT = 't.eu.auth0.com';
const FORMER = 'login.acme.com';
const TIME = 1_000_000;
const OURS: LeaseTerms = { owner: 'run-2', until: TIME + 9, unsettled: [] };
const OTHER: LeaseTerms = { owner: 'run-1', until: TIME + 5, unsettled: [] };
const CUT: LeaseTerms = { ...OTHER, until: TIME };
const LEFT = { owner: 'run-0', until: TIME - 9 };
const HOLD = { runId: RUN, since: NOW, by: 'ann', expectation: 'default: on_each_login' };
const KNOWN = { code: 'WRONG_VALUE', firstSeen: NOW, name: 'contoso', strategy: 'oidc', outcome: 'held' };
const STATE = version2({ holds: { con_1: HOLD }, repairs: { con_2: [NOW] }, findings: { con_1: KNOWN } });

const keyOf = (host: string, file: string) => `${host}/${file}.json`;
const open = (store: Store, former: string | undefined = FORMER) =>
  createTenantHistory(store, { tenant: TENANT, former }, () => TIME);

/** A history over both folders, with files by key. Leases are objects with the terms. */
function openWith(files: Readonly<Record<string, object | string>>) {
  const store = createMemoryStore();
  for (const [key, file] of Object.entries(files)) {
    store.put(key, typeof file === 'string' ? file : JSON.stringify(file));
  }
  const textOf = (host: string, file: string) => store.texts.get(keyOf(host, file));
  return { store, history: open(store), textOf, leases: () => [FORMER, TENANT].map((host) => textOf(host, 'lease')) };
}

const [formerState, ownState] = [keyOf(FORMER, 'state'), keyOf(TENANT, 'state')];
const [formerLease, ownLease] = [keyOf(FORMER, 'lease'), keyOf(TENANT, 'lease')];
const both = (terms: LeaseTerms) => [JSON.stringify(terms), JSON.stringify(terms)];

describe('our lease without a former lease', () => {
  it('our lease is released if a run of version 0.1.0 takes the former lease at the same time', async () => {
    const { store, history, leases } = openWith({});
    store.failWhen((operation, key) => {
      if (operation === 'write' && key === ownLease)
        store.put(formerLease, JSON.stringify({ ...OTHER, until: TIME + 1 }));
      return false;
    });
    expect(await takeLease(history, OURS)).toBe(false);
    store.failWhen(() => false);
    expect(leases()).toEqual([JSON.stringify({ ...OTHER, until: TIME + 1 }), JSON.stringify(NO_LEASE)]);
  });

  it('our lease keeps its owner if an earlier owner is removed during a run in the former folder', async () => {
    const held = { ...OURS, unsettled: [LEFT] };
    const { store, history, textOf } = openWith({ [ownLease]: held });
    store.failWhen((operation, key) => {
      if (operation === 'write' && key === ownLease)
        store.put(formerLease, JSON.stringify({ ...OTHER, until: TIME + 1 }));
      return false;
    });
    expect(await releaseLease(history, LEFT.owner)).toBe(true);
    expect(textOf(TENANT, 'lease')).toBe(JSON.stringify(OURS));
  });

  it('our lease alone is written if no run takes the former lease', async () => {
    const { history, leases } = openWith({});
    expect(await takeLease(history, OURS)).toBe(true);
    expect(leases()).toEqual([undefined, JSON.stringify(OURS)]);
  });
});

describe('a state in the former folder', () => {
  it.each(STORES)(
    'a state in the former folder is read and copied by the first write ($name store)',
    async ({ open: openStore }) => {
      const { store, again } = await openStore();
      await store.write(formerState, JSON.stringify(STATE), 'any');
      const history = open(store);
      expect(await recall(history)).toMatchObject({ isFirst: false, state: { holds: { con_1: HOLD } } });
      expect(await store.read(ownState)).toBeUndefined();
      await keepState(history, (state) => ({ ...state, lastTold: NOW }));
      const { state, version } = await createHistory(again(), TENANT).readState();
      expect(state).toMatchObject({ holds: { con_1: HOLD }, repairs: { con_2: [NOW] }, lastTold: NOW });
      expect(version).toBeDefined();
      expect((await store.read(formerState))?.text).toBe(JSON.stringify(STATE));
    },
  );

  it.each(STORES)(
    'a state in the former folder is copied one time by two parallel runs ($name store)',
    async ({ open: openStore }) => {
      const { store, again } = await openStore();
      await store.write(formerState, JSON.stringify(STATE), 'any');
      const histories = [open(store), open(again())];
      const read = await Promise.all(histories.map((history) => history.readState()));
      const written = await Promise.all(
        histories.map((history, index) => history.writeState(read[index]?.state ?? fail(), read[index]?.version)),
      );
      expect(written.toSorted()).toEqual([false, true]);
      const add = (id: string) => (history: History | undefined) =>
        keepState(history ?? fail(), (state) => ({ ...state, holds: { ...state.holds, [id]: { ...HOLD } } }));
      await add('con_8')(histories[0]);
      await add('con_9')(histories[1]);
      const { holds } = (await open(store).readState()).state;
      expect(Object.keys(holds).toSorted()).toEqual(['con_1', 'con_8', 'con_9']);
    },
  );

  it('a state in the former folder has former ids with the former host', async () => {
    for (const [kept, ids] of [
      [STATE, [`${FORMER}/con_1/set_user_root_attributes`]],
      [version1({ findings: { con_1: KNOWN } }), [`${FORMER}/con_1`, `${FORMER}/con_1/set_user_root_attributes`]],
    ] as const) {
      const { history } = openWith({ [formerState]: kept });
      expect((await history.readState()).state.formerIds).toEqual(ids);
    }
  });

  it('a former state that another run has written since is read again', async () => {
    const { history, store } = openWith({ [formerState]: STATE });
    const { state, version } = await history.readState();
    store.put(formerState, JSON.stringify(version2({ holds: { con_1: HOLD, con_7: HOLD } })));
    expect(await history.writeState(state, version)).toBe(false);
    await keepState(history, (found) => found);
    expect(Object.keys((await history.readState()).state.holds)).toEqual(['con_1', 'con_7']);
  });

  it.each([
    { claim: 'the lease of a run in progress', lease: OTHER, isCopied: false },
    { claim: 'a lease that cannot be read', lease: 'torn', isCopied: false },
    { claim: 'the lease of a run past its time limit', lease: CUT, isCopied: true },
    { claim: 'a released lease', lease: NO_LEASE, isCopied: true },
    { claim: 'the lease of a run that also has our lease', lease: OTHER, own: OTHER, isCopied: true },
  ])('a former state next to $claim is copied: $isCopied', async ({ lease, own, isCopied }) => {
    const files = { [formerState]: STATE, [formerLease]: lease, ...(own === undefined ? {} : { [ownLease]: own }) };
    const { history, textOf } = openWith(files);
    const { failure } = await keepState(history, (state) => state);
    expect(textOf(TENANT, 'state') !== undefined).toBe(isCopied);
    expect(failure).toEqual(
      isCopied
        ? null
        : `memory:${formerLease} names a run that might still be in progress, so the state in the same folder was not copied. The next run tries again.`,
    );
  });

  it('a former state is not read if our own folder has a state', async () => {
    const { history, store } = openWith({ [formerState]: 'torn', [ownState]: version2() });
    expect(await recall(history)).toMatchObject({ isFirst: false, failure: null, state: { holds: {} } });
    await keepState(history, (state) => ({ ...state, lastTold: NOW }));
    expect(store.texts.get(formerState)).toBe('torn');
  });

  it('a former state that cannot be read is a failure with its place, not a first run', async () => {
    const { history } = openWith({ [formerState]: 'torn' });
    const { isFirst, failure } = await recall(history);
    expect([isFirst, failure]).toEqual([
      false,
      expect.stringContaining(`memory:${formerState} is not a state file of this auditor`),
    ]);
  });

  it('a tenant without a state in either folder has its first run', async () => {
    expect(await recall(openWith({}).history)).toMatchObject({ isFirst: true, failure: null });
  });
});

describe('the text of a policy', () => {
  const policy = { default: { expect: 'on_each_login' } } as const;
  const text = JSON.stringify(policy);

  it('a policy is found in both folders and stored in the folder of the tenant itself', async () => {
    const key = `policies/${fingerprint(policy)}`;
    const { history, textOf } = openWith({ [keyOf(FORMER, key)]: text });
    expect(await history.readPolicy(fingerprint(policy))).toEqual({ text, place: `memory:${keyOf(FORMER, key)}` });
    await history.keepPolicy(policy);
    expect([textOf(TENANT, key), textOf(FORMER, key)]).toEqual([text, text]);
    expect(await history.readPolicy(fingerprint(policy))).toMatchObject({ place: `memory:${keyOf(TENANT, key)}` });
  });

  it('a policy that only the former state names is stored again in the folder of the tenant itself', async () => {
    const { history } = openWith({ [formerState]: version2({ keptPolicy: fingerprint(policy) }) });
    expect((await history.readState()).state.keptPolicy).toBeNull();
  });
});

/** A record as written by runs when the custom domain named the folder. */
function formerRecord(phase: 'planned' | 'ended'): object {
  const { canonicalHost: _, ...report } = recordOf(phase, [findingOf('con_1')], { tenant: FORMER }).report;
  return { version: 2, kind: 'repair', phase, policyFingerprint: 'made-up', report, by: null, published: null };
}

describe('a record', () => {
  it('a record is found in both folders, first in the folder of the tenant itself', async () => {
    const former = formerRecord('ended');
    const { history, store } = openWith({ [`${FORMER}/runs/${RUN}.json`]: former });
    expect(await history.readRun(RUN)).toMatchObject({ phase: 'ended', version: undefined });
    await history.writeRun(recordOf('planned', [], { canonicalHost: TENANT, tenant: 'login.new.com' }), undefined);
    expect(await history.readRun(RUN)).toMatchObject({ phase: 'planned', version: expect.any(String) });
    expect(store.texts.get(`${FORMER}/runs/${RUN}.json`)).toBe(JSON.stringify(former));
    expect(history.placesOf(RUN).record).toBe(`memory:${TENANT}/runs/${RUN}.json`);
  });

  it('an interrupted run in the former folder is concluded one time, in the folder of the tenant itself', async () => {
    const former = formerRecord('planned');
    const { history, store } = openWith({ [`${FORMER}/runs/${RUN}.json`]: former });
    const run = (await history.readRun(RUN)) ?? fail();
    const cut = { ...run.change, isCut: true };
    expect(await history.concludeRun(run, cut)).toBe(true);
    expect(await history.concludeRun(run, cut)).toBe(false);
    expect(await history.readRun(RUN)).toMatchObject({ phase: 'cut', change: cut });
    expect(await createHistory(store, TENANT).readRun(RUN)).toMatchObject({ phase: 'cut' });
    expect(store.texts.get(`${FORMER}/runs/${RUN}.json`)).toBe(JSON.stringify(former));
  });

  it('a record belongs to the tenant, regardless of the domain of the requests', async () => {
    const store = createMemoryStore();
    const history = createHistory(store, TENANT);
    await history.writeRun(recordOf('ended', [], { canonicalHost: TENANT, tenant: FORMER }), undefined);
    expect(await history.readRun(RUN)).toMatchObject({ phase: 'ended' });
    store.put(`${FORMER}/runs/${RUN}.json`, store.texts.get(`${TENANT}/runs/${RUN}.json`) ?? '');
    await expect(createHistory(store, FORMER).readRun(RUN)).rejects.toThrow('not a record of that run on this tenant');
  });
});

describe('the claims on events', () => {
  it('claims are read in the former folder and written in the folder of the tenant itself', async () => {
    const claims = [{ event: NOW, runId: 'run-1', until: null }];
    const { history, textOf } = openWith({ [keyOf(FORMER, 'claims')]: JSON.stringify(claims) });
    expect(await history.readClaims()).toEqual({ claims, version: undefined });
    expect(await history.writeClaims([], undefined)).toBe(true);
    expect((await history.readClaims()).claims).toEqual([]);
    expect(textOf(FORMER, 'claims')).toBe(JSON.stringify(claims));
  });
});

describe('two leases', () => {
  it.each([
    { claim: 'both released', former: NO_LEASE, own: NO_LEASE, isGiven: true },
    { claim: 'ours never written', former: NO_LEASE, own: undefined, isGiven: true },
    { claim: 'the former one held', former: OTHER, own: NO_LEASE, isGiven: false },
    { claim: 'ours held', former: NO_LEASE, own: OTHER, isGiven: false },
    { claim: 'the former one of an interrupted run', former: CUT, own: NO_LEASE, isGiven: false },
    {
      claim: 'a run to settle in the former one',
      former: { ...NO_LEASE, unsettled: [LEFT] },
      own: NO_LEASE,
      isGiven: false,
    },
    { claim: 'the former one not readable', former: 'torn', own: NO_LEASE, isGiven: false },
    { claim: 'ours not readable', former: NO_LEASE, own: 'torn', isGiven: false },
  ])('two leases with $claim are taken: $isGiven', async ({ former, own, isGiven }) => {
    const { history, leases } = openWith({ [formerLease]: former, ...(own === undefined ? {} : { [ownLease]: own }) });
    const before = leases();
    expect(await takeLease(history, OURS)).toBe(isGiven);
    expect(leases()).toEqual(isGiven ? both(OURS) : before);
    expect(await isOwner(history, OURS.owner)).toBe(isGiven);
  });

  it('two leases are taken with the former one first, and both are released', async () => {
    const { history, store, leases } = openWith({ [formerLease]: NO_LEASE });
    const written: string[] = [];
    store.failWhen((operation, key) => {
      if (operation === 'write') written.push(key);
      return false;
    });
    expect(await takeLease(history, OURS)).toBe(true);
    expect(await releaseLease(history, OURS.owner)).toBe(true);
    expect(written).toEqual([formerLease, ownLease, formerLease, ownLease]);
    expect(leases()).toEqual(both(NO_LEASE));
  });

  it('no lease is created in a former folder without a lease', async () => {
    const { history, leases } = openWith({ [formerState]: STATE });
    expect(await takeLease(history, OURS)).toBe(true);
    expect(leases()).toEqual([undefined, JSON.stringify(OURS)]);
    expect(await releaseLease(history, OURS.owner)).toBe(true);
    expect(leases()).toEqual([undefined, JSON.stringify(NO_LEASE)]);
  });

  it('the former lease is restored if another run takes the second lease in the meantime', async () => {
    const { history, store, leases } = openWith({ [formerLease]: NO_LEASE, [ownLease]: NO_LEASE });
    store.failWhen((operation, key) => {
      if (operation === 'write' && key === formerLease) store.put(ownLease, JSON.stringify(OTHER));
      return false;
    });
    expect(await takeLease(history, OURS)).toBe(false);
    expect(leases()).toEqual([JSON.stringify(NO_LEASE), JSON.stringify(OTHER)]);
  });

  it('a lease taken before a crash blocks both until its time limit', async () => {
    const { history, store, leases } = openWith({ [formerLease]: NO_LEASE, [ownLease]: NO_LEASE });
    store.failWhen((operation, key) => operation === 'write' && key === ownLease);
    await expect(takeLease(history, { ...OURS, until: TIME + 1 })).rejects.toThrow('made to fail');
    store.failWhen(() => false);
    expect(await takeLease(history, OTHER)).toBe(false);
    const during = await findFormerRuns(history, TIME);
    expect(during).toMatchObject({ runs: [], failure: null });
    const after = await findFormerRuns(history, TIME + 1);
    expect(after).toMatchObject({ runs: [{ tenure: { owner: OURS.owner }, run: undefined }], failure: null });
    expect(await history.writeLease(NO_LEASE, after?.lease.version)).toBe(true);
    expect(leases()).toEqual(both(NO_LEASE));
  });

  it('two leases are still held if only one was released before a crash', async () => {
    const { history, store } = openWith({ [formerLease]: OURS, [ownLease]: OURS });
    store.failWhen((operation, key) => operation === 'write' && key === ownLease);
    await expect(releaseLease(history, OURS.owner)).rejects.toThrow('made to fail');
    expect(await takeLease(history, OTHER)).toBe(false);
    store.failWhen(() => false);
    expect(await releaseLease(history, OURS.owner)).toBe(true);
    expect(await takeLease(history, OTHER)).toBe(true);
  });

  it('two leases are lost if the former one is lost', async () => {
    const { history, store } = openWith({ [formerLease]: OURS, [ownLease]: OURS });
    expect(await isOwner(history, OURS.owner)).toBe(true);
    store.put(formerLease, JSON.stringify({ ...OTHER, unsettled: [{ owner: OURS.owner, until: OURS.until }] }));
    expect(await isOwner(history, OURS.owner)).toBe(false);
  });

  it('two leases with different owners leave every earlier owner to be settled', async () => {
    const { history, leases } = openWith({
      [formerLease]: { ...CUT, unsettled: [LEFT] },
      [ownLease]: { ...OURS, until: TIME - 1 },
    });
    const taken = await takeOver(history, {
      tenure: { owner: 'undo', until: TIME + 7 },
      now: TIME,
      mayEnd: () => false,
    });
    const unsettled = [LEFT, { owner: OURS.owner, until: TIME - 1 }, { owner: CUT.owner, until: CUT.until }];
    expect([taken, leases()]).toEqual([
      { isTaken: true, mustWait: false },
      both({ owner: 'undo', until: TIME + 7, unsettled }),
    ]);
  });

  it('two leases of which one cannot be read are both named in the failure', async () => {
    const { history } = openWith({ [formerLease]: 'torn' });
    expect((await findFormerRuns(history, TIME))?.failure).toContain(
      `memory:${ownLease} or memory:${formerLease} is not a lease of this auditor`,
    );
  });
});

it('a history without a former folder makes no other calls', async () => {
  const store = createMemoryStore();
  const asked: string[] = [];
  store.failWhen((operation, key) => {
    asked.push(`${operation} ${key}`);
    return false;
  });
  const history = createTenantHistory(store, { tenant: TENANT, former: undefined }, () => TIME);
  await recall(history);
  await takeLease(history, OURS);
  await history.readRun(RUN);
  await history.readClaims();
  expect(asked).toEqual([
    ...[`read ${ownState}`, `read ${ownLease}`, `write ${ownLease}`],
    ...[`read ${TENANT}/runs/${RUN}.json`, `read ${TENANT}/claims.json`],
  ]);
});
