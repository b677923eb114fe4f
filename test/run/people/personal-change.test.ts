import type { History } from '../../../lambda/history/history';
import { createHistory } from '../../../lambda/history/keep';
import { changeBy, keepChange, type Person } from '../../../lambda/run/people/personal-change';
import { createMemoryStore } from '../../history/memory-store';
import { NOW, TENANT } from '../../history/sample-record';
import { audit } from '../fake-audit';

const PERSON: Person = {
  ...{ runId: 'release-1', environment: 'prod', tenant: TENANT, by: 'ann on laptop', reason: 'fixed upstream' },
  quarantine: { repairs: 3, days: 7 },
};
const CHANGE = changeBy(PERSON, { kind: 'release', of: 'run-0', at: Date.parse(NOW) });
const acceptedEmpty = { at: NOW, by: PERSON.by };

function open() {
  const store = createMemoryStore();
  const history = createHistory(store, TENANT);
  const keep = (on: History = history) =>
    keepChange(on, { person: PERSON, change: CHANGE }, (state) => ({ ...state, acceptedEmpty }));
  return { store, history, keep };
}

describe('a manual change', () => {
  it('a manual change contains who made it, when, why and for which run', () => {
    expect(CHANGE).toEqual({
      ...{ runId: 'release-1', kind: 'release', at: NOW, by: 'ann on laptop', reason: 'fixed upstream', of: 'run-0' },
      ...{ isCut: false, connections: [] },
    });
  });

  it('a manual change is kept in a record and in the state, to be reported to everyone', async () => {
    const { history, keep } = open();
    expect(await keep()).toBeNull();
    expect(await history.readRun('release-1')).toMatchObject({ kind: 'release', phase: 'ended', change: CHANGE });
    expect((await history.readState()).state).toMatchObject({
      acceptedEmpty,
      changes: [{ runId: 'release-1', connections: 0 }],
      unreported: { 'release-1': { change: CHANGE, people: true, machines: true, claim: null } },
    });
  });

  it('a manual change is reported immediately by the next run, and by no later run', async () => {
    const { history, keep } = open();
    await keep();
    const told: unknown[] = [];
    for (const runId of ['run-1', 'run-2']) {
      await audit({
        run: { runId },
        world: {
          history,
          tell: async ({ report: { telling, earlierChanges } }) => {
            told.push([telling, earlierChanges.map(({ change }) => change.runId)]);
            return { told: { people: true, machines: true }, untold: [] };
          },
        },
      });
    }
    expect(told).toEqual([
      ['at_once', ['release-1']],
      ['nothing_new', []],
    ]);
  });

  it.each([
    { part: 'runs/', isRecorded: false },
    { part: 'state.json', isRecorded: true },
  ])(
    'a manual change that cannot be kept in $part reports that, and changes no state',
    async ({ part, isRecorded }) => {
      const { store, history, keep } = open();
      store.failWhen((operation, key) => operation === 'write' && key.includes(part));
      expect(await keep()).toContain(part);
      store.failWhen(() => false);
      expect((await history.readRun('release-1')) !== undefined).toBe(isRecorded);
      expect((await history.readState()).version).toBeUndefined();
    },
  );
});
