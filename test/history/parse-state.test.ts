import { parseChanges, parseLease, parseState } from '../../lambda/history/parse';
import { EMPTY_STATE } from '../../lambda/history/state';
import { ending } from '../../lambda/judge/outcome';
import { changeOf, findingOf, NOW, RUN, recordOf } from './sample-record';

const MEGABYTE = 'Planted'.repeat(150_000);
const HOSTILE_IDS = ['', '../../x', '__proto__', 'constructor', 'con_', 'con_a/b', 'con_a b', 'con_\u202e', MEGABYTE];
const HOSTILE_VALUES = [
  '',
  'sometimes',
  'ON_FIRST_LOGIN',
  'on_first_login ',
  1,
  true,
  {},
  ['on_first_login'],
  MEGABYTE,
];
const NOT_JSON = ['', '{', 'null', '[]', '1', '"text"', '\u0000', MEGABYTE];

/** A megabyte makes no title. */
function titled<T>(values: readonly T[]): [title: string, value: T][] {
  return values.map((value) => [JSON.stringify(value).slice(0, 20), value]);
}

const changed = findingOf('con_1', ending('remediated', { change: changeOf() }));

describe('a record of a run', () => {
  it.each(titled(HOSTILE_IDS))('that changed connection %s is refused', (_, id) => {
    const finding = { ...changed, connection: { ...changed.connection, id } };
    expect(parseChanges(JSON.stringify(recordOf('ended', [changed, finding])))).toBeUndefined();
  });

  it.each(titled(HOSTILE_IDS))('that only saw connection %s tells its other changes', (_, id) => {
    const seen = findingOf(id, ending('skipped_exempt'));
    expect(parseChanges(JSON.stringify(recordOf('ended', [changed, seen])))?.changes).toHaveLength(1);
  });

  it.each(titled(HOSTILE_VALUES))('with %s as a value is refused', (_, value) => {
    for (const side of ['before', 'after']) {
      const finding = { ...changed, change: { ...changed.change, [side]: value } };
      expect(parseChanges(textWith(finding))).toBeUndefined();
    }
  });

  it.each(titled(HOSTILE_VALUES))('of a plan from or to %s has nothing to undo', (_, value) => {
    const from = { ...findingOf('con_1'), actual: value };
    expect(parseChanges(textWith(from, 'planned'))?.changes).toEqual([]);
    const to = { ...findingOf('con_1'), repair: { action: 'set', to: value } };
    expect(parseChanges(textWith(to, 'planned'))).toBeUndefined();
  });

  it.each(titled(['delete', '__proto__', MEGABYTE]))('of a plan to %s has nothing to undo', (_, action) => {
    const finding = { ...findingOf('con_1'), repair: { action, to: 'on_first_login' } };
    expect(parseChanges(textWith(finding, 'planned'))?.changes).toEqual([]);
  });

  it('that changed one connection twice is refused', () => {
    expect(parseChanges(JSON.stringify(recordOf('ended', [changed, changed])))).toBeUndefined();
  });

  it.each(titled(['ENDED', '', MEGABYTE]))('in phase %s is refused', (_, phase) => {
    expect(parseChanges(JSON.stringify({ ...recordOf('ended', [changed]), phase }))).toBeUndefined();
  });

  it.each(titled(['', '../../x', '__proto__', MEGABYTE]))('of a run named %s is refused', (_, runId) => {
    expect(parseChanges(JSON.stringify(recordOf('ended', [changed], { runId })))).toBeUndefined();
  });

  it.each(titled(NOT_JSON))('that reads %s is refused', (_, text) => {
    expect(parseChanges(text)).toBeUndefined();
  });

  it('gives nothing but ids and values', () => {
    const finding = { ...changed, change: { ...changed.change, options: { client_secret: 'Planted' } } };
    expect(parseChanges(textWith(finding))?.changes).toEqual([
      { connectionId: 'con_1', before: null, after: 'on_first_login' },
    ]);
  });
});

function textWith(finding: object, phase: 'planned' | 'ended' = 'ended'): string {
  const record = recordOf(phase, []);
  return JSON.stringify({ ...record, report: { ...record.report, findings: [finding] } });
}

describe('a state', () => {
  const hold = { runId: RUN, since: NOW, expectation: 'default: on_first_login' };
  const known = { code: 'WRONG_VALUE', firstSeen: NOW, name: 'contoso', strategy: 'oidc', outcome: 'planned' };
  const point = { runId: RUN, at: NOW, complete: true, listed: 1, noncompliant: 0, indeterminate: 0, exempt: 0 };
  const REFUSED: [claim: string, state: object, problem: RegExp][] = [
    ['without holds', { ...EMPTY_STATE, holds: undefined }, /^holds \(invalid_type\)$/],
    ['with a code of its own', { findings: { con_1: { ...known, code: MEGABYTE } } }, /^findings \(/],
    ['with a day that is none', { findings: { con_1: { ...known, firstSeen: 'Planted' } } }, /^findings \(/],
    ['with a name that is no text', { findings: { con_1: { ...known, name: ['Planted'] } } }, /^findings \(/],
    ['settled at no time', { resolved: { con_1: { code: 'WRONG_VALUE', at: 'Planted' } } }, /^resolved \(/],
    ['told at no time', { lastTold: 'Planted' }, /^lastTold \(/],
    ['with fewer than no repairs', { trend: [{ ...point, remediated: -1 }] }, /^trend \(too_small\)$/],
    ['with a trend without end', { trend: Array(1001).fill({ ...point, remediated: 0 }) }, /^trend \(too_big\)$/],
    ['with repairs at no time', { repairs: { con_1: ['Planted'] } }, /^repairs \(/],
    ['with repairs that are no list', { repairs: { con_1: { length: 3 } } }, /^repairs \(/],
    ['with a hold of megabytes', { holds: { con_1: { ...hold, expectation: MEGABYTE } } }, /^holds \(too_big\)$/],
    ['with a hold of a run elsewhere', { holds: { con_1: { ...hold, runId: '../../Planted' } } }, /^holds \(/],
    ['with a hold of something that is no connection', { holds: { [MEGABYTE]: hold } }, /^holds \(invalid_key\)$/],
    ['with all parts wrong', { findings: 1, repairs: 1, holds: 1 }, /^findings \(.*, repairs \(.*, holds \(.*\)$/],
  ];
  it.each(REFUSED)('%s is refused, and named without its content', (_, change, expected) => {
    const parsed = parseState(JSON.stringify({ ...EMPTY_STATE, ...change }));
    const problem = parsed.ok ? 'none' : parsed.problem;
    expect(problem).toMatch(expected);
    expect(problem).not.toContain('Planted');
  });

  it.each(titled(NOT_JSON))('that reads %s is refused', (_, text) => {
    const parsed = parseState(text);
    expect(parsed).toMatchObject({ ok: false, problem: expect.stringMatching(/^(text|findings) \(/) });
  });

  it('named like a prototype changes no prototype', () => {
    const entry = JSON.stringify(known);
    const rest = JSON.stringify({ ...EMPTY_STATE, findings: undefined }).slice(1);
    const parsed = parseState(
      `{"__proto__":{"planted":1},"findings":{"__proto__":${entry},"constructor":${entry}},${rest}`,
    );
    const state = parsed.ok ? parsed.state : EMPTY_STATE;
    expect(Object.keys(state.findings)).toContain('constructor');
    expect(Object.getPrototypeOf(state.findings)).toBe(Object.prototype);
    expect('planted' in state).toBe(false);
    expect('code' in {}).toBe(false);
  });
});

it.each(titled(NOT_JSON))('a lease that reads %s is nobody’s and never over', (_, text) => {
  expect(parseLease(text)).toEqual({ owner: 'unknown', until: Number.POSITIVE_INFINITY });
});
