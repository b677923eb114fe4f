import type { History, LeaseTerms } from '../../lambda/history/history';
import { createHistory } from '../../lambda/history/keep';
import { isOwner, NO_LEASE, releaseLease, takeLease } from '../../lambda/history/lease';
import { createMemoryStore } from './memory-store';
import { TENANT } from './sample-record';

const OURS = { owner: 'run-2', until: 2_000 };
const OTHER = { owner: 'run-1', until: 1_000 };

/** A history whose lease has these terms; `undefined`: the lease was never written. A text is stored unchanged. */
function open(lease: LeaseTerms | string | undefined) {
  const store = createMemoryStore();
  const key = `${TENANT}/lease.json`;
  if (lease !== undefined) store.put(key, typeof lease === 'string' ? lease : JSON.stringify(lease));
  return { history: createHistory(store, TENANT), kept: () => store.texts.get(key) };
}

describe('taking a lease', () => {
  const CASES: readonly [claim: string, lease: LeaseTerms | string | undefined, isGiven: boolean][] = [
    ['a lease that was never written is taken', undefined, true],
    ['a released lease is taken', NO_LEASE, true],
    ['a released lease of version 0.1.0 is taken', '{"owner":"","until":0}', true],
    ['a lease of another run is not taken', { ...OTHER, unsettled: [] }, false],
    [
      'a lease past its time limit is not taken, because it must be settled first',
      { ...OTHER, until: 0, unsettled: [] },
      false,
    ],
    ['a lease without an owner but with a run to settle is not taken', { ...NO_LEASE, unsettled: [OTHER] }, false],
    ['a lease of the run itself is not taken twice', { ...OURS, unsettled: [] }, false],
    ['a lease that cannot be read is not taken', 'torn', false],
  ];
  it.each(CASES)('%s', async (_, lease, isGiven) => {
    const { history, kept } = open(lease);
    const before = kept();
    expect(await takeLease(history, OURS)).toBe(isGiven);
    expect(kept()).toEqual(isGiven ? JSON.stringify({ ...OURS, unsettled: [] }) : before);
    expect(await isOwner(history, OURS.owner)).toBe(isGiven || before?.includes(OURS.owner) === true);
  });

  it('a lease that another run takes between the read and the write is not taken', async () => {
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

describe('the release of a lease', () => {
  const CASES: readonly [claim: string, lease: LeaseTerms | string, after: LeaseTerms | string][] = [
    ['the release empties the lease', { ...OURS, unsettled: [] }, NO_LEASE],
    ['the release keeps other runs to settle', { ...OURS, unsettled: [OTHER] }, { ...NO_LEASE, unsettled: [OTHER] }],
    [
      'the release removes a run that lost the lease from the runs to settle and keeps the new owner',
      { ...OTHER, unsettled: [OURS] },
      { ...OTHER, unsettled: [] },
    ],
    ['the release of a lease of another run changes nothing', { ...OTHER, unsettled: [] }, { ...OTHER, unsettled: [] }],
    ['the release of a released lease changes nothing', NO_LEASE, NO_LEASE],
    ['the release of an unreadable lease changes nothing', 'torn', 'torn'],
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
  ])('a lease is released after $others writes by other runs: $isReleased', async ({ others, isReleased }) => {
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
