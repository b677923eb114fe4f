import type { LeaseTerms } from '../../lambda/history/history';
import { createHistory } from '../../lambda/history/keep';
import { NO_LEASE } from '../../lambda/history/lease';
import { ASK_AGAIN_MS } from '../../lambda/repair/gate';
import { QUIET_AFTER_MS, takeOver } from '../../lambda/run/take-over';
import { createMemoryStore } from '../history/memory-store';
import { TENANT } from '../history/sample-record';

const NOW = 1_000_000;
const KEY = `${TENANT}/lease.json`;
const TENURE = { owner: 'undo-1', until: NOW + 60_000 };
const RUNNING = { owner: 'run-1', until: NOW + 1 };
const OVER = { owner: 'run-1', until: NOW };
const OLD = { owner: 'run-0', until: NOW - 9 };

interface Case {
  readonly claim: string;
  readonly lease: LeaseTerms | string;
  readonly mayEnd: boolean;
  /** The runs left to be settled; `undefined` if the lease is not taken. */
  readonly unsettled: LeaseTerms['unsettled'] | undefined;
  readonly mustWait?: boolean;
}

const CASES: readonly Case[] = [
  { claim: 'an empty lease is taken', lease: NO_LEASE, mayEnd: false, unsettled: [] },
  {
    claim: 'a lease whose time is over is taken, and its run is left to be settled',
    ...{ lease: { ...OVER, unsettled: [] }, mayEnd: false, unsettled: [OVER] },
  },
  {
    claim: 'a lease that lists runs to be settled keeps them',
    ...{ lease: { ...OVER, unsettled: [OLD] }, mayEnd: false, unsettled: [OLD, OVER] },
  },
  {
    claim: 'a lease of an active run is not taken',
    ...{ lease: { ...RUNNING, unsettled: [] }, mayEnd: false, unsettled: undefined },
  },
  {
    claim: 'a lease of an active run that is allowed to be ended is taken, with a wait',
    ...{ lease: { ...RUNNING, unsettled: [] }, mayEnd: true, unsettled: [RUNNING], mustWait: true },
  },
  { claim: 'a lease that cannot be read is not taken', lease: 'torn', mayEnd: false, unsettled: undefined },
  {
    claim: 'a lease that cannot be read and is allowed to be ended is taken, with a wait',
    ...{ lease: 'torn', mayEnd: true, unsettled: [], mustWait: true },
  },
];

describe('a lease', () => {
  it.each(CASES)('$claim', async ({ lease, mayEnd, unsettled, mustWait = false }) => {
    const store = createMemoryStore();
    store.put(KEY, typeof lease === 'string' ? lease : JSON.stringify(lease));
    const before = store.texts.get(KEY);
    const taken = await takeOver(createHistory(store, TENANT), { tenure: TENURE, now: NOW, mayEnd: () => mayEnd });
    if (unsettled === undefined) {
      expect(taken.isTaken).toBe(false);
      expect(store.texts.get(KEY)).toBe(before);
    } else {
      expect(taken).toEqual({ isTaken: true, mustWait });
      expect(JSON.parse(store.texts.get(KEY) ?? '')).toEqual({ ...TENURE, unsettled });
    }
  });

  it('a lease that another run takes at the same time is returned with its new owner', async () => {
    const history = createHistory(createMemoryStore(), TENANT);
    const slow = {
      ...history,
      async writeLease(...[terms, version]: Parameters<typeof history.writeLease>) {
        await history.writeLease({ ...RUNNING, unsettled: [] }, version);
        return history.writeLease(terms, version);
      },
    };
    const taken = await takeOver(slow, { tenure: TENURE, now: NOW, mayEnd: () => true });
    expect(taken).toMatchObject({ isTaken: false, lease: RUNNING });
  });
});

it('the wait after a take-over covers one permission to write and one write after it', () => {
  expect(QUIET_AFTER_MS).toBe(ASK_AGAIN_MS + 20_000);
});
