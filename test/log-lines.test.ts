import { keysOf } from '../lambda/connection/tables';
import type { Report } from '../lambda/judge/report';
import { LOG_LINES, type LogLine, linesOf } from '../lambda/log-lines';
import { findingOf } from './history/sample-record';
import { reportOf } from './report/report-samples';

const USAGE = { requests: 7, rateLimited: 2, rateLimitWaitMs: 1_500 };
const WRITTEN = {
  before: 'never_on_login',
  after: 'on_each_login',
  otherKeysChanged: [],
  windowMs: 60,
  writtenAt: '2026-11-23T04:30:02.000Z',
} as const;
const RESOLVED: Report['resolved'][number] = {
  ...{ control: 'set_user_root_attributes', code: 'WRONG_VALUE', firstSeen: '2026-11-20T04:30:00.000Z' },
  ...{ connection: { id: 'con_9', name: 'nine', strategy: 'okta' }, how: 'compliant' },
};

function linesIn(report: Partial<Report>): readonly LogLine[] {
  return [...linesOf(reportOf(report), USAGE)];
}

function messagesIn(report: Partial<Report>): readonly string[] {
  return linesIn(report).map(({ message }) => message);
}

const KNOWN = { lifecycle: 'open' } as const;

test.each<[claim: string, report: Partial<Report>, messages: readonly string[]]>([
  ['a run without news logs only its end', { findings: [findingOf('con_1', KNOWN)] }, ['run ended']],
  ['a new finding is logged as a line', { findings: [findingOf('con_1')] }, ['finding', 'run ended']],
  [
    'a reopened finding is logged as a line',
    { findings: [findingOf('con_1', { lifecycle: 'reopened' })] },
    ['finding', 'run ended'],
  ],
  [
    'a write is logged as a line in addition to its finding',
    { findings: [findingOf('con_1', { ...KNOWN, outcome: 'remediated', change: WRITTEN })] },
    ['write', 'finding', 'run ended'],
  ],
  [
    'a known finding whose repair failed is logged as a line, and fails the run',
    { findings: [findingOf('con_1', { ...KNOWN, outcome: 'failed' })] },
    ['finding', 'run ended', 'run failed'],
  ],
  ['a resolved finding is logged as a line', { resolved: [RESOLVED] }, ['finding resolved', 'run ended']],
  ['a message that was not sent fails the run', { untold: ['SNS refused it.'] }, ['run ended', 'run failed']],
])('%s', (_claim, report, messages) => {
  expect(messagesIn(report)).toEqual(messages);
});

test('an absent value is logged as "absent", because the logger drops null', () => {
  const [line] = linesIn({
    findings: [findingOf('con_1', { outcome: 'remediated', change: { ...WRITTEN, before: null } })],
  });
  expect(line).toMatchObject({ message: 'write', values: { from: 'absent', to: 'on_each_login' } });
});

test('a write with an unknown result is logged as a line', () => {
  const lost = findingOf('con_1', { outcome: 'failed_verification', change: null });
  expect(messagesIn({ findings: [lost] })).toContain('write');
});

test('the first 1,000 lines of a kind are logged, and the number of omitted lines', () => {
  const findings = Array.from({ length: 1_003 }, (_, index) => findingOf(`con_${index}`));
  const lines = linesIn({ findings });
  expect(lines.filter(({ message }) => message === 'finding')).toHaveLength(1_000);
  expect(lines.find(({ message }) => message === 'lines left out')?.values).toEqual({
    ...{ runId: reportOf().runId, kind: 'finding', count: 3 },
  });
  expect(messagesIn({ findings: findings.slice(0, 1_000) })).not.toContain('lines left out');
});

test('the name of a connection is cut after 200 characters', () => {
  const [line] = linesIn({
    findings: [findingOf('con_1', { connection: { ...findingOf('con_1').connection, name: 'x'.repeat(5_000) } })],
  });
  expect(line?.values.connectionName).toBe('x'.repeat(200));
});

/** Messages of other entry points: reporting.ts logs them, test/handler.test.ts tests them. */
const OF_HANDLER = ['another run reports this event', 'watch'];

test('every line has the fields of the contract, in their order', () => {
  const findings = Array.from({ length: 1_001 }, (_, index) =>
    findingOf(`con_${index}`, { outcome: 'failed', change: WRITTEN }),
  );
  const fields = new Map(
    linesIn({ findings, resolved: [RESOLVED] }).map(({ message, values }) => [message, Object.keys(values)]),
  );
  for (const message of keysOf(LOG_LINES)) {
    if (OF_HANDLER.includes(message)) continue;
    expect([message, fields.get(message)]).toEqual([message, LOG_LINES[message].fields]);
  }
});
