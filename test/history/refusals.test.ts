import { SETTING } from '../../lambda/connection/setting';
import { STRATEGY_TABLE_VERSION } from '../../lambda/connection/strategies';
import { type Aftermath, nextState } from '../../lambda/history/next-state';
import { EMPTY_STATE, type Refusals, type TenantState } from '../../lambda/history/state';
import type { Finding } from '../../lambda/judge/finding';
import { type Ending, ending } from '../../lambda/judge/outcome';
import type { Report } from '../../lambda/judge/report';
import { restOf } from '../../lambda/repair/rest';
import { DEFAULT_QUARANTINE } from '../../lambda/settings';
import { changeOf, findingOf, RUN, reportOf } from './sample-record';

const NOW = '2026-11-23T04:30:40.000Z';
const now = Date.parse(NOW);
const ago = (days: number, hours = 0): string => new Date(now - (days * 24 + hours) * 3_600_000).toISOString();
const WORDS = 'Invalid certificate.';
const earlier = (change: Partial<Refusals> = {}): Refusals => ({
  ...{ runs: 3, since: ago(3), last: ago(1), runId: 'run-0', words: 'Planted earlier.', value: null },
  ...{ expectation: 'default: on_first_login', facts: STRATEGY_TABLE_VERSION },
  ...change,
});
const stateWith = (refusals: TenantState['refusals']): TenantState => ({ ...EMPTY_STATE, refusals });
const refused = (change: Partial<Finding> = {}): Finding =>
  findingOf('con_1', { ...ending('failed', { refusal: WORDS }), ...change });
const stateAfter = (
  findings: readonly Finding[],
  { state = stateWith({ con_1: earlier() }), isTold = true, ...change }: Partial<Report> & AfterOptions = {},
): TenantState => {
  const aftermath: Aftermath = {
    ...{
      quarantine: DEFAULT_QUARANTINE,
      by: null,
      isProven: true,
      keptPolicy: null,
      listing: { listed: 60, sample: [] },
    },
    ...{ told: { people: isTold, machines: isTold }, isAllTold: isTold },
  };
  return nextState(state, reportOf(findings, { finishedAt: NOW, ...change }), aftermath);
};
interface AfterOptions {
  readonly state?: TenantState;
  readonly isTold?: boolean;
}

describe('the refusals of a connection', () => {
  it('refusals are stored from the first one', () => {
    const { refusals } = stateAfter([refused({ actual: 'never_on_login' })], { state: EMPTY_STATE });
    expect(refusals).toEqual({
      con_1: {
        ...{ runs: 1, since: NOW, last: NOW, runId: RUN, words: WORDS, value: 'never_on_login' },
        ...{ expectation: 'default: on_first_login', facts: STRATEGY_TABLE_VERSION },
      },
    });
  });

  it.each<[claim: string, ended: Ending, runs: number]>([
    ['refusals grow by one if the repair is refused again', ending('failed', { refusal: WORDS }), 4],
    [
      'refusals grow by one if a paused repair is tried and refused again',
      ending('quarantined', { quarantine: 'refused_again', refusal: WORDS }),
      4,
    ],
    [
      'refusals stay while the connection is paused',
      ending('quarantined', { quarantine: 'refused', refusal: WORDS }),
      3,
    ],
    ['refusals stay if the value is changed back', ending('quarantined', { quarantine: 'set_back' }), 3],
    ['refusals stay in report mode', ending('planned'), 3],
    ['refusals stay if the run stopped', ending('skipped_stopped', { stopped: 'canary' }), 3],
    ['refusals stay if the plan is over the cap', ending('skipped_cap'), 3],
    ['refusals stay if the listing was incomplete', ending('skipped_incomplete'), 3],
    ['refusals stay if the connection is on hold', ending('held'), 3],
    ['refusals end if the repair failed and was not refused', ending('failed'), 0],
    ['refusals end if the repair was not verified', ending('failed_verification', { change: changeOf() }), 0],
    ['refusals end if the repair was verified', ending('remediated', { change: changeOf() }), 0],
    ['refusals end if another writer fixed the connection', ending('already_compliant'), 0],
    ['refusals end if the connection was deleted', ending('gone'), 0],
  ])('%s', (_, ended, runs) => {
    for (const isTold of [true, false]) {
      for (const complete of [true, false]) {
        const { refusals } = stateAfter([findingOf('con_1', ended)], { isTold, complete });
        expect(refusals.con_1?.runs ?? 0).toBe(runs);
        const isCounted = runs === 4;
        if (runs > 0) expect(refusals.con_1).toMatchObject(isCounted ? { last: NOW, words: WORDS } : earlier());
      }
    }
  });

  const resolved: Report['resolved'] = [
    {
      connection: { id: 'con_1', name: 'contoso', strategy: 'oidc' },
      ...{ control: SETTING, code: 'WRONG_VALUE', firstSeen: NOW, how: 'compliant' },
    },
  ];
  it.each<[claim: string, change: Partial<Report>, isKept: boolean]>([
    ['refusals end if a complete run has no finding of the connection', {}, false],
    ['refusals stay if an incomplete run has not seen the connection', { complete: false }, true],
    ['refusals end if an incomplete run has seen the connection compliant', { complete: false, resolved }, false],
  ])('%s', (_, change, isKept) => {
    expect(Object.keys(stateAfter([], change).refusals)).toEqual(isKept ? ['con_1'] : []);
  });

  it('refusals count a run one time, even if its state is updated twice', () => {
    const once = stateAfter([refused()]);
    expect(stateAfter([refused()], { state: once })).toEqual(once);
    expect(once.refusals.con_1?.runs).toBe(4);
  });

  it('refusals count two runs of one night twice', () => {
    const first = stateAfter([refused()], { state: EMPTY_STATE, runId: 'run-1' });
    expect(stateAfter([refused()], { state: first, runId: 'run-2' }).refusals.con_1?.runs).toBe(2);
  });

  it('refusals keep the time of the first one and the repair of the last one', () => {
    const { refusals } = stateAfter([refused({ actual: 'on_each_login', rule: 'enterprise' })]);
    expect(refusals.con_1).toMatchObject({
      ...{ since: ago(3), value: 'on_each_login', expectation: 'enterprise: on_first_login' },
    });
  });

  it('refusals are counted even if the messages of the run could not be sent', () => {
    const state = stateAfter([refused()], { state: EMPTY_STATE, isTold: false });
    const refusals = { con_1: expect.objectContaining({ runs: 1 }) };
    expect(state).toMatchObject({ refusals, runs: [{ runId: RUN }], lastTold: null });
  });

  it('refusals never have more entries than there are findings', () => {
    const state = stateWith(Object.fromEntries(Array.from({ length: 500 }, (_, at) => [`con_x${at}`, earlier()])));
    expect(Object.keys(stateAfter([refused(), findingOf('con_x7')], { state }).refusals)).toEqual(['con_x7', 'con_1']);
  });

  it('refusals with a time in the future get the time of the run', () => {
    const state = stateWith({ con_1: earlier({ last: ago(-400) }) });
    expect(stateAfter([findingOf('con_1')], { state }).refusals.con_1?.last).toBe(NOW);
  });

  it.each(['constructor', '__proto__', 'toString'])(
    'refusals of a connection with the id %s are kept like any other',
    (id) => {
      const state = stateAfter([{ ...refused(), connection: { ...refused().connection, id } }], { state: EMPTY_STATE });
      expect(Object.keys(state.refusals)).toEqual([id]);
      expect(restOf(EMPTY_STATE, findingOf(id), now)).toBeUndefined();
    },
  );

  it('refusals keep 300 characters of the message of Auth0 and of a rule', () => {
    const rule = 'r'.repeat(1000);
    const finding = refused({ refusal: 'w'.repeat(1e6), rule });
    let state = EMPTY_STATE;
    for (const runId of ['run-1', 'run-2', 'run-3']) state = stateAfter([finding], { state, runId });
    expect(JSON.stringify(state.refusals).length).toBeLessThan(1000);
    expect(state.refusals.con_1?.words).toBe('w'.repeat(300));
    expect(restOf(state, findingOf('con_1', { rule }), now)).toBeDefined();
  });
});

describe('a pause after refusals', () => {
  it.each<[claim: string, refusals: Partial<Refusals>, finding: Partial<Finding>, rests: boolean]>([
    ['a connection refused in 3 runs is paused', {}, {}, true],
    ['a connection refused in 9 runs is paused', { runs: 9 }, {}, true],
    ['a connection refused in 2 runs is not paused', { runs: 2 }, {}, false],
    ['a connection refused yesterday with another value is not paused', { value: 'never_on_login' }, {}, false],
    ['a connection whose value changed since is not paused', {}, { actual: 'never_on_login' }, false],
    ['a connection refused under another rule is not paused', { expectation: 'okta: on_first_login' }, {}, false],
    ['a connection whose rule now expects another value is not paused', {}, { expected: ['never_on_login'] }, false],
    [
      'a connection refused with another strategy table is not paused',
      { facts: STRATEGY_TABLE_VERSION - 1 },
      {},
      false,
    ],
    [
      'a connection that was renamed is still paused',
      {},
      { connection: { ...findingOf('con_1').connection, name: 'x' } },
      true,
    ],
    ['a connection refused 6 days ago is paused', { last: ago(6) }, {}, true],
    ['a connection refused 6 days and 21 hours ago is paused', { last: ago(6, 21) }, {}, true],
    ['a connection refused 7 days ago is tried again', { last: ago(7) }, {}, false],
    ['a connection refused 7 days ago is tried again after the clocks went forward', { last: ago(6, 23) }, {}, false],
  ])('%s', (_, refusals, finding, rests) => {
    const state = stateWith({ con_1: earlier(refusals) });
    expect(restOf(state, findingOf('con_1', finding), now) !== undefined).toBe(rests);
    expect(restOf(stateWith({ con_2: earlier(refusals) }), findingOf('con_1', finding), now)).toBeUndefined();
  });
});
