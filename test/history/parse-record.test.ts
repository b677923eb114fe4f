import { writeConclusion, writeRecord } from '../../lambda/history/format';
import type { RunRecord } from '../../lambda/history/history';
import { parseRun } from '../../lambda/history/parse-record';
import { joinText } from '../../lambda/history/store';
import type { ChangeResult } from '../../lambda/judge/change';
import { ending } from '../../lambda/judge/outcome';
import { version } from '../../package.json';
import { MEGABYTE, NOT_JSON, titled } from './hostile-texts';
import { changedOf, changeOf, findingOf, madeChange, NOW, RUN, recordOf, TENANT } from './sample-record';

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

const changed = findingOf('con_1', ending('remediated', { change: changeOf() }));

describe('a record of a run', () => {
  it.each(titled(HOSTILE_IDS))('a record with a change of the connection %s is refused', (_, id) => {
    const finding = { ...changed, connection: { ...changed.connection, id } };
    expect(changesIn(JSON.stringify(recordOf('ended', [changed, finding])))).toBeUndefined();
  });

  it.each(titled(HOSTILE_IDS))('a record that only lists the connection %s still has its other changes', (_, id) => {
    const seen = findingOf(id, ending('skipped_exempt'));
    expect(changesIn(JSON.stringify(recordOf('ended', [changed, seen])))).toHaveLength(1);
  });

  it.each(titled(HOSTILE_VALUES))('a record with %s as a value is refused', (_, value) => {
    for (const side of ['before', 'after']) {
      const finding = { ...changed, change: { ...changed.change, [side]: value } };
      expect(changesIn(textWith(finding))).toBeUndefined();
    }
  });

  it.each(titled(HOSTILE_VALUES))('a planned record from or to the value %s has nothing to undo', (_, value) => {
    const from = { ...findingOf('con_1'), actual: value };
    expect(changesIn(textWith(from, 'planned'))).toEqual([]);
    const to = { ...findingOf('con_1'), repair: { action: 'set', to: value } };
    expect(changesIn(textWith(to, 'planned'))).toBeUndefined();
  });

  it.each(titled(['delete', '__proto__', MEGABYTE]))(
    'a planned record with the action %s has nothing to undo',
    (_, action) => {
      const finding = { ...findingOf('con_1'), repair: { action, to: 'on_first_login' } };
      expect(changesIn(textWith(finding, 'planned'))).toEqual([]);
    },
  );

  it('a record contains the version of its auditor, also after another run has concluded it', () => {
    const planned = { ...recordOf('planned', [changed]) };
    expect(JSON.parse(textOf(planned))).toMatchObject({ version: 2, auditorVersion: version });
    const run = runIn(textOf(planned).replace(JSON.stringify(version), '"0.0.1"'));
    const cut = { ...run.change, isCut: true };
    expect(JSON.parse(writeConclusion({ ...run, version: '1' }, cut, TENANT))).toMatchObject({
      auditorVersion: '0.0.1',
    });
    const change = madeChange([], { kind: 'unlock' });
    const personal = { kind: 'unlock', phase: 'ended', environment: 'prod', tenant: TENANT, change } as const;
    expect(JSON.parse(textOf(personal))).toMatchObject({ version: 2, auditorVersion: version });
  });

  it('a record that changed one connection twice is refused', () => {
    expect(changesIn(JSON.stringify(recordOf('ended', [changed, changed])))).toBeUndefined();
  });

  it.each(titled(['ENDED', '', MEGABYTE]))('a record in the phase %s is refused', (_, phase) => {
    expect(changesIn(JSON.stringify({ ...recordOf('ended', [changed]), phase }))).toBeUndefined();
  });

  it.each(titled(['', '../../x', '__proto__', MEGABYTE]))('a record of a run with the id %s is refused', (_, runId) => {
    expect(changesIn(JSON.stringify(recordOf('ended', [changed], { runId })))).toBeUndefined();
  });

  it.each(titled(NOT_JSON))('a record that contains %s is refused', (_, text) => {
    expect(changesIn(text)).toBeUndefined();
  });

  it('a record of a newer version is refused, with any content', () => {
    for (const record of [recordOf('ended', [changed]), { later: true }]) {
      expect(parseRun(JSON.stringify({ ...record, version: 3 }))).toEqual({
        ...{ ok: false, isNewer: true },
        problem:
          'has version 3, but this auditor reads versions up to 2. Deploy the newer version of the auditor again.',
      });
    }
  });

  it('a record of version 1 names no control, and its changes belong to the only control of then', () => {
    const { control: _, ...finding } = changed;
    expect(changesIn(textWith(finding))).toHaveLength(1);
  });

  it('a record of version 2 is read as it was written', () => {
    expect(changesIn(textOf(recordOf('ended', [changed])))).toHaveLength(1);
  });

  it.each(titled([changed.change, { before: 'some', after: 'other' }, null, 'Planted']))(
    'a record has no change for this control in a finding of another control: %s',
    (_, change) => {
      const other = { ...changed, control: 'another_setting', change };
      const text = JSON.stringify({ version: 2, ...recordOf('ended', []), report: reportWith([other, changed]) });
      expect(changesIn(text)).toEqual([{ connectionId: 'con_1', before: null, after: 'on_first_login' }]);
    },
  );

  it.each(titled([1, null, {}, ['another_setting']]))('a record with %s as a control is refused', (_, control) => {
    expect(changesIn(textWith({ ...changed, control }))).toBeUndefined();
  });

  it('a parsed record contains only ids and values', () => {
    const finding = { ...changed, change: { ...changed.change, options: { client_secret: 'Planted' } } };
    expect(changesIn(textWith(finding))).toEqual([{ connectionId: 'con_1', before: null, after: 'on_first_login' }]);
  });
});

describe('a run as recorded', () => {
  const planned = recordOf('planned', [findingOf('con_1', { actual: 'never_on_login' })]);

  it('a planned run counts all planned writes as possibly made', () => {
    expect(runIn(textOf(planned))).toMatchObject({
      ...{ runId: RUN, kind: 'repair', phase: 'planned', published: { people: false, machines: false } },
      change: { isCut: false, connections: [{ id: 'con_1', before: 'never_on_login', result: 'unknown' }] },
      undoable: [
        {
          ...{ connectionId: 'con_1', name: 'contoso', strategy: 'oidc', before: 'never_on_login' },
          ...{ after: 'on_first_login', expectation: 'default: on_first_login' },
        },
      ],
    });
  });

  it('an ended run contains its operator and who was notified of it', () => {
    const record = {
      ...recordOf('ended', [changed]),
      by: 'ann on laptop',
      published: { people: true, machines: false },
    };
    expect(runIn(textOf(record))).toMatchObject({
      phase: 'ended',
      change: { by: 'ann on laptop', at: NOW, connections: [{ result: 'verified' }] },
      published: { people: true, machines: false },
    });
  });

  it('a run whose record does not contain who was notified counts as reported to no one', () => {
    const { published: _, by: __, ...record } = recordOf('ended', [changed]);
    for (const text of [JSON.stringify(record), JSON.stringify({ ...record, published: null })]) {
      expect(runIn(text)).toMatchObject({ published: { people: false, machines: false }, change: { by: null } });
    }
  });

  it('a run without rule and expectation has no expectation for a hold', () => {
    const { rule: _, expected: __, ...finding } = changed;
    expect(runIn(textWith(finding)).undoable).toMatchObject([{ connectionId: 'con_1', expectation: null }]);
  });

  const RESULTS: readonly [result: ChangeResult, isUndoable: boolean][] = [
    ['found', true],
    ['unverified', true],
    ['verified', true],
    ['unknown', false],
    ['overwritten', false],
  ];
  it.each(RESULTS)('a write with the result %s of an interrupted run can be undone: %s', (result, isUndoable) => {
    const { file, ...run } = runIn(textOf(planned));
    const cut = { ...run.change, isCut: true, connections: [changedOf('con_1', { result })] };
    const concluded = runIn(writeConclusion({ ...run, file, version: '1' }, cut, TENANT));
    expect(concluded).toMatchObject({ phase: 'cut', change: cut });
    expect(concluded.undoable.map(({ connectionId }) => connectionId)).toEqual(isUndoable ? ['con_1'] : []);
  });

  const KINDS = ['undo', 'release', 'unlock', 'accept_empty_listing'] as const;
  it.each(KINDS)('a record of the kind %s is a change by an operator', (kind) => {
    const change = madeChange([changedOf('con_1')], { kind, by: 'ann', reason: 'a test', of: 'run-0' });
    const record = { kind, phase: 'ended', environment: 'prod', tenant: TENANT, change } as const;
    const parsed = parseRun(textOf(record));
    expect(parsed).toMatchObject({ ok: true, tenant: TENANT, run: { kind, phase: 'ended', change } });
    expect(parsed.ok && parsed.run.undoable).toMatchObject([{ connectionId: 'con_1', expectation: null }]);
  });

  const REFUSED: readonly [claim: string, change: object][] = [
    ['of an unknown kind', { kind: 'planted' }],
    ['with an unknown result', { connections: [{ ...changedOf('con_1'), result: 'planted' }] }],
    ['with an undocumented value', { connections: [{ ...changedOf('con_1'), before: 'sometimes' }] }],
    ['of a connection id with a path', { connections: [changedOf('../../x')] }],
    ['of one connection twice', { connections: [changedOf('con_1'), changedOf('con_1')] }],
    ['at an invalid time', { at: 'planted' }],
    ['of a run id with a path', { runId: '../../x' }],
  ];
  it.each(REFUSED)('a change by an operator %s is refused', (_, wrong) => {
    const change = { ...madeChange([changedOf('con_1')], { kind: 'undo' }), ...wrong };
    const text = JSON.stringify({ version: 2, kind: 'undo', phase: 'ended', tenant: TENANT, change });
    expect(parseRun(text).ok).toBe(false);
  });
});

function textOf(record: RunRecord): string {
  return joinText(writeRecord(record));
}

function textWith(finding: object, phase: 'planned' | 'ended' = 'ended'): string {
  return JSON.stringify({ ...recordOf(phase, []), report: reportWith([finding]) });
}

function reportWith(findings: readonly object[]): object {
  return { ...recordOf('ended', []).report, findings };
}

function changesIn(text: string) {
  const parsed = parseRun(text);
  if (!parsed.ok) return undefined;
  return parsed.run.undoable.map(({ connectionId, before, after }) => ({ connectionId, before, after }));
}

function runIn(text: string) {
  const parsed = parseRun(text);
  if (!parsed.ok) throw new Error(parsed.problem);
  return parsed.run;
}
