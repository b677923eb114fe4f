import { endClaim, isClaimedByAnother } from '../../lambda/history/claim-event';
import type { Claim, History } from '../../lambda/history/history';
import { createHistory } from '../../lambda/history/keep';
import { createMemoryStore } from './memory-store';
import { TENANT } from './sample-record';

const NOW = 1_000_000;
const EVENT = '2026-11-23T04:30:00Z';
const OURS: Claim = { event: EVENT, runId: 'run-2', until: NOW + 900_000 };
const KEY = `${TENANT}/claims.json`;

function open(claims: readonly Claim[] | string | undefined) {
  const store = createMemoryStore();
  if (claims !== undefined) store.put(KEY, typeof claims === 'string' ? claims : JSON.stringify(claims));
  const history = createHistory(store, TENANT);
  return { store, history, kept: async () => (await history.readClaims()).claims };
}

describe('events of the schedule', () => {
  const earlier = (until: number | null, change: Partial<Claim> = {}): Claim => {
    return { event: EVENT, runId: 'run-1', until, ...change };
  };
  const CASES: readonly [claim: string, claims: readonly Claim[] | string | undefined, isDuplicate: boolean][] = [
    ['an event that no run has claimed is not a duplicate', undefined, false],
    ['an event claimed by a run that might still be in progress is a duplicate', [earlier(NOW + 1)], true],
    ['an event that a run has reported is a duplicate', [earlier(null)], true],
    ['an event claimed by a run past its time limit is not a duplicate', [earlier(NOW)], false],
    [
      'a claim on an event of another time is not a duplicate',
      [earlier(null, { event: '2026-11-22T04:30:00Z' })],
      false,
    ],
    ['an event that this run has claimed itself is not a duplicate', [earlier(NOW + 1, { runId: 'run-2' })], false],
    ['an event is not a duplicate if the claims have the wrong shape', '[{"event":1}]', false],
    ['an event is not a duplicate if the claims are truncated', '[{', false],
  ];
  it.each(CASES)('%s', async (_, claims, isDuplicate) => {
    const { history, kept } = open(claims);
    const before = await kept();
    expect(await isClaimedByAnother(history, OURS, NOW)).toBe(isDuplicate);
    const others = before.filter(({ event }) => event !== EVENT);
    expect(await kept()).toEqual(isDuplicate ? before : [...others, OURS]);
  });

  it.each(['read', 'write'] as const)('an event is not a duplicate if each %s of the claims fails', async (failing) => {
    const { store, history } = open([earlier(NOW + 1, { event: 'another' })]);
    store.failWhen((operation, key) => operation === failing && key === KEY);
    expect(await isClaimedByAnother(history, OURS, NOW)).toBe(false);
    expect(await endClaim(history, OURS)).toBe(false);
  });

  it('one of two runs that claim an event at the same time gets it', async () => {
    const { history } = open(undefined);
    const answers = await Promise.all([
      isClaimedByAnother(history, OURS, NOW),
      isClaimedByAnother(history, { ...OURS, runId: 'run-3' }, NOW),
    ]);
    expect(answers.toSorted()).toEqual([false, true]);
  });

  it('an event is not a duplicate if other runs write the claims at each attempt', async () => {
    const { history } = open(undefined);
    const contested: History = { ...history, writeClaims: async () => false };
    expect(await isClaimedByAnother(contested, OURS, NOW)).toBe(false);
  });

  it('an event stays a duplicate after its run has reported it', async () => {
    const { history, kept } = open(undefined);
    await isClaimedByAnother(history, OURS, NOW);
    expect(await endClaim(history, OURS)).toBe(true);
    expect(await kept()).toEqual([{ ...OURS, until: null }]);
    expect(await isClaimedByAnother(history, { ...OURS, runId: 'run-3' }, NOW + 1e9)).toBe(true);
  });

  it('a claim is removed after twenty later claims', async () => {
    const { history, kept } = open(undefined);
    for (let day = 1; day <= 21; day += 1) await isClaimedByAnother(history, { ...OURS, event: `day ${day}` }, NOW);
    expect((await kept()).map(({ event }) => event)).toEqual(Array.from({ length: 20 }, (_, day) => `day ${day + 2}`));
  });
});
