import { type History, HistoryFailure } from '../../lambda/history/history';
import { createHistory } from '../../lambda/history/keep';
import { keepRecord, keepState, recall } from '../../lambda/history/memory';
import { EMPTY_STATE, type TenantState } from '../../lambda/history/state';
import { createMemoryStore } from './memory-store';
import { RUN, recordOf, TENANT } from './sample-record';

const open = () => createHistory(createMemoryStore(), TENANT);
const broken = (part: Partial<History>): History => ({ ...open(), ...part });
const refuse = (message: string) => () => Promise.reject(new HistoryFailure(message));
const crash = () => Promise.reject(new TypeError('a mistake of ours'));

const holding = (id: string) => (state: TenantState) => ({
  ...state,
  holds: { ...state.holds, [id]: { runId: RUN, since: '2026-11-23T12:00:00.000Z', expectation: 'default: x' } },
});

it('what is carried on is recalled', async () => {
  const history = open();
  expect(await recall(history)).toEqual({ state: EMPTY_STATE, failure: null });
  expect(await keepState(history, holding('con_1'))).toBeNull();
  expect(await recall(history)).toEqual({ state: holding('con_1')(EMPTY_STATE), failure: null });
});

it('what cannot be read is told, and never taken for nothing', async () => {
  const history = broken({ readState: refuse('the place: AccessDenied.') });
  expect(await recall(history)).toEqual({ state: EMPTY_STATE, failure: 'the place: AccessDenied.' });
  expect(await keepState(history, holding('con_1'))).toBe('the place: AccessDenied.');
});

it('a state that cannot be read is not written over', async () => {
  const written: unknown[] = [];
  const history = broken({
    readState: refuse('no state of ours'),
    writeState: async (state) => {
      written.push(state);
    },
  });
  await keepState(history, holding('con_1'));
  expect(written).toEqual([]);
});

it('a state that another run wrote meanwhile is read again, and nothing of either is lost', async () => {
  const shared = open();
  const others = ['con_1', 'con_2'];
  const history: History = {
    ...shared,
    async writeState(state, version) {
      const other = others.shift();
      if (other !== undefined) await keepState(shared, holding(other));
      await shared.writeState(state, version);
    },
  };
  expect(await keepState(history, holding('con_9'))).toBeNull();
  expect(Object.keys((await recall(shared)).state.holds)).toEqual(['con_1', 'con_2', 'con_9']);
});

it('a state that others keep writing is given up after three times', async () => {
  let attempts = 0;
  const history = broken({
    writeState: () => {
      attempts += 1;
      return Promise.reject(new HistoryFailure('written by another run meanwhile'));
    },
  });
  expect(await keepState(history, holding('con_1'))).toBe('written by another run meanwhile');
  expect(attempts).toBe(3);
});

it('a record that cannot be kept is told', async () => {
  expect(await keepRecord(open(), recordOf('ended', []))).toBeNull();
  const failing = broken({ keepRun: refuse('the place: SlowDown.') });
  expect(await keepRecord(failing, recordOf('ended', []))).toBe('the place: SlowDown.');
});

it('a mistake of ours is no failure of the history', async () => {
  await expect(recall(broken({ readState: crash }))).rejects.toThrow(TypeError);
  await expect(keepState(broken({ writeState: crash }), holding('con_1'))).rejects.toThrow(TypeError);
  await expect(keepRecord(broken({ keepRun: crash }), recordOf('ended', []))).rejects.toThrow(TypeError);
});
