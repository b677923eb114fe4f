import { changedBy, changeOf as changeOfRun } from '../../lambda/history/own-change';
import type { ChangedConnection } from '../../lambda/judge/change';
import type { Finding } from '../../lambda/judge/finding';
import { ending } from '../../lambda/judge/outcome';
import { remove } from '../judge/sample-repair';
import { changeOf, findingOf, NOW, RUN, reportOf } from './sample-record';

const AT = '2026-11-23T04:29:00.000Z';
const written = { change: changeOf({ before: 'never_on_login', writtenAt: NOW }) };
type Came = Partial<ChangedConnection> | undefined;

describe('the change in a finding', () => {
  const CASES: readonly [claim: string, finding: Partial<Finding>, ofPlan: Came, ofEnd: Came][] = [
    [
      'a verified write is a change with the time of the write',
      ending('remediated', written),
      { before: 'never_on_login', after: 'on_first_login', result: 'verified', at: NOW },
      { before: 'never_on_login', after: 'on_first_login', result: 'verified', at: NOW },
    ],
    [
      'a write after which something else differs is an unverified change',
      ending('failed_verification', written),
      { result: 'unverified', at: NOW },
      { result: 'unverified', at: NOW },
    ],
    [
      'a repair that ended in an internal error is an unverified change',
      { ...ending('failed_verification'), actual: 'never_on_login' },
      { before: 'never_on_login', after: 'on_first_login', result: 'unverified', at: AT },
      { before: 'never_on_login', after: 'on_first_login', result: 'unverified', at: AT },
    ],
    [
      'a planned write is a change only in a planned record',
      { actual: null },
      { before: null, after: 'on_first_login', result: 'unknown', at: AT },
      undefined,
    ],
    [
      'a planned removal is a change only in a planned record',
      { actual: 'on_first_login', repair: remove() },
      { before: 'on_first_login', after: null, result: 'unknown', at: AT },
      undefined,
    ],
    ['a plan from an undocumented value is not a change', { actual: 'sometimes' }, undefined, undefined],
    [
      'a manual repair is not a change',
      { repair: { action: 'manual', reason: 'masked_secret' } },
      undefined,
      undefined,
    ],
    ['a failed write is not a change', ending('failed'), undefined, undefined],
    ['a stopped write is not a change', ending('skipped_stopped', { stopped: 'time' }), undefined, undefined],
    ['a connection on hold has no change', ending('held'), undefined, undefined],
  ];
  it.each(CASES)('%s', (_, finding, ofPlan, ofEnd) => {
    for (const [isPlan, came] of [
      [true, ofPlan],
      [false, ofEnd],
    ] as const) {
      const changed = changedBy(findingOf('con_1', finding), { at: AT, isPlan });
      expect(changed).toEqual(came === undefined ? [] : [expect.objectContaining({ id: 'con_1', ...came })]);
    }
  });

  it('a name and a strategy of a million characters are cut in a change', () => {
    const connection = { id: 'con_1', name: 'n'.repeat(1e6), displayName: null, strategy: 's'.repeat(1e6) };
    const [changed] = changedBy(findingOf('con_1', { connection }), { at: AT, isPlan: true });
    expect([changed?.name.length, changed?.strategy.length]).toEqual([200, 200]);
  });
});

describe('the change of a run', () => {
  it('the change of a run contains the run, its time, the operator and only the written connections', () => {
    const report = reportOf([findingOf('con_1', ending('remediated', written)), findingOf('con_2', ending('failed'))]);
    expect(changeOfRun(report, 'ann on laptop')).toEqual({
      ...{ runId: RUN, kind: 'repair', at: NOW, by: 'ann on laptop', reason: null, of: null, isCut: false },
      connections: [expect.objectContaining({ id: 'con_1', result: 'verified' })],
    });
  });

  it('a run that wrote nothing has no change', () => {
    expect(changeOfRun(reportOf([findingOf('con_1'), findingOf('con_2', ending('failed'))]), null)).toBeUndefined();
  });
});
