import { occurrenceOf, resolvedBy } from '../../lambda/history/delta';
import { EMPTY_STATE, type TenantState } from '../../lambda/history/state';
import type { Verdict } from '../../lambda/judge/evaluate';
import type { Resolved } from '../../lambda/judge/report';

const NOW = '2026-11-23T04:30:00.000Z';
const EARLIER = '2026-11-11T04:30:00.000Z';
/** Keys of a prototype, which a careless lookup would find on any object. */
const PROTOTYPE_KEYS = ['constructor', 'toString', 'hasOwnProperty', '__proto__', 'valueOf'];
const known = {
  code: 'WRONG_VALUE',
  firstSeen: EARLIER,
  name: 'contoso',
  strategy: 'oidc',
  outcome: 'planned',
} as const;
const settled = { code: 'WRONG_VALUE', at: EARLIER } as const;
const stateWith = (change: Partial<TenantState>): TenantState => ({ ...EMPTY_STATE, ...change });

describe('the lifecycle of a finding', () => {
  it.each<[claim: string, state: TenantState, lifecycle: string, firstSeen: string]>([
    ['a finding that no run saw before is new', EMPTY_STATE, 'new', NOW],
    ['a finding is new if only another connection had one', stateWith({ findings: { con_2: known } }), 'new', NOW],
    ['a finding of an earlier run is open since then', stateWith({ findings: { con_1: known } }), 'open', EARLIER],
    [
      'a finding with another code is new',
      stateWith({ findings: { con_1: { ...known, code: 'NOT_EXPLICIT' } } }),
      'new',
      NOW,
    ],
    [
      'a resolved finding that returns is reopened and first seen now',
      stateWith({ resolved: { con_1: settled } }),
      'reopened',
      NOW,
    ],
    [
      'a finding that was resolved with another code is new',
      stateWith({ resolved: { con_1: { ...settled, code: 'NOT_EXPLICIT' } } }),
      'new',
      NOW,
    ],
    [
      'a finding that is open is not reopened',
      stateWith({ findings: { con_1: known }, resolved: { con_1: settled } }),
      'open',
      EARLIER,
    ],
  ])('%s', (_, state, lifecycle, firstSeen) => {
    expect(occurrenceOf(state, 'con_1', 'WRONG_VALUE', NOW)).toEqual({ lifecycle, firstSeen });
  });

  it.each(PROTOTYPE_KEYS)('a finding of a connection with the id %s is handled like any other', (id) => {
    expect(occurrenceOf(EMPTY_STATE, id, 'WRONG_VALUE', NOW).lifecycle).toBe('new');
    const state = stateWith({ findings: Object.fromEntries([[id, known]]) });
    expect(occurrenceOf(state, id, 'WRONG_VALUE', NOW).lifecycle).toBe('open');
  });
});

describe('the findings that a run resolves', () => {
  const state = stateWith({ findings: { con_1: known } });
  const settledAs = (verdict: Verdict['verdict'] | undefined, isComplete: boolean): Resolved['how'] | undefined =>
    resolvedBy(state, new Map(verdict === undefined ? [] : [['con_1', verdict]]), isComplete)[0]?.how;

  it.each<[verdict: Verdict['verdict'] | undefined, isComplete: boolean, how: Resolved['how'] | undefined]>([
    ['compliant', true, 'compliant'],
    ['compliant', false, 'compliant'],
    ['not_applicable', true, 'not_applicable'],
    ['not_applicable', false, 'not_applicable'],
    ['noncompliant', true, undefined],
    ['noncompliant', false, undefined],
    ['indeterminate', true, undefined],
    ['indeterminate', false, undefined],
    [undefined, true, 'absent'],
    [undefined, false, undefined],
  ])('a finding judged %s (listing complete: %s) is resolved as %s', (verdict, isComplete, how) => {
    expect(settledAs(verdict, isComplete)).toBe(how);
  });

  it('a resolved finding contains the facts of the earlier run', () => {
    expect(resolvedBy(state, new Map(), true)).toEqual([
      {
        connection: { id: 'con_1', name: 'contoso', strategy: 'oidc' },
        control: 'set_user_root_attributes',
        code: 'WRONG_VALUE',
        firstSeen: EARLIER,
        how: 'absent',
      },
    ]);
  });

  it('a run resolves nothing if there were no findings', () => {
    expect(resolvedBy(EMPTY_STATE, new Map([['con_1', 'compliant']]), true)).toEqual([]);
  });

  it.each(PROTOTYPE_KEYS)('a finding of a connection with the id %s is resolved like any other', (id) => {
    const named = stateWith({ findings: Object.fromEntries([[id, known]]) });
    expect(resolvedBy(named, new Map(), true).map(({ connection }) => connection.id)).toEqual([id]);
    expect(resolvedBy(named, new Map([[id, 'noncompliant']]), true)).toEqual([]);
  });
});
