import { STRATEGY_TABLE_VERSION } from '../../lambda/connection/strategies';
import { TenantFailure } from '../../lambda/connection/tenant';
import { createHistory } from '../../lambda/history/keep';
import { EMPTY_STATE, type TenantState } from '../../lambda/history/state';
import { NothingToRetry } from '../../lambda/repair/retry';
import { connectionWith, first, NOW } from '../connection/sample-connection';
import { createMemoryStore } from '../history/memory-store';
import { audit } from './fake-audit';

const LAST = new Date(NOW - 86_400_000).toISOString();
const STATE: TenantState = {
  ...EMPTY_STATE,
  refusals: {
    con_1: {
      ...{ runs: 3, since: LAST, last: LAST, runId: 'run-0', words: 'Invalid certificate.', value: 'on_first_login' },
      ...{ expectation: 'default: on_each_login', facts: STRATEGY_TABLE_VERSION },
    },
  },
};
const connections = [connectionWith({ id: 'con_1', name: 'contoso' }, { rootAttributes: first })];
const fail = (): never => {
  throw new TenantFailure('no_answer', 'No answer.');
};

async function auditWith(
  retry: readonly string[],
  listed: typeof connections | readonly (() => never)[] = connections,
) {
  const store = createMemoryStore();
  const history = createHistory(store, 'example.eu.auth0.com');
  await history.writeState(STATE, undefined);
  const result = await audit({ connections: listed, run: { retry: new Set(retry) }, world: { history } }).catch(
    (error: unknown) => error,
  );
  return { result, state: (await history.readState()).state, record: await history.readRun('run-1') };
}

test('a paused connection stays a finding in report mode, and its refusals stay', async () => {
  const { result, state } = await auditWith([]);
  expect(result).toMatchObject({ report: { findings: [{ outcome: 'quarantined', quarantine: 'refused' }] } });
  expect(state.refusals).toEqual(STATE.refusals);
  expect(state.findings.con_1?.outcome).toBe('quarantined');
});

test.each(['contoso', 'con_1'])(
  'report mode shows that a paused connection would be tried with --retry %s',
  async (name) => {
    const { result, state } = await auditWith([name]);
    expect(result).toMatchObject({ report: { findings: [{ outcome: 'planned', quarantine: null, refusal: null }] } });
    expect(state.refusals).toEqual(STATE.refusals);
  },
);

test('a run that must retry a name without a finding ends before it keeps or sends anything', async () => {
  const { result, state, record } = await auditWith(['contoso', 'contso']);
  expect(result).toEqual(new NothingToRetry(['contso']));
  expect(state).toEqual(STATE);
  expect(record).toBeUndefined();
});

test('an incomplete run reports that it is incomplete, and nothing about a --retry name that it has not seen', async () => {
  const { result } = await auditWith(['contso'], [fail]);
  expect(result).toMatchObject({ report: { complete: false, incomplete: { reason: 'no_answer' } } });
});
