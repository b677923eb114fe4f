import fc from 'fast-check';
import { STRATEGY_TABLE_VERSION } from '../../lambda/connection/strategies';
import { EMPTY_STATE, type Refusals, type TenantState } from '../../lambda/history/state';
import type { Finding } from '../../lambda/judge/finding';
import { type ChangeRecord, ending } from '../../lambda/judge/outcome';
import { type AdmitContext, admit } from '../../lambda/repair/admit';
import { orderCanaries } from '../../lambda/repair/order-canaries';
import { restAgain } from '../../lambda/repair/rest';
import { findRetried, NothingToRetry } from '../../lambda/repair/retry';
import { DEFAULT_QUARANTINE } from '../../lambda/settings';
import { changeOf, findingOf } from '../history/sample-record';
import { set } from '../judge/sample-repair';

const NOW = Date.parse('2026-11-24T04:30:00.000Z');
const WORDS = 'Invalid certificate.';
const refusals = (change: Partial<Refusals> = {}): Refusals => ({
  ...{ runs: 3, since: '2026-11-21T04:30:40.000Z', last: '2026-11-23T04:30:40.000Z', runId: 'run-3', words: WORDS },
  ...{ value: null, expectation: 'default: on_first_login', facts: STRATEGY_TABLE_VERSION },
  ...change,
});
const RESTING: TenantState = { ...EMPTY_STATE, refusals: { con_1: refusals() } };
const SITUATION: AdmitContext = {
  ...{ mode: 'remediate', complete: true, judged: 10, caps: { maxChanges: 10, maxPercent: 100 }, state: RESTING },
  ...{ quarantine: DEFAULT_QUARANTINE, retry: new Set<string>(), stopped: undefined, now: NOW },
};
const plan = (situation: Partial<AdmitContext> = {}, findings = [findingOf('con_1'), findingOf('con_2')]) =>
  admit(findings, { ...SITUATION, ...situation });
/** Seven days after the last refusal, minus two hours. */
const A_WEEK_LATER = Date.parse('2026-11-30T02:30:40.000Z');
const hold = { runId: 'run-1', since: '2026-11-23T04:30:40.000Z', by: null, expectation: 'default: on_first_login' };
const repairs = { con_1: ['2026-11-21', '2026-11-22', '2026-11-23'].map((day) => `${day}T04:30:40.000Z`) };

describe('a connection that Auth0 refused in three consecutive runs', () => {
  it.each(['report', 'remediate'] as const)(
    'a connection refused in three runs is paused in %s mode, with the message of Auth0',
    (mode) => {
      const [resting, other] = plan({ mode }).findings;
      expect(resting).toMatchObject({
        ...{ outcome: 'quarantined', quarantine: 'refused', refusal: WORDS },
        detail: 'Refused in 3 consecutive runs, from 2026-11-21 to 2026-11-23. Next attempt: 2026-11-30.',
      });
      expect(other).toMatchObject({ outcome: 'planned', quarantine: null, refusal: null });
    },
  );

  it.each<[claim: string, situation: Partial<AdmitContext>, expected: Partial<Finding>]>([
    ['is tried if an operator asks for it', { retry: new Set(['con_1']) }, { outcome: 'planned', refusal: null }],
    ['stays paused if an operator asks for another one', { retry: new Set(['con_2']) }, { outcome: 'quarantined' }],
    ['stays paused until two hours before the end of a week', { now: A_WEEK_LATER - 1 }, { outcome: 'quarantined' }],
    ['is tried again two hours before the end of a week', { now: A_WEEK_LATER }, { outcome: 'planned' }],
    ['is tried again after a week', { now: NOW + 6 * 86_400_000 }, { outcome: 'planned' }],
    [
      'is on hold if an operator undid its repair',
      { state: { ...RESTING, holds: { con_1: hold } } },
      { outcome: 'held' },
    ],
    [
      'is not tried on request if it is on hold',
      { state: { ...RESTING, holds: { con_1: hold } }, retry: new Set(['con_1']) },
      { outcome: 'held' },
    ],
    [
      'is not tried on request if its value is repeatedly changed back',
      { state: { ...RESTING, repairs }, retry: new Set(['con_1']) },
      { outcome: 'quarantined', quarantine: 'set_back' },
    ],
    [
      'stays paused if the run is not allowed to write',
      { stopped: 'scope' },
      { outcome: 'quarantined', quarantine: 'refused' },
    ],
  ])('a paused connection %s', (_, situation, expected) => {
    expect(plan(situation).findings[0]).toMatchObject(expected);
  });

  it('a paused connection does not count against the cap', () => {
    expect(plan({ caps: { maxChanges: 1, maxPercent: 100 } }).notices).toEqual([]);
  });

  it('a paused connection without a planned repair keeps its outcome', () => {
    const [exempt] = plan({}, [findingOf('con_1', ending('skipped_exempt'))]).findings;
    expect(exempt).toMatchObject({ outcome: 'skipped_exempt', quarantine: null, refusal: null });
  });
});

describe('the repair of a paused connection', () => {
  const refused = ending('failed', { refusal: 'Still invalid.', detail: 'PATCH: 400 Still invalid.' });
  const end = (reached = refused, state = RESTING, finding = findingOf('con_1')) =>
    restAgain(finding, reached, { state, now: NOW });

  it('a paused repair that is refused again is not a failure, and shows the day of the next attempt', () => {
    expect(end()).toEqual(
      ending('quarantined', {
        ...{ quarantine: 'refused_again', refusal: 'Still invalid.' },
        detail: 'Refused in 4 consecutive runs, from 2026-11-21 to 2026-11-24. Next attempt: 2026-12-01.',
      }),
    );
  });

  it('a paused repair that is refused a week later is not a failure', () => {
    const state = { ...RESTING, refusals: { con_1: refusals({ last: '2026-11-10T04:30:00.000Z' }) } };
    expect(end(refused, state).outcome).toBe('quarantined');
  });

  const change: ChangeRecord = changeOf();
  it.each([
    ['was verified', ending('remediated', { change })],
    ['failed and was not refused', ending('failed')],
    ['was not verified', ending('failed_verification', { change })],
    ['was not tried', ending('skipped_stopped', { stopped: 'time' })],
  ])('a paused repair that %s keeps its ending', (_, reached) => {
    expect(end(reached)).toBe(reached);
  });

  it.each<[claim: string, state: TenantState, finding: Finding]>([
    ['for the third time', { ...RESTING, refusals: { con_1: refusals({ runs: 2 }) } }, findingOf('con_1')],
    ['for the first time', EMPTY_STATE, findingOf('con_1')],
    ['after its value changed', RESTING, findingOf('con_1', { actual: 'never_on_login' })],
    ['after its rule changed', RESTING, findingOf('con_1', { rule: 'enterprise' })],
  ])('a repair that is refused %s has failed', (_, state, finding) => {
    expect(end(refused, state, finding)).toBe(refused);
  });
});

describe('canaries', () => {
  const idsIn = (state: Partial<TenantState>, ids: readonly string[]) =>
    orderCanaries(
      ids.map((id) => findingOf(id)),
      { ...EMPTY_STATE, ...state },
    ).map(({ connection }) => connection.id);
  const known = (outcome: string) =>
    ({ code: 'WRONG_VALUE', firstSeen: '2026-11-21T04:30:40.000Z', name: 'x', strategy: 'oidc', outcome }) as const;

  it.each<[claim: string, state: Partial<TenantState>, expected: string]>([
    ['canaries stay in order if none failed', {}, 'a b c d'],
    ['canaries begin with repairs that were not refused', { refusals: { a: refusals(), c: refusals() } }, 'b d a c'],
    [
      'canaries end with the repair that was refused most often',
      { refusals: { a: refusals(), b: refusals({ runs: 1 }) } },
      'c d b a',
    ],
    [
      'canaries begin with repairs that did not fail in the last run',
      { findings: { a: known('failed_verification') } },
      'b c d a',
    ],
    [
      'canaries that failed come before canaries that were refused',
      { findings: { b: known('failed') }, refusals: { a: refusals({ runs: 1 }) } },
      'c d b a',
    ],
    [
      'canaries keep the position of a repair that was not tried',
      { findings: { a: known('skipped_stopped') } },
      'a b c d',
    ],
  ])('%s', (_, state, expected) => {
    expect(idsIn(state, ['a', 'b', 'c', 'd']).join(' ')).toBe(expected);
  });

  it('canaries of the same rank begin with the shape without missing options', () => {
    const filled = findingOf('a', { repair: set('on_first_login', { fills: ['schema_version'] }) });
    const order = orderCanaries([filled, findingOf('b')], EMPTY_STATE).map(({ connection }) => connection.id);
    expect(order).toEqual(['b', 'a']);
  });

  it('the ordered canaries are the given findings, with any ids and state', () => {
    const id = fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor'));
    fc.assert(
      fc.property(fc.array(id), fc.array(id), (ids, refused) => {
        const state = { refusals: Object.fromEntries(refused.map((one) => [one, refusals()])) };
        expect([...idsIn(state, ids)].sort()).toEqual([...ids].sort());
      }),
    );
  });
});

describe('connections to retry', () => {
  const named = (id: string, name: string): Finding => {
    const finding = findingOf(id);
    return { ...finding, connection: { ...finding.connection, name } };
  };
  const findings = [named('con_1', 'contoso'), named('con_2', 'fabrikam'), named('con_3', 'con_1')];
  const retried = (...names: string[]) => [...findRetried(new Set(names), { findings, isComplete: true })];

  it('a connection to retry is found by name and by id, the id first', () => {
    expect([retried(), retried('fabrikam'), retried('con_1'), retried('con_2', 'contoso')]).toEqual([
      ...[[], ['con_2'], ['con_1'], ['con_2', 'con_1']],
    ]);
  });

  it.each([['Contoso'], ['conto'], ['con_4'], ['__proto__']])(
    'a retry of %s is refused because no finding has that name',
    (name) => {
      expect(() => retried('contoso', name)).toThrow(new NothingToRetry([name]));
    },
  );

  it('the error of a retry contains the unknown names and the known connections', () => {
    const error = new NothingToRetry(['a', 'b'], [findingOf('con_1').connection]);
    expect([error.name, error.message]).toEqual(['NothingToRetry', 'No finding for a connection named a or b.']);
    expect(new NothingToRetry(['a']).known).toEqual([]);
    expect(() => retried('x')).toThrow(
      expect.objectContaining({ names: ['x'], known: findings.map(({ connection }) => connection) }),
    );
  });

  it('a retry after an incomplete listing contains only the connections in the listing', () => {
    expect([...findRetried(new Set(['x', 'contoso']), { findings, isComplete: false })]).toEqual(['con_1']);
  });
});
