import { keysOf } from '../lambda/connection/tables';
import { SEVERITIES } from '../lambda/contract';
import type { Notice } from '../lambda/judge/notice';
import { OUTCOMES, type Outcome } from '../lambda/judge/outcome';
import type { Report } from '../lambda/judge/report';
import { measure } from '../lambda/measure';
import { METRICS, type MetricName } from '../lambda/metrics';
import { findingOf } from './history/sample-record';
import { reportOf } from './report/report-samples';

const AT = Date.parse('2026-11-23T04:30:00.000Z');
const DAY = 86_400_000;
const USAGE = { requests: 7, rateLimited: 2, rateLimitWaitMs: 1_500 };
const MEASURED = { usage: USAGE, secretWrittenAt: AT - 400 * DAY, memory: { used: 300, limit: 1_000 } };

function measured(report: Partial<Report>, change: Partial<Parameters<typeof measure>[1]> = {}) {
  return measure(reportOf({ finishedAt: new Date(AT).toISOString(), ...report }), { ...MEASURED, ...change });
}

const FAILED = ['SNS refused the message.'];

test.each<[claim: string, report: Partial<Report>, metrics: Partial<Record<MetricName, number | undefined>>]>([
  ['a complete run that was told completed', {}, { RunCompleted: 1 }],
  ['an incomplete run did not complete', { complete: false }, { RunCompleted: 0 }],
  ['a run that somebody was not told of did not complete', { untold: FAILED }, { RunCompleted: 0 }],
  ['judged connections are counted', { coverage: { listed: 80, judged: 70 } }, { ConnectionsJudged: 70 }],
  ['subscribers are those of the report', { subscribers: 0 }, { ConfirmedSubscribers: 0 }],
  ['subscribers that nobody knows are no 0', { subscribers: null }, { ConfirmedSubscribers: undefined }],
  ['a tenant without findings has no age of the oldest', {}, { OldestFindingDays: 0 }],
  [
    'the oldest open finding counts its days',
    { findings: [seen(3), seen(10), seen(1)] },
    { OldestFindingDays: 10, Noncompliant: 3 },
  ],
  [
    'a finding that was repaired is not the oldest open one',
    { findings: [seen(3), { ...seen(10), outcome: 'remediated' }] },
    { OldestFindingDays: 3 },
  ],
  ['a run in report mode says nothing of the kill switch', {}, { WritesStoppedDays: undefined }],
  ['a kill switch on allow has stopped for 0 days', { mode: 'remediate' }, { WritesStoppedDays: 0 }],
  [
    'the days of a stop are whole, with two hours of tolerance',
    { mode: 'remediate', notices: [stopped(new Date(AT - 7 * DAY + 3_600_000).toISOString())] },
    { WritesStoppedDays: 7 },
  ],
  [
    'a stop of which nobody knows the begin has no days',
    { mode: 'remediate', notices: [stopped(null)] },
    { WritesStoppedDays: undefined },
  ],
  [
    'an open finding of unknown age leaves the age of the oldest unknown',
    { findings: [seen(3), { ...seen(2), firstSeen: null }] },
    { OldestFindingDays: undefined },
  ],
  ['a run whose history failed did not complete', { historyFailure: 'Reading: AccessDenied.' }, { RunCompleted: 0 }],
  [
    'a stop that is some hours short of a day counts none',
    { mode: 'remediate', notices: [stopped(new Date(AT - DAY + 3 * 3_600_000).toISOString())] },
    { WritesStoppedDays: 0 },
  ],
])('%s', (_claim, report, metrics) => {
  expect(measured(report)).toMatchObject(withoutUnknown(metrics));
  for (const [name, value] of Object.entries(metrics))
    if (value === undefined) expect(measured(report)).not.toHaveProperty(name);
});

test('requests, refusals for the rate limit and seconds of waiting are those of the run', () => {
  expect(measured({})).toMatchObject({ Requests: 7, RateLimitedRequests: 2, RateLimitWait: 1.5 });
});

test('the age of the secret is in whole days, and absent where the secret was not read', () => {
  expect(measured({})).toMatchObject({ SecretAgeDays: 400 });
  expect(measured({}, { secretWrittenAt: undefined })).not.toHaveProperty('SecretAgeDays');
});

test('memory is a share of the limit, and absent where nobody knows the limit', () => {
  expect(measured({})).toMatchObject({ MemoryUsedPercent: 30 });
  expect(measured({}, { memory: { used: 300, limit: 0 } })).not.toHaveProperty('MemoryUsedPercent');
});

/** Where no repair was to be made, nothing is counted. */
const COUNTED: Readonly<Record<Outcome, MetricName | undefined>> = {
  failed_verification: 'RepairsFailedVerification',
  failed: 'RepairsFailed',
  skipped_stopped: 'RepairsStopped',
  skipped_cap: 'RepairsStopped',
  skipped_incomplete: 'RepairsStopped',
  quarantined: 'RepairsQuarantined',
  skipped_conflict: 'RepairsConflicting',
  skipped_unsafe: 'RepairsManual',
  held: 'RepairsHeld',
  planned: 'RepairsPlanned',
  skipped_grace: undefined,
  skipped_rule: undefined,
  skipped_exempt: undefined,
  remediated: 'RepairsVerified',
  already_compliant: undefined,
  gone: undefined,
};

test.each(keysOf(OUTCOMES))('the outcome %s is counted by its metric alone', (outcome) => {
  const counted = Object.entries(measured({ findings: [findingOf('con_1', { outcome })] })).filter(
    ([name, value]) => name.startsWith('Repairs') && value !== 0,
  );
  expect(counted).toEqual(COUNTED[outcome] === undefined ? [] : [[COUNTED[outcome], 1]]);
});

test.each(SEVERITIES)('an open finding of severity %s is counted by its metric, at 0 without one', (severity) => {
  const name = `Findings${severity.charAt(0).toUpperCase()}${severity.slice(1)}`;
  expect(measured({ findings: [findingOf('con_1', { severity })] })).toMatchObject({ [name]: 1 });
  expect(measured({ findings: [] })).toMatchObject({ [name]: 0 });
});

test('a finding that was repaired is no open finding of its severity', () => {
  const repaired = findingOf('con_1', { severity: 'high', outcome: 'remediated' });
  expect(measured({ findings: [repaired] })).toMatchObject({ FindingsHigh: 0, RepairsVerified: 1 });
});

test('a run measures every metric but that of the watch event', () => {
  const all = measured({ mode: 'remediate' });
  expect(keysOf(METRICS).filter((name) => !Object.hasOwn(all, name))).toEqual(['RunOverdue']);
});

function stopped(since: string | null): Notice {
  return { code: 'WRITES_STOPPED', since, why: 'stop' };
}

function seen(days: number): Report['findings'][number] {
  return findingOf(`con_${days}`, { lifecycle: 'open', firstSeen: new Date(AT - days * DAY).toISOString() });
}

function withoutUnknown(values: object): object {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}
