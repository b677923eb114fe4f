import { changedBy, changeOf as changeOfRun } from '../../lambda/history/own-change';
import type { ChangedConnection } from '../../lambda/judge/change';
import type { Finding } from '../../lambda/judge/finding';
import { ending } from '../../lambda/judge/outcome';
import { remove } from '../judge/sample-repair';
import { changeOf, findingOf, NOW, RUN, reportOf } from './sample-record';

const AT = '2026-11-23T04:29:00.000Z';
const written = { change: changeOf({ before: 'never_on_login', writtenAt: NOW }) };
type Came = Partial<ChangedConnection> | undefined;

describe('what a finding tells that was changed', () => {
  const CASES: readonly [claim: string, finding: Partial<Finding>, ofPlan: Came, ofEnd: Came][] = [
    [
      'a verified write, with its own time',
      ending('remediated', written),
      { before: 'never_on_login', after: 'on_first_login', result: 'verified', at: NOW },
      { before: 'never_on_login', after: 'on_first_login', result: 'verified', at: NOW },
    ],
    [
      'a write after which something else differs',
      ending('failed_verification', written),
      { result: 'unverified', at: NOW },
      { result: 'unverified', at: NOW },
    ],
    [
      'a repair that an error of our own ended: nobody knows what was written',
      { ...ending('failed_verification'), actual: 'never_on_login' },
      { before: 'never_on_login', after: 'on_first_login', result: 'unverified', at: AT },
      { before: 'never_on_login', after: 'on_first_login', result: 'unverified', at: AT },
    ],
    [
      'a planned write: only a record from before the first write tells it',
      { actual: null },
      { before: null, after: 'on_first_login', result: 'unknown', at: AT },
      undefined,
    ],
    [
      'a planned removal',
      { actual: 'on_first_login', repair: remove() },
      { before: 'on_first_login', after: null, result: 'unknown', at: AT },
      undefined,
    ],
    ['a plan from an undocumented value', { actual: 'sometimes' }, undefined, undefined],
    ['a plan that needs a person', { repair: { action: 'manual', reason: 'masked_secret' } }, undefined, undefined],
    ['a write that failed', ending('failed'), undefined, undefined],
    ['a write that was stopped', ending('skipped_stopped', { stopped: 'time' }), undefined, undefined],
    ['a held connection', ending('held'), undefined, undefined],
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

  it('a name and a strategy of a million characters, enough of each to recognise it by', () => {
    const connection = { id: 'con_1', name: 'n'.repeat(1e6), displayName: null, strategy: 's'.repeat(1e6) };
    const [changed] = changedBy(findingOf('con_1', { connection }), { at: AT, isPlan: true });
    expect([changed?.name.length, changed?.strategy.length]).toEqual([200, 200]);
  });
});

describe('the change of a run', () => {
  it('names the run, its time and the person, and what was written alone', () => {
    const report = reportOf([findingOf('con_1', ending('remediated', written)), findingOf('con_2', ending('failed'))]);
    expect(changeOfRun(report, 'ann on laptop')).toEqual({
      ...{ runId: RUN, kind: 'repair', at: NOW, by: 'ann on laptop', reason: null, of: null, isCut: false },
      connections: [expect.objectContaining({ id: 'con_1', result: 'verified' })],
    });
  });

  it('is none where nothing was written', () => {
    expect(changeOfRun(reportOf([findingOf('con_1'), findingOf('con_2', ending('failed'))]), null)).toBeUndefined();
  });
});
