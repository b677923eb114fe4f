import { createHistory } from '../../lambda/history/keep';
import { EMPTY_STATE, type TenantState } from '../../lambda/history/state';
import type { Notice } from '../../lambda/judge/notice';
import { missedNotices } from '../../lambda/run/run-notices';
import type { World } from '../../lambda/run/world';
import { stopNotices } from '../../lambda/run/write-switch';
import { NOW } from '../connection/sample-connection';
import { createMemoryStore } from '../history/memory-store';
import { audit, worldOf } from './fake-audit';

const DAY = 86_400_000;
type Run = TenantState['runs'][number];

function run(daysAgo: number, by: string | null = null): Run {
  const at = new Date(NOW - daysAgo * DAY).toISOString();
  const numbers = { listed: 1, noncompliant: 0, indeterminate: 0, exempt: 0, remediated: 0 };
  return { runId: `run-${daysAgo}`, at, complete: true, mode: 'report', by, ...numbers };
}

function missed(told: readonly Run[], all: readonly Run[]): readonly Notice[] {
  return missedNotices({ ...EMPTY_STATE, trend: told, runs: all });
}

const SINCE = (daysAgo: number) => new Date(NOW - daysAgo * DAY).toISOString();

test.each<[claim: string, told: readonly Run[], all: readonly Run[], notice: readonly Notice[]]>([
  ['no run was missed before the first one', [], [], []],
  ['no run was missed if the last run was reported to everyone', [run(1)], [run(2), run(1)], []],
  [
    'the runs after the last reported run were missed',
    [run(3)],
    [run(3), run(2), run(1)],
    [{ code: 'RUNS_MISSED', runs: 2, since: SINCE(2) }],
  ],
  [
    'every run was missed if no run was ever reported',
    [],
    [run(2), run(1)],
    [{ code: 'RUNS_MISSED', runs: 2, since: SINCE(2) }],
  ],
  ['a run in a terminal does not count as missed', [run(3)], [run(3), run(2, 'ann on laptop')], []],
  ['runs before the start of the list of reported runs do not count as missed', [run(3)], [run(9), run(3)], []],
])('%s', (_claim, told, all, notice) => {
  expect(missed(told, all)).toEqual(notice);
});

function listening(isNamed: boolean, confirmed: number | undefined): Partial<World> {
  return { subscribers: { alerts: { isNamed, countConfirmed: async () => confirmed } } };
}

test.each<
  [claim: string, world: Partial<World>, expected: { subscribers: number | null; codes: string[]; untold: number }]
>([
  ['a run in a terminal does not count subscribers', {}, { subscribers: null, codes: [], untold: 0 }],
  ['one confirmed subscriber is enough', listening(true, 1), { subscribers: 1, codes: [], untold: 0 }],
  [
    'a named recipient who has not confirmed is reported, and the run fails',
    listening(true, 0),
    { subscribers: 0, codes: ['NOBODY_CONFIRMED'], untold: 1 },
  ],
  [
    'an environment that names no recipient is allowed to have no subscriber',
    listening(false, 0),
    { subscribers: 0, codes: [], untold: 0 },
  ],
  [
    'a topic that does not report its subscribers gives a notice, and the run does not fail',
    listening(true, undefined),
    { subscribers: null, codes: ['SUBSCRIBERS_UNKNOWN'], untold: 0 },
  ],
])('%s', async (_claim, world, { subscribers, codes, untold }) => {
  const { report } = await audit({ world });
  expect(report.subscribers).toBe(subscribers);
  expect(report.notices.map(({ code }) => code).filter((code) => code !== 'NO_CONNECTIONS')).toEqual(codes);
  expect(report.untold).toHaveLength(untold);
});

describe('alarms with a separate topic', () => {
  const heard = { isNamed: true, countConfirmed: async () => 1 };
  const runWith = async (confirmed: number | undefined) => {
    const alarms = { isNamed: true, countConfirmed: async () => confirmed };
    const { report } = await audit({ world: { subscribers: { alerts: heard, alarms } } });
    return report;
  };

  it('an alarms topic without a confirmed subscriber is reported immediately, and the run does not fail', async () => {
    const { notices, telling, untold } = await runWith(0);
    expect(notices).toContainEqual({ code: 'NOBODY_CONFIRMED', topic: 'alarms' });
    expect([telling, untold]).toEqual(['at_once', []]);
  });

  it('an alarms topic that does not report its subscribers gives a notice', async () => {
    expect((await runWith(undefined)).notices).toContainEqual({ code: 'SUBSCRIBERS_UNKNOWN', topic: 'alarms' });
  });

  it('subscribers of the alarms topic do not count as subscribers of alerts', async () => {
    expect((await runWith(7)).subscribers).toBe(1);
  });
});

describe('the first confirmed subscription', () => {
  it('the first run after a confirmation reports the number and start of missed runs, the second run does not', async () => {
    const history = createHistory(createMemoryStore(), 'example.eu.auth0.com');
    const night = async (runId: string, confirmed: number) => {
      const { report } = await audit({ run: { runId }, world: { history, ...listening(true, confirmed) } });
      return report;
    };
    const first = await night('run-1', 0);
    await night('run-2', 0);
    const heard = await night('run-3', 1);
    expect(heard.notices).toContainEqual({ code: 'RUNS_MISSED', runs: 2, since: first.finishedAt });
    expect(heard.telling).toBe('at_once');
    expect((await night('run-4', 1)).notices.map(({ code }) => code)).not.toContain('RUNS_MISSED');
  });
});

describe('the kill switch', () => {
  let nights = 1;
  const remediate = { mode: 'remediate', caps: { maxChanges: 9, maxPercent: 100 } } as const;
  const noticesOf = async (
    mayWrite: World['mayWrite'],
    history = worldOf().history,
    mode: 'report' | 'remediate' = 'remediate',
  ) => {
    const { report } = await audit({
      run: { ...remediate, mode, runId: `run-${nights++}` },
      world: { mayWrite, history },
    });
    return report.notices.filter((notice) => notice.code === 'WRITES_STOPPED');
  };

  it('the kill switch is read in remediate mode, even if nothing is to be written', async () => {
    const { asked } = await audit({ run: remediate });
    expect(asked).toContain('mayWrite');
  });

  it('the kill switch is not read in report mode', async () => {
    const { asked } = await audit({});
    expect(asked).not.toContain('mayWrite');
  });

  it.each(['stop', 'unreadable'] as const)(
    'a kill switch that is %s is reported with its first day, until it is allow',
    async (says) => {
      const store = createMemoryStore();
      const history = createHistory(store, 'example.eu.auth0.com');
      const [first] = await noticesOf(async () => says, history);
      expect(first).toMatchObject({ why: says, since: expect.any(String) });
      const key = 'example.eu.auth0.com/state.json';
      const state = () => JSON.parse(store.texts.get(key) ?? '');
      store.put(key, JSON.stringify({ ...state(), writesStoppedSince: SINCE(3) }));
      expect(await noticesOf(async () => says, history)).toMatchObject([{ since: SINCE(3) }]);
      // A run in report mode does not read the switch, and keeps the earlier time.
      expect(await noticesOf(async () => says, history, 'report')).toEqual([]);
      expect(state()).toMatchObject({ writesStoppedSince: SINCE(3) });
      expect(await noticesOf(async () => 'allow', history)).toEqual([]);
      expect(state()).toMatchObject({ writesStoppedSince: null });
    },
  );

  it('the start of a stop is unknown if the history cannot be read', () => {
    const state = { ...EMPTY_STATE, writesStoppedSince: SINCE(3) };
    expect(stopNotices('stop', { state, failure: 'Reading: AccessDenied.' }, SINCE(0))).toMatchObject([
      { since: null },
    ]);
    expect(stopNotices('stop', { state, failure: null }, SINCE(0))).toMatchObject([{ since: SINCE(3) }]);
  });

  it('a kill switch that rejects counts as unreadable', async () => {
    expect(await noticesOf(() => Promise.reject(new Error('no')))).toMatchObject([{ why: 'unreadable' }]);
  });
});
