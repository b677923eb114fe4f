import { readFileSync } from 'node:fs';
import path from 'node:path';
import { SETTING } from '../../lambda/connection/setting';
import { createHistory } from '../../lambda/history/keep';
import { parseRun } from '../../lambda/history/parse-record';
import { parseState } from '../../lambda/history/parse-state';
import { EMPTY_STATE, type Hold } from '../../lambda/history/state';
import type { Announcement } from '../../lambda/run/world';
import { connectionWith, never, odd } from '../connection/sample-connection';
import { createMemoryStore } from '../history/memory-store';
import { audit } from '../run/fake-audit';
import { VERSIONS } from './versions';

const TENANT = 'example.eu.auth0.com';
const STATE = `${TENANT}/state.json`;
const SETTING_PARTS = ['findings', 'resolved', 'repairs'] as const;

function read(version: string, file: string): string {
  return readFileSync(path.join(__dirname, version, file), 'utf8');
}

/** The connections with findings in the state of 0.1.0, unchanged, and one that drifted since. */
const CONNECTIONS = [
  connectionWith(
    { id: 'con_RdsuN3jzzpGih9Js', name: 'hooli-workspace', strategy: 'google-apps' },
    { rootAttributes: never },
  ),
  connectionWith({ id: 'con_lXj11JeiH7HRupHj', name: 'undocumented-value' }, { rootAttributes: odd }),
  connectionWith(
    { id: 'con_LSiawTKIc8Efe1Wp', name: 'customers-encrypted-fine', strategy: 'auth0' },
    { rootAttributes: never, customDatabase: true },
  ),
  connectionWith(
    { id: 'con_W4rA3y1BoKd4PhjH', name: 'future-strategy', strategy: 'quantum-id' },
    { rootAttributes: never },
  ),
  {
    ...connectionWith({ id: 'con_UltQa0UZo8ajYFEI', name: 'empty-options', strategy: 'samlp' }),
    options: { visibility: 'empty' },
  } as const,
  connectionWith({ id: 'con_new', name: 'new' }, { rootAttributes: never }),
];

/** One run in report mode on a history with this state, the morning after the last run of the state. */
async function runOver(state: string) {
  const store = createMemoryStore();
  store.put(STATE, state);
  const history = createHistory(store, TENANT);
  const told: Announcement[] = [];
  let time = Date.parse('2026-01-08T04:30:00.000Z');
  const { report } = await audit({
    connections: CONNECTIONS,
    readConnection: async () => undefined,
    run: { runId: 'run-after', tenant: TENANT },
    world: {
      history,
      now: () => {
        time += 1000;
        return time;
      },
      tell: async (announcement) => {
        told.push(announcement);
        return { told: { people: true, machines: true }, untold: [] };
      },
    },
  });
  const after = await history.readState();
  return { report, told, written: JSON.parse(store.texts.get(STATE) ?? ''), state: after.state };
}

describe.each(VERSIONS)('a history of version %s', (version) => {
  test('a state.json of an earlier version is read completely', () => {
    const text = read(version, 'state.json');
    const state = JSON.parse(text);
    const formerIds = Object.keys(state.findings);
    const control = SETTING_PARTS.map((part) => [part, state[part]]);
    const holds = Object.entries<Hold>(state.holds).map(([id, hold]) => [id, { ...hold, by: null }]);
    expect(parseState(text)).toEqual({
      ok: true,
      state: {
        ...EMPTY_STATE,
        ...Object.fromEntries(control),
        ...{ holds: Object.fromEntries(holds), formerIds, lastTold: state.lastTold, trend: state.trend },
      },
    });
  });

  test('a run keeps the content of a state of an earlier version and writes it as version 2', async () => {
    const before = JSON.parse(read(version, 'state.json'));
    const { report, written, state } = await runOver(read(version, 'state.json'));
    const { [SETTING]: control } = written.controls;
    expect(written).toMatchObject({ version: 2, controls: { [SETTING]: { formerIds: [] } } });
    expect(Object.keys(written)).toEqual([
      ...[
        'version',
        'controls',
        'lastTold',
        'writesStoppedSince',
        'lastListing',
        'acceptedEmpty',
        'keptPolicy',
        'trend',
        'runs',
      ],
    ]);
    expect(written.lastListing.sample.toSorted()).toEqual(CONNECTIONS.map(({ id }) => id).toSorted());
    expect(written.trend.slice(0, -1)).toEqual(before.trend);
    for (const part of ['resolved', 'repairs']) expect(control[part]).toEqual(before[part]);
    expect(control.holds).toMatchObject(before.holds);
    const seen = report.findings.map(({ connection, lifecycle, firstSeen }) => [connection.id, lifecycle, firstSeen]);
    for (const [id, { firstSeen }] of Object.entries<{ firstSeen: string }>(before.findings)) {
      expect(seen).toContainEqual([id, 'open', firstSeen]);
      expect(control.findings[id].firstSeen).toBe(firstSeen);
    }
    expect(seen).toContainEqual(['con_new', 'new', report.startedAt]);
    expect(report.findings.find(({ connection }) => connection.id === 'con_RdsuN3jzzpGih9Js')?.outcome).toBe('held');
    expect(parseState(JSON.stringify(written))).toEqual({ ok: true, state });
  });

  test('only the first run after an upgrade passes each known finding to be closed under its former id', async () => {
    const { told, written } = await runOver(read(version, 'state.json'));
    const closed = told[0]?.formerFindings.map(({ connection }) => connection.id);
    expect(closed).toEqual(Object.keys(JSON.parse(read(version, 'state.json')).findings));
    expect((await runOver(JSON.stringify(written))).told[0]?.formerFindings).toEqual([]);
  });

  test.each(['planned', 'ended'])('a run can be undone from its %s record of an earlier version', (phase) => {
    const parsed = parseRun(read(version, `${phase}-record.json`));
    expect(parsed).toMatchObject({
      tenant: 'example.eu.auth0.com',
      run: { runId: '2026-11-02T04-30-00Z-22222222', kind: 'repair', phase, change: { by: null, isCut: false } },
    });
    const changes = parsed.ok ? parsed.run.undoable : [];
    expect(changes).toHaveLength(12);
    expect(changes).toContainEqual(
      expect.objectContaining({ connectionId: 'con_S32fHk55JgdFLLK6', before: 'never_on_login', after: null }),
    );
  });
});

test('a state keeps the keys of a later version in a run with new, open and resolved findings', async () => {
  const entry = { code: 'WRONG_VALUE', firstSeen: '2026-01-05T04:30:00.000Z', name: 'x', strategy: 'oidc' };
  const known = { ...entry, outcome: 'planned', later: ['entry'] };
  const hold = { runId: 'run-0', since: entry.firstSeen, expectation: 'default: on_each_login', later: 'hold' };
  const point = { runId: 'run-0', at: entry.firstSeen, complete: true, listed: 1, noncompliant: 1 };
  const before = {
    version: 2,
    later: { file: null },
    controls: {
      another_setting: { findings: 'of another kind' },
      [SETTING]: {
        later: 'control',
        findings: { con_RdsuN3jzzpGih9Js: known, con_gone: known },
        resolved: { con_old: { code: 'WRONG_VALUE', at: entry.firstSeen, later: 1 } },
        repairs: {},
        holds: { con_held: hold },
      },
    },
    lastTold: null,
    trend: [{ ...point, indeterminate: 0, exempt: 0, remediated: 0, later: 'point' }],
  };
  const { report, written } = await runOver(JSON.stringify(before));
  const { [SETTING]: control, ...others } = written.controls;
  expect(written.later).toEqual({ file: null });
  expect(others).toEqual({ another_setting: { findings: 'of another kind' } });
  expect(control.later).toBe('control');
  expect(control.findings.con_RdsuN3jzzpGih9Js).toMatchObject({ outcome: 'planned', later: ['entry'] });
  expect(control.findings.con_gone).toBeUndefined();
  expect(control.resolved).toMatchObject({ con_gone: { code: 'WRONG_VALUE' }, con_old: { later: 1 } });
  expect(control.holds).toEqual({ con_held: { ...hold, by: null } });
  expect(written.trend).toMatchObject([{ runId: 'run-0', later: 'point' }, { runId: 'run-after' }]);
  expect(JSON.stringify(report)).not.toContain('later');
});
