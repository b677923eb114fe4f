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
  ['a complete run that was reported has RunCompleted 1', {}, { RunCompleted: 1 }],
  ['an incomplete run has RunCompleted 0', { complete: false }, { RunCompleted: 0 }],
  ['a run with an unsent message has RunCompleted 0', { untold: FAILED }, { RunCompleted: 0 }],
  ['judged connections are counted', { coverage: { listed: 80, judged: 70 } }, { ConnectionsJudged: 70 }],
  ['the number of subscribers is that of the report', { subscribers: 0 }, { ConfirmedSubscribers: 0 }],
  ['an unknown number of subscribers is absent, not 0', { subscribers: null }, { ConfirmedSubscribers: undefined }],
  ['a tenant without findings has OldestFindingDays 0', {}, { OldestFindingDays: 0 }],
  [
    'the age of the oldest open finding is counted in days',
    { findings: [seen(3), seen(10), seen(1)] },
    { OldestFindingDays: 10, Noncompliant: 3 },
  ],
  [
    'a repaired finding does not count as the oldest open finding',
    { findings: [seen(3), { ...seen(10), outcome: 'remediated' }] },
    { OldestFindingDays: 3 },
  ],
  ['a run in report mode has no metric of the kill switch', {}, { WritesStoppedDays: undefined }],
  ['a kill switch on allow has WritesStoppedDays 0', { mode: 'remediate' }, { WritesStoppedDays: 0 }],
  [
    'the days of a stop are whole, with two hours of tolerance',
    { mode: 'remediate', notices: [stopped(new Date(AT - 7 * DAY + 3_600_000).toISOString())] },
    { WritesStoppedDays: 7 },
  ],
  [
    'a stop with an unknown start has no days',
    { mode: 'remediate', notices: [stopped(null)] },
    { WritesStoppedDays: undefined },
  ],
  [
    'an open finding of unknown age makes OldestFindingDays absent',
    { findings: [seen(3), { ...seen(2), firstSeen: null }] },
    { OldestFindingDays: undefined },
  ],
  ['a run whose history failed has RunCompleted 0', { historyFailure: 'Reading: AccessDenied.' }, { RunCompleted: 0 }],
  [
    'a stop three hours short of a day counts 0 days',
    { mode: 'remediate', notices: [stopped(new Date(AT - DAY + 3 * 3_600_000).toISOString())] },
    { WritesStoppedDays: 0 },
  ],
])('%s', (_claim, report, metrics) => {
  expect(measured(report)).toMatchObject(withoutUnknown(metrics));
  for (const [name, value] of Object.entries(metrics))
    if (value === undefined) expect(measured(report)).not.toHaveProperty(name);
});

test('the metrics of requests, rate-limited requests and waiting time are those of the run', () => {
  expect(measured({})).toMatchObject({ Requests: 7, RateLimitedRequests: 2, RateLimitWait: 1.5 });
});

test('the age of the secret is in whole days, and absent if the secret was not read', () => {
  expect(measured({})).toMatchObject({ SecretAgeDays: 400 });
  expect(measured({}, { secretWrittenAt: undefined })).not.toHaveProperty('SecretAgeDays');
});

test('used memory is a percentage of the limit, and absent if the limit is unknown', () => {
  expect(measured({})).toMatchObject({ MemoryUsedPercent: 30 });
  expect(measured({}, { memory: { used: 300, limit: 0 } })).not.toHaveProperty('MemoryUsedPercent');
});

/** If no repair was due, nothing is counted. */
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

test.each(keysOf(OUTCOMES))('the outcome %s is counted only by its metric', (outcome) => {
  const counted = Object.entries(measured({ findings: [findingOf('con_1', { outcome })] })).filter(
    ([name, value]) => name.startsWith('Repairs') && value !== 0,
  );
  expect(counted).toEqual(COUNTED[outcome] === undefined ? [] : [[COUNTED[outcome], 1]]);
});

test.each(SEVERITIES)(
  'an open finding of severity %s is counted by its metric, which is 0 without such a finding',
  (severity) => {
    const name = `Findings${severity.charAt(0).toUpperCase()}${severity.slice(1)}`;
    expect(measured({ findings: [findingOf('con_1', { severity })] })).toMatchObject({ [name]: 1 });
    expect(measured({ findings: [] })).toMatchObject({ [name]: 0 });
  },
);

test('a repaired finding does not count as an open finding of its severity', () => {
  const repaired = findingOf('con_1', { severity: 'high', outcome: 'remediated' });
  expect(measured({ findings: [repaired] })).toMatchObject({ FindingsHigh: 0, RepairsVerified: 1 });
});

test('a run measures every metric except the metric of the watch event', () => {
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
