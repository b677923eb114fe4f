import { writeRecord } from '../../lambda/history/format';
import { parseChanges } from '../../lambda/history/parse-record';
import { ending } from '../../lambda/judge/outcome';
import { MEGABYTE, NOT_JSON, titled } from './hostile-texts';
import { changeOf, findingOf, recordOf } from './sample-record';

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
  it.each(titled(HOSTILE_IDS))('that changed connection %s is refused', (_, id) => {
    const finding = { ...changed, connection: { ...changed.connection, id } };
    expect(changesIn(JSON.stringify(recordOf('ended', [changed, finding])))).toBeUndefined();
  });

  it.each(titled(HOSTILE_IDS))('that only saw connection %s tells its other changes', (_, id) => {
    const seen = findingOf(id, ending('skipped_exempt'));
    expect(changesIn(JSON.stringify(recordOf('ended', [changed, seen])))).toHaveLength(1);
  });

  it.each(titled(HOSTILE_VALUES))('with %s as a value is refused', (_, value) => {
    for (const side of ['before', 'after']) {
      const finding = { ...changed, change: { ...changed.change, [side]: value } };
      expect(changesIn(textWith(finding))).toBeUndefined();
    }
  });

  it.each(titled(HOSTILE_VALUES))('of a plan from or to %s has nothing to undo', (_, value) => {
    const from = { ...findingOf('con_1'), actual: value };
    expect(changesIn(textWith(from, 'planned'))).toEqual([]);
    const to = { ...findingOf('con_1'), repair: { action: 'set', to: value } };
    expect(changesIn(textWith(to, 'planned'))).toBeUndefined();
  });

  it.each(titled(['delete', '__proto__', MEGABYTE]))('of a plan to %s has nothing to undo', (_, action) => {
    const finding = { ...findingOf('con_1'), repair: { action, to: 'on_first_login' } };
    expect(changesIn(textWith(finding, 'planned'))).toEqual([]);
  });

  it('that changed one connection twice is refused', () => {
    expect(changesIn(JSON.stringify(recordOf('ended', [changed, changed])))).toBeUndefined();
  });

  it.each(titled(['ENDED', '', MEGABYTE]))('in phase %s is refused', (_, phase) => {
    expect(changesIn(JSON.stringify({ ...recordOf('ended', [changed]), phase }))).toBeUndefined();
  });

  it.each(titled(['', '../../x', '__proto__', MEGABYTE]))('of a run named %s is refused', (_, runId) => {
    expect(changesIn(JSON.stringify(recordOf('ended', [changed], { runId })))).toBeUndefined();
  });

  it.each(titled(NOT_JSON))('that reads %s is refused', (_, text) => {
    expect(changesIn(text)).toBeUndefined();
  });

  it('of a newer version is refused, whatever it holds', () => {
    for (const record of [recordOf('ended', [changed]), { later: true }]) {
      expect(parseChanges(JSON.stringify({ ...record, version: 3 }))).toEqual({
        ...{ ok: false, isNewer: true },
        problem:
          'has version 3, and this auditor reads versions up to 2. Deploy the newer version of the auditor again.',
      });
    }
  });

  it('of version 1 names no control, and all its changes are of the one there was', () => {
    const { control: _, ...finding } = changed;
    expect(changesIn(textWith(finding))).toHaveLength(1);
  });

  it('of version 2 reads as it was written', () => {
    expect(changesIn(writeRecord(recordOf('ended', [changed])))).toHaveLength(1);
  });

  it.each(titled([changed.change, { before: 'some', after: 'other' }, null, 'Planted']))(
    'has no change for this control in one of another control: %s',
    (_, change) => {
      const other = { ...changed, control: 'another_setting', change };
      const text = JSON.stringify({ version: 2, ...recordOf('ended', []), report: reportWith([other, changed]) });
      expect(changesIn(text)).toEqual([{ connectionId: 'con_1', before: null, after: 'on_first_login' }]);
    },
  );

  it.each(titled([1, null, {}, ['another_setting']]))('with %s as a control is refused', (_, control) => {
    expect(changesIn(textWith({ ...changed, control }))).toBeUndefined();
  });

  it('gives nothing but ids and values', () => {
    const finding = { ...changed, change: { ...changed.change, options: { client_secret: 'Planted' } } };
    expect(changesIn(textWith(finding))).toEqual([{ connectionId: 'con_1', before: null, after: 'on_first_login' }]);
  });
});

function textWith(finding: object, phase: 'planned' | 'ended' = 'ended'): string {
  return JSON.stringify({ ...recordOf(phase, []), report: reportWith([finding]) });
}

function reportWith(findings: readonly object[]): object {
  return { ...recordOf('ended', []).report, findings };
}

function changesIn(text: string) {
  const parsed = parseChanges(text);
  return parsed.ok ? parsed.changes : undefined;
}
