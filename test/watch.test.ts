import { createHistory } from '../lambda/history/keep';
import { EMPTY_STATE, type TenantState } from '../lambda/history/state';
import { watch } from '../lambda/watch';
import { createMemoryStore } from './history/memory-store';

const NOW = Date.parse('2026-11-23T04:30:00.000Z');
const DUE_HOURS = 172;

function runAt(hoursAgo: number, complete = true): TenantState['trend'][number] {
  const at = new Date(NOW - hoursAgo * 3_600_000).toISOString();
  return {
    ...{ runId: at, at, complete, listed: 1 },
    ...{ noncompliant: 0, indeterminate: 0, exempt: 0, remediated: 0 },
  };
}

test.each<[claim: string, trend: TenantState['trend'], isOverdue: boolean]>([
  ['a run is overdue before the first run', [], true],
  ['a run is not overdue after exactly dueHours', [runAt(172)], false],
  ['a run is overdue after more than dueHours', [runAt(172.1)], true],
  ['an incomplete run does not count for the watch', [runAt(200), runAt(1, false)], true],
  [
    'the last complete run counts, even if an incomplete run follows it',
    [runAt(400), runAt(100), runAt(1, false)],
    false,
  ],
])('%s', async (_claim, trend, isOverdue) => {
  const last = trend.findLast(({ complete }) => complete);
  const readState = async () => ({ state: { ...EMPTY_STATE, trend }, version: '1' });
  expect(await watch({ readState }, DUE_HOURS, NOW)).toEqual({ isOverdue, lastCompleteAt: last?.at ?? null });
});

test('a state that cannot be read makes the watch throw', async () => {
  const store = createMemoryStore();
  const history = createHistory(store, 'example.eu.auth0.com');
  store.put('example.eu.auth0.com/state.json', 'not JSON');
  await expect(watch(history, DUE_HOURS, NOW)).rejects.toThrow(/state/);
});
