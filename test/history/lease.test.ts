import type { History, LeaseTerms } from '../../lambda/history/history';
import { createHistory } from '../../lambda/history/keep';
import { isOwner, NO_LEASE, releaseLease, takeLease } from '../../lambda/history/lease';
import { createMemoryStore } from './memory-store';
import { TENANT } from './sample-record';

const OURS = { owner: 'run-2', until: 2_000 };
const OTHER = { owner: 'run-1', until: 1_000 };

/** A history whose lease has these terms; `undefined`: nobody has written it. A text stands as it is. */
function open(lease: LeaseTerms | string | undefined) {
  const store = createMemoryStore();
  const key = `${TENANT}/lease.json`;
  if (lease !== undefined) store.put(key, typeof lease === 'string' ? lease : JSON.stringify(lease));
  return { history: createHistory(store, TENANT), kept: () => store.texts.get(key) };
}

describe('a lease', () => {
  const CASES: readonly [claim: string, lease: LeaseTerms | string | undefined, isGiven: boolean][] = [
    ['that nobody has written is given', undefined, true],
    ['that was given back is given', NO_LEASE, true],
    ['of version 0.1.0 that was given back is given', '{"owner":"","until":0}', true],
    ['of another run is not given', { ...OTHER, unsettled: [] }, false],
    ['whose time is over is not given: it is settled first', { ...OTHER, until: 0, unsettled: [] }, false],
    ['without an owner that leaves a run to settle is not given', { ...NO_LEASE, unsettled: [OTHER] }, false],
    ['of the run itself is not given twice', { ...OURS, unsettled: [] }, false],
    ['that cannot be read is not given', 'torn', false],
  ];
  it.each(CASES)('%s', async (_, lease, isGiven) => {
    const { history, kept } = open(lease);
    const before = kept();
    expect(await takeLease(history, OURS)).toBe(isGiven);
    expect(kept()).toEqual(isGiven ? JSON.stringify({ ...OURS, unsettled: [] }) : before);
    expect(await isOwner(history, OURS.owner)).toBe(isGiven || before?.includes(OURS.owner) === true);
  });

  it('that another run takes between the read and the write is not given', async () => {
    const { history } = open(undefined);
    const late: History = {
      ...history,
      async writeLease(terms, version) {
        await takeLease(history, OTHER);
        return history.writeLease(terms, version);
      },
    };
    expect(await takeLease(late, OURS)).toBe(false);
    expect(await isOwner(history, OTHER.owner)).toBe(true);
  });
});

describe('giving the lease back', () => {
  const CASES: readonly [claim: string, lease: LeaseTerms | string, after: LeaseTerms | string][] = [
    ['empties it', { ...OURS, unsettled: [] }, NO_LEASE],
    ['leaves others to be settled', { ...OURS, unsettled: [OTHER] }, { ...NO_LEASE, unsettled: [OTHER] }],
    [
      'strikes a run that lost it from those to settle, and lets the new owner be',
      { ...OTHER, unsettled: [OURS] },
      { ...OTHER, unsettled: [] },
    ],
    ['that another run holds changes nothing', { ...OTHER, unsettled: [] }, { ...OTHER, unsettled: [] }],
    ['that was given back already changes nothing', NO_LEASE, NO_LEASE],
    ['that cannot be read changes nothing', 'torn', 'torn'],
  ];
  it.each(CASES)('%s', async (_, lease, after) => {
    const { history, kept } = open(lease);
    expect(await releaseLease(history, OURS.owner)).toBe(true);
    expect(kept()).toBe(typeof after === 'string' ? after : JSON.stringify(after));
  });

  it.each([
    { others: 1, isReleased: true },
    { others: 2, isReleased: true },
    { others: 3, isReleased: false },
  ])('while $others others write it: $isReleased', async ({ others, isReleased }) => {
    const { history } = open({ ...OURS, unsettled: [] });
    let left = others;
    const contested: History = {
      ...history,
      async writeLease(terms, version) {
        left -= 1;
        if (left < 0) return history.writeLease(terms, version);
        const { owner, until } = await history.readLease();
        await history.writeLease({ owner, until, unsettled: [{ owner: `run-${left}`, until: left }] }, version);
        return false;
      },
    };
    expect(await releaseLease(contested, OURS.owner)).toBe(isReleased);
    expect(await isOwner(history, OURS.owner)).toBe(!isReleased);
    expect((await history.readLease()).unsettled).toHaveLength(1);
  });
});
