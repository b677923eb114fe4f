import { type History, HistoryFailure } from '../../lambda/history/history';
import { createHistory } from '../../lambda/history/keep';
import { isEmpty, takeLease } from '../../lambda/history/lease';
import {
  giveLeaseBack,
  type KeptRecord,
  keepPage,
  keepPolicy,
  keepRecord,
  keepState,
  recall,
} from '../../lambda/history/memory';
import { EMPTY_STATE, type TenantState } from '../../lambda/history/state';
import { createMemoryStore } from './memory-store';
import { findingOf, RUN, recordOf, TENANT } from './sample-record';

const open = () => createHistory(createMemoryStore(), TENANT);
const broken = (part: Partial<History>): History => ({ ...open(), ...part });
const refuse = (message: string) => () => Promise.reject(new HistoryFailure(message));
const crash = () => Promise.reject(new TypeError('an internal error'));

const holding = (id: string) => (state: TenantState) => ({
  ...state,
  holds: {
    ...state.holds,
    [id]: { runId: RUN, since: '2026-11-23T12:00:00.000Z', by: null, expectation: 'default: x' },
  },
});

const FIRST = { runId: RUN, version: undefined };

it('an updated state is recalled and is no longer a first run', async () => {
  const history = open();
  expect(await recall(history)).toEqual({ state: EMPTY_STATE, isFirst: true, failure: null });
  const state = holding('con_1')(EMPTY_STATE);
  expect(await keepState(history, holding('con_1'))).toEqual({ state, failure: null });
  expect(await recall(history)).toEqual({ state, isFirst: false, failure: null });
});

it('an unreadable state is a failure, never a first run', async () => {
  const failure = 'the place: AccessDenied.';
  const history = broken({ readState: refuse(failure) });
  expect(await recall(history)).toEqual({ state: EMPTY_STATE, isFirst: false, failure });
  expect(await keepState(history, holding('con_1'))).toEqual({ state: null, failure });
});

it('a state that cannot be read is not overwritten', async () => {
  const written: unknown[] = [];
  const history = broken({
    readState: refuse('not a state of this auditor'),
    writeState: async (state) => {
      written.push(state);
      return true;
    },
  });
  await keepState(history, holding('con_1'));
  expect(written).toEqual([]);
});

it('a state that another run wrote in the meantime is read again, and both updates are kept', async () => {
  const shared = open();
  const others = ['con_1', 'con_2'];
  const history: History = {
    ...shared,
    async writeState(state, version) {
      const other = others.shift();
      if (other !== undefined) await keepState(shared, holding(other));
      return shared.writeState(state, version);
    },
  };
  const kept = await keepState(history, holding('con_9'));
  expect(Object.keys(kept.state?.holds ?? {})).toEqual(['con_1', 'con_2', 'con_9']);
  expect((await recall(shared)).state).toEqual(kept.state);
});

describe('the text of a policy', () => {
  const run = { policy: { default: { expect: 'on_each_login' } }, policyFingerprint: 'made-up' } as const;

  it('the text of a policy is not stored again if the state names its fingerprint', async () => {
    const history = broken({ keepPolicy: crash });
    expect(await keepPolicy(history, run, { ...EMPTY_STATE, keptPolicy: 'made-up' })).toBeNull();
    await expect(keepPolicy(history, run, { ...EMPTY_STATE, keptPolicy: 'of another' })).rejects.toThrow(TypeError);
  });

  it('a failure to store the text of a policy is returned with its reason', async () => {
    const history = broken({ keepPolicy: refuse('the place: AccessDenied.') });
    expect(await keepPolicy(history, run, EMPTY_STATE)).toBe('the place: AccessDenied.');
    expect(await keepPolicy(open(), run, EMPTY_STATE)).toBeNull();
  });
});

it('an update of a state that other runs keep writing ends after five attempts', async () => {
  let attempts = 0;
  const history = broken({
    writeState: async () => {
      attempts += 1;
      return false;
    },
  });
  const failure = 'Other runs wrote the state during each attempt to write it.';
  expect(await keepState(history, holding('con_1'))).toEqual({ state: null, failure });
  expect(attempts).toBe(5);
});

it('a record is written over the version that the run wrote before', async () => {
  const history = open();
  const planned = versionOf(await keepRecord(history, recordOf('planned', [findingOf('con_1')]), FIRST));
  const ended = await keepRecord(history, recordOf('ended', []), { runId: RUN, version: planned });
  expect(versionOf(ended)).not.toBe(planned);
  expect(await history.readRun(RUN)).toMatchObject({ phase: 'ended', version: versionOf(ended) });
});

it.each(['planned', 'ended'] as const)(
  'a %s record is stored even if the answer to the write was lost',
  async (phase) => {
    const shared = open();
    let isLost = true;
    const history: History = {
      ...shared,
      async writeRun(record, version) {
        const written = await shared.writeRun(record, version);
        // The client sends the same write again and finds its own text in the store.
        const again = isLost ? await shared.writeRun(record, version) : written;
        isLost = false;
        return again;
      },
    };
    const kept = await keepRecord(history, recordOf(phase, []), FIRST);
    expect(await shared.readRun(RUN)).toMatchObject({ phase, version: versionOf(kept) });
  },
);

it('a record that another run has concluded is not overwritten', async () => {
  const history = open();
  const version = versionOf(await keepRecord(history, recordOf('planned', [findingOf('con_1')]), FIRST));
  const run = await history.readRun(RUN);
  if (run === undefined) throw new Error('the record was not stored');
  expect(await history.concludeRun(run, { ...run.change, isCut: true })).toBe(true);
  expect(await keepRecord(history, recordOf('ended', []), { runId: RUN, version })).toEqual({ result: 'concluded' });
  expect((await history.readRun(RUN))?.phase).toBe('cut');
});

it('a record that was deleted is written again, because its writes must still be reported', async () => {
  const record = recordOf('ended', []);
  const kept = await keepRecord(open(), record, { runId: RUN, version: 'of a record that was there' });
  expect(kept.result).toBe('kept');
});

it('a failure to store a record is returned', async () => {
  const failure = 'the place: SlowDown.';
  const kept = await keepRecord(broken({ writeRun: refuse(failure) }), recordOf('ended', []), FIRST);
  expect(kept).toEqual({ result: 'failed', failure });
});

it('a failure to store a page is returned, and a run without a page stores nothing', async () => {
  const history = broken({ keepPage: refuse('the place: SlowDown.') });
  expect(await keepPage(history, RUN, '<p>')).toBe('the place: SlowDown.');
  expect(await keepPage(history, RUN, undefined)).toBeNull();
  expect(await keepPage(open(), RUN, '<p>')).toBeNull();
});

it('a lease is released, and a failure to release it is returned', async () => {
  const history = open();
  await takeLease(history, { owner: RUN, until: 1 });
  const contested: History = { ...history, writeLease: async () => false };
  const failing: History = { ...history, writeLease: refuse('the place: SlowDown.') };
  expect(await giveLeaseBack(contested, RUN)).toBe('The lease could not be released; it ends at its time limit.');
  expect(await giveLeaseBack(failing, RUN)).toBe('the place: SlowDown.');
  expect(await giveLeaseBack(history, RUN)).toBeNull();
  expect(isEmpty(await history.readLease())).toBe(true);
});

it('an internal error is not a failure of the history', async () => {
  await expect(recall(broken({ readState: crash }))).rejects.toThrow(TypeError);
  await expect(keepState(broken({ writeState: crash }), holding('con_1'))).rejects.toThrow(TypeError);
  await expect(keepRecord(broken({ writeRun: crash }), recordOf('ended', []), FIRST)).rejects.toThrow(TypeError);
});

function versionOf(kept: KeptRecord): string {
  if (kept.result !== 'kept') throw new Error(`the record is ${kept.result}`);
  return kept.version;
}
