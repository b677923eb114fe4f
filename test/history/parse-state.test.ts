import fc from 'fast-check';
import { NOTHING_CARRIED } from '../../lambda/history/carried';
import { writeState } from '../../lambda/history/format';
import { nextState } from '../../lambda/history/next-state';
import { parseState } from '../../lambda/history/parse-state';
import { EMPTY_STATE, type TenantState } from '../../lambda/history/state';
import { hostileReport } from '../report/hostile-reports';
import { MEGABYTE, NOT_JSON, titled } from './hostile-texts';
import { changedOf, madeChange, NOW, RUN } from './sample-record';
import { version1, version2 } from './state-files';

const hold = { runId: RUN, since: NOW, by: 'ann', expectation: 'default: on_first_login' };
const known = { code: 'WRONG_VALUE', firstSeen: NOW, name: 'contoso', strategy: 'oidc', outcome: 'planned' };
const refused = {
  ...{ runs: 3, since: NOW, last: NOW, runId: RUN, words: 'Invalid certificate.' },
  ...{ value: null, expectation: 'default: on_first_login', facts: 1 },
};
const point = { runId: RUN, at: NOW, complete: true, listed: 1, noncompliant: 0, indeterminate: 0, exempt: 0 };
const change = madeChange([changedOf('con_1')]);
const open = { change, people: true, machines: true, claim: null };
const VERSIONS = [
  ['version 1', version1],
  ['version 2', version2],
] as const;

describe.each(VERSIONS)('a state of %s', (_version, fileOf) => {
  const REFUSED: [claim: string, state: object, problem: RegExp][] = [
    ['without holds', { holds: undefined }, /^holds \(invalid_type\)$/],
    ['with an unknown code', { findings: { con_1: { ...known, code: MEGABYTE } } }, /^findings \(/],
    ['with an invalid day', { findings: { con_1: { ...known, firstSeen: 'Planted' } } }, /^findings \(/],
    ['with a name that is not a text', { findings: { con_1: { ...known, name: ['Planted'] } } }, /^findings \(/],
    [
      'with a resolved finding at an invalid time',
      { resolved: { con_1: { code: 'WRONG_VALUE', at: 'Planted' } } },
      /^resolved \(/,
    ],
    ['with an invalid time of the last message', { lastTold: 'Planted' }, /^lastTold \(/],
    ['with a negative number of repairs', { trend: [{ ...point, remediated: -1 }] }, /^trend \(too_small\)$/],
    [
      'with a trend of more than 1000 points',
      { trend: Array(1001).fill({ ...point, remediated: 0 }) },
      /^trend \(too_big\)$/,
    ],
    ['with repairs at invalid times', { repairs: { con_1: ['Planted'] } }, /^repairs \(/],
    ['with repairs that are not a list', { repairs: { con_1: { length: 3 } } }, /^repairs \(/],
    ['with a hold of megabytes', { holds: { con_1: { ...hold, expectation: MEGABYTE } } }, /^holds \(too_big\)$/],
    [
      'with a former expectation of megabytes in a hold',
      { holds: { con_1: { ...hold, expectedThen: MEGABYTE } } },
      /^holds \(too_big\)$/,
    ],
    ['with a hold of a run id with a path', { holds: { con_1: { ...hold, runId: '../../Planted' } } }, /^holds \(/],
    ['with a hold of an invalid connection id', { holds: { [MEGABYTE]: hold } }, /^holds \(invalid_key\)$/],
    ['with a hold by an author that is not a text', { holds: { con_1: { ...hold, by: ['Planted'] } } }, /^holds \(/],
    ['with all parts wrong', { findings: 1, repairs: 1, holds: 1 }, /^findings \(.*, repairs \(.*, holds \(.*\)$/],
  ];
  it.each(REFUSED)('a state %s is refused, and the problem does not show its content', (_, change, expected) => {
    const parsed = parseState(JSON.stringify(fileOf(change)));
    const problem = parsed.ok ? 'none' : parsed.problem;
    expect(problem).toMatch(expected);
    expect(problem).not.toContain('Planted');
  });

  it('a state without any entry is the empty state', () => {
    expect(parseState(JSON.stringify(fileOf()))).toEqual({ ok: true, state: EMPTY_STATE });
  });

  it('a state with keys named like a prototype changes no prototype', () => {
    const entry = JSON.stringify(known);
    const text = JSON.stringify(fileOf({ findings: 'ENTRIES' }))
      .replace('"ENTRIES"', `{"__proto__":${entry},"constructor":${entry}}`)
      .replace('{', '{"__proto__":{"planted":1},');
    const { findings, carried } = stateIn(text);
    expect(Object.keys(findings)).toContain('constructor');
    for (const record of [findings, carried.file, carried.findings]) {
      expect(Object.getPrototypeOf(record)).toBe(Object.prototype);
      expect('planted' in record).toBe(false);
    }
    expect('code' in {}).toBe(false);
  });
});

test.each([
  [90, true],
  [500, false],
])('a state with unknown members nested %d deep is read: %s', (levels, ok) => {
  const later = JSON.parse(`${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`);
  const parsed = parseState(JSON.stringify({ ...version2(), later }));
  expect(parsed.ok).toBe(ok);
  expect(parsed).toMatchObject(ok ? {} : { isNewer: false, problem: 'text (nested too deep)' });
});

describe('the version of a state', () => {
  it.each(titled(NOT_JSON))('a state that contains %s has no version and is refused', (_, text) => {
    expect(parseState(text)).toMatchObject({ ok: false, problem: 'text (invalid_type)' });
  });

  it.each(titled(['2', 1.5, 0, -1, null, {}, MEGABYTE]))('a state with the version %s is refused', (_, version) => {
    const parsed = parseState(JSON.stringify({ ...version2(), version }));
    expect(parsed).toMatchObject({ ok: false, isNewer: false, problem: expect.stringMatching(/^version \(\w+\)$/) });
  });

  it.each([3, 4, 1_000_000])('a state of version %d is refused as newer, with any content', (version) => {
    const problem = `has version ${version}, but this auditor reads versions up to 2. Deploy the newer version of the auditor again.`;
    for (const file of [version2(), { later: true }]) {
      expect(parseState(JSON.stringify({ ...file, version }))).toEqual({ ok: false, isNewer: true, problem });
    }
  });

  const LATER: readonly [claim: string, state: Readonly<Record<string, unknown>>, problem: RegExp][] = [
    ['refusals in zero runs', { refusals: { con_1: { ...refused, runs: 0 } } }, /^refusals \(too_small\)$/],
    ['refusals at an invalid time', { refusals: { con_1: { ...refused, last: 'Planted' } } }, /^refusals \(/],
    ['refusals of a run id with a path', { refusals: { con_1: { ...refused, runId: '../../x' } } }, /^refusals \(/],
    ['refusals of an unknown value', { refusals: { con_1: { ...refused, value: 'Planted' } } }, /^refusals \(/],
    ['refusals of a rule of megabytes', { refusals: { con_1: { ...refused, expectation: MEGABYTE } } }, /^refusals \(/],
    ['a claim without a time', { unreported: { [RUN]: { ...open, claim: { by: 'x' } } } }, /^unreported \(/],
    ['an unreported change of a run id with a path', { unreported: { '../../x': open } }, /^unreported \(/],
    ['an unreported change of an unknown kind', { unreported: { [RUN]: { ...open, change: {} } } }, /^unreported \(/],
    ['more than 1000 changes', { changes: Array(1001).fill({ ...change, connections: 1 }) }, /^changes \(too_big\)$/],
    ['changes whose connections are not a number', { changes: [change] }, /^changes \(/],
    [
      'a sample of more than 1000 ids',
      { lastListing: { listed: 1, sample: Array(1001).fill('x') } },
      /^lastListing \(too_big\)$/,
    ],
    ['a negative number of connections', { lastListing: { listed: -1, sample: [] } }, /^lastListing \(/],
    [
      'more than 1000 runs',
      { runs: Array(1001).fill({ ...point, remediated: 0, mode: 'report', by: null }) },
      /^runs \(too_big\)$/,
    ],
    ['a run in an unknown mode', { runs: [{ ...point, remediated: 0, mode: 'planted', by: null }] }, /^runs \(/],
    ['an accepted empty listing without an operator', { acceptedEmpty: { at: NOW } }, /^acceptedEmpty \(/],
  ];
  it.each(LATER)(
    'a state of version 2 with %s is refused',
    (_, { unreported, changes, refusals, ...ofTenant }, problem) => {
      const control = { findings: {}, resolved: {}, repairs: {}, holds: {}, refusals, unreported, changes };
      const file = { ...version2(), ...ofTenant, controls: { set_user_root_attributes: control } };
      const parsed = parseState(JSON.stringify(file));
      expect(parsed.ok ? 'none' : parsed.problem).toMatch(problem);
    },
  );

  it('a state of version 1 is read with empty values for members that it does not have', () => {
    const none = { lastListing: null, acceptedEmpty: null, unreported: {}, changes: [], runs: [], keptPolicy: null };
    expect(stateIn(JSON.stringify(version1({ findings: { con_1: known } })))).toMatchObject(none);
  });

  it.each([
    ['of a megabyte', MEGABYTE, MEGABYTE.slice(0, 300)],
    ['whose 300th character is half of a pair', `${'x'.repeat(299)}\u{1f600}`, 'x'.repeat(299)],
    ['that ends in halves of pairs', 'x\ud83d\ud83d', 'x'],
    ['of 300 characters', 'x'.repeat(300), 'x'.repeat(300)],
  ])('a state with a refusal message %s is read, and the message is cut to 300', (_, words, kept) => {
    const file = version2();
    const control = { findings: {}, resolved: {}, repairs: {}, holds: {}, refusals: { con_1: { ...refused, words } } };
    const { refusals } = stateIn(JSON.stringify({ ...file, controls: { set_user_root_attributes: control } }));
    expect(refusals).toEqual({ con_1: { ...refused, words: kept } });
  });

  it('a state of version 2 without refusals, and a state of version 1, have no refusals', () => {
    expect(stateIn(JSON.stringify(version2())).refusals).toEqual({});
    expect(stateIn(JSON.stringify(version1())).refusals).toEqual({});
  });

  it('a state of version 2 without the part of this control is refused', () => {
    const parsed = parseState(JSON.stringify({ ...version2(), controls: { other: {} } }));
    expect(parsed).toMatchObject({ ok: false, problem: 'controls (invalid_type)' });
  });

  it('a state of version 1 sets the former ids to the ids of its findings', () => {
    const findings = { con_1: known, con_2: known };
    expect(stateIn(JSON.stringify(version1({ findings }))).formerIds).toEqual(['con_1', 'con_2']);
    expect(stateIn(JSON.stringify(version2({ findings }))).formerIds).toEqual([]);
  });
});

describe('members of a later version', () => {
  const later = fc.dictionary(
    fc.string().map((key) => `later ${key}`),
    fc.jsonValue(),
    { maxKeys: 3 },
  );
  const entriesOf = (entry: object) =>
    fc.dictionary(
      fc.stringMatching(/^con_[A-Za-z0-9]{1,8}$/),
      later.map((more) => ({ ...entry, ...more })),
    );
  const file = fc
    .record({
      ...{ file: later, control: later, controls: later },
      findings: entriesOf(known),
      resolved: entriesOf({ code: 'WRONG_VALUE', at: NOW }),
      holds: entriesOf(hold),
      refusals: entriesOf(refused),
      repairs: fc.dictionary(
        fc.string({ minLength: 1 }).filter((key) => key !== '__proto__'),
        fc.constant([NOW]),
      ),
      formerIds: fc.array(fc.string({ minLength: 1 })),
      points: fc.array(later, { maxLength: 5 }),
      entries: fc.array(later, { maxLength: 5 }),
    })
    .map(({ file: more, control, controls, points, entries, ...own }) => ({
      ...more,
      version: 2,
      controls: { ...controls, set_user_root_attributes: { ...control, ...own, unreported: {}, changes: [] } },
      lastTold: NOW,
      lastListing: null,
      acceptedEmpty: null,
      keptPolicy: null,
      writesStoppedSince: null,
      trend: points.map((each, index) => ({ ...point, remediated: 0, runId: `run-${index}`, ...each })),
      runs: entries.map((each, index) => ({
        ...{ ...point, remediated: 0, runId: `run-${index}`, mode: 'report', by: null },
        ...each,
      })),
    }))
    .map((json) => JSON.stringify(json));

  it('members of a later version are written as they were read, at every level', () => {
    fc.assert(
      fc.property(file, (text) => {
        expect(JSON.parse(writeState(stateIn(text)))).toEqual(JSON.parse(text));
      }),
    );
  });

  it('members of a later version do not appear in the entries that a run uses', () => {
    fc.assert(
      fc.property(file, (text) => {
        const { carried, ...state } = stateIn(text);
        expect(JSON.stringify(state)).not.toContain('later ');
      }),
    );
  });

  it('members of a later version stay with a rewritten entry and are removed with a deleted entry', () => {
    const findings = { con_1: { ...known, later: 1 }, con_2: { ...known, later: 2 } };
    const state = stateIn(JSON.stringify(version2({ findings })));
    const rewritten = { con_1: { ...state.findings.con_1, outcome: 'held' } };
    expect(JSON.parse(writeState({ ...state, findings: Object(rewritten) }))).toMatchObject({
      controls: { set_user_root_attributes: { findings: { con_1: { outcome: 'held', later: 1 } } } },
    });
    expect(writeState({ ...state, findings: {} })).not.toContain('later');
  });

  it('members of a later version stay with refusals that a run updates', () => {
    const control = {
      findings: {},
      resolved: {},
      repairs: {},
      holds: {},
      refusals: { con_1: { ...refused, later: 1 } },
    };
    const state = stateIn(JSON.stringify({ ...version2(), controls: { set_user_root_attributes: control } }));
    expect(state.refusals.con_1).not.toHaveProperty('later');
    expect(JSON.parse(writeState(state))).toMatchObject({
      controls: { set_user_root_attributes: { refusals: { con_1: { runs: 3, later: 1 } } } },
    });
  });

  it('members of a later version never replace members that this version knows', () => {
    const carried = { ...NOTHING_CARRIED, file: { version: 9, lastTold: 'x' }, control: { findings: 'x' } };
    expect(stateIn(writeState({ ...EMPTY_STATE, carried }))).toEqual(EMPTY_STATE);
  });
});

test('a state that a run writes is read and written again as the same text', () => {
  fc.assert(
    fc.property(hostileReport, fc.boolean(), (hostile, told) => {
      // Ids are not empty and times come from our own clock. A tenant can have any other value.
      const findings = hostile.findings.map((finding) => ({
        ...finding,
        connection: { ...finding.connection, id: `${finding.connection.id}.` },
        firstSeen: NOW,
        change: finding.change === null ? null : { ...finding.change, writtenAt: NOW },
      }));
      const notices = hostile.notices.map((notice) => ('since' in notice ? { ...notice, since: NOW } : notice));
      const report = { ...hostile, runId: RUN, finishedAt: NOW, findings, notices, resolved: [] };
      const state = nextState(EMPTY_STATE, report, {
        ...{
          quarantine: { repairs: 3, days: 7 },
          by: null,
          isProven: true,
          keptPolicy: 'made-up',
          listing: { listed: 2, sample: ['con_1', 'ä b'] },
        },
        ...{ told: { people: told, machines: told }, isAllTold: told },
      });
      const text = writeState(state);
      expect(writeState(stateIn(text))).toBe(text);
    }),
    { numRuns: 40 },
  );
});

function stateIn(text: string): TenantState {
  const parsed = parseState(text);
  if (!parsed.ok) throw new Error(parsed.problem);
  return parsed.state;
}
