import { writeFormat } from '../../../cli/formats/formats';
import type { Attribution } from '../../../lambda/judge/finding';
import { ending } from '../../../lambda/judge/outcome';
import { writeMail } from '../../../lambda/report/mail/mail';
import {
  describeAuthor,
  describeMoment,
  explainUnknownAuthors,
  quoteAuthor,
  UNKNOWN_AUTHOR_WORDS,
} from '../../../lambda/report/words/author';
import { describeAge, describeChanges, isFirstRun, nameLifecycle } from '../../../lambda/report/words/lifecycle';
import { consoleLink } from '../../../lambda/report/words/places';
import { FIRST_RUN, NOTHING_CHANGED, REPAIRED_AND_REFUSED } from '../five-runs';
import { UNKNOWN_AUTHORS } from '../hostile-reports';
import { changeOf } from '../remediation-samples';
import { findingOf, NOTHING_READ, reportOf } from '../report-samples';

const { trend } = NOTHING_CHANGED;
const later = (change: Parameters<typeof reportOf>[0] = {}) => reportOf({ trend, ...change });
const PERSON = {
  ...{ kind: 'known', at: '2026-11-22T14:03:09.000Z', channel: 'dashboard', email: 'ann@example.com' },
  ...{ clientName: null, clientId: null, address: '203.0.113.7', userAgent: 'Mozilla/5.0' },
} as const satisfies Attribution;
const OURS = { kind: 'ours', runId: '2026-11-19T04-30-00Z-77ab01c4', at: PERSON.at } as const;
const PROGRAM = { ...PERSON, channel: 'api', email: null, clientName: 'terraform', clientId: 'aB3' } as const;

describe('the author of a change', () => {
  test.each<[words: string, author: Attribution]>([
    ['changed by ann@example.com in the Dashboard, 2026-11-22 14:03 UTC, from 203.0.113.7', PERSON],
    ['changed in the Dashboard, 2026-11-22 14:03 UTC', { ...PERSON, email: null, address: null, userAgent: null }],
    ['changed by the application terraform, aB3, 2026-11-22 14:03 UTC, from 203.0.113.7', PROGRAM],
    ['changed by the application aB3, 2026-11-22 14:03 UTC', { ...PROGRAM, clientName: null, address: null }],
    [
      'changed by an unnamed application, 2026-11-22 14:03 UTC',
      { ...PROGRAM, clientName: null, clientId: null, address: null },
    ],
    [
      'changed by a repair of run 2026-11-19T04-30-00Z-77ab01c4, 2026-11-22 14:03 UTC',
      { ...OURS, change: 'repair', by: null },
    ],
    [
      'changed by a repair of run 2026-11-19T04-30-00Z-77ab01c4, 2026-11-22 14:03 UTC',
      { ...OURS, change: 'repair', by: 'ann on laptop' },
    ],
    [
      'changed by ann on laptop with the undo 2026-11-19T04-30-00Z-77ab01c4, 2026-11-22 14:03 UTC',
      { ...OURS, change: 'undo', by: 'ann on laptop' },
    ],
    ['changed by the undo 2026-11-19T04-30-00Z-77ab01c4, 2026-11-22 14:03 UTC', { ...OURS, change: 'undo', by: null }],
  ])('the author is described as "%s"', (words, author) => {
    expect(describeAuthor(author)).toBe(words);
  });

  test('an unknown author has no line, and each reason has a different text', () => {
    expect(describeAuthor(null)).toBeUndefined();
    for (const why of UNKNOWN_AUTHORS) {
      expect(describeAuthor({ kind: 'unknown', why })).toBeUndefined();
      expect(UNKNOWN_AUTHOR_WORDS[why]).toMatch(/^unknown[:.] .*\.$/);
    }
    expect(new Set(Object.values(UNKNOWN_AUTHOR_WORDS)).size).toBe(UNKNOWN_AUTHORS.length);
    expect(UNKNOWN_AUTHOR_WORDS.not_in_log).toContain("older than the log's retention");
  });

  test.each([
    [['no_scope'], 'The author of this change is unknown. Grant'],
    [['no_scope', 'no_scope'], 'The author of these changes is unknown. Grant'],
    [['no_scope', null], 'The author of 1 of these changes is unknown. Grant'],
  ] as const)('a list with the reasons %j states why authors are unknown: %s', (reasons, words) => {
    const findings = reasons.map((why) => ({ changedBy: why === null ? null : ({ kind: 'unknown', why } as const) }));
    expect(explainUnknownAuthors(findings)).toEqual([expect.stringContaining(words)]);
  });

  test('a mail states why the author of a repaired change is unknown', () => {
    const changedBy = { kind: 'unknown', why: 'not_in_log' } as const;
    const finding = { ...findingOf({ changedBy }), ...ending('remediated', { change: changeOf() }) };
    const { body } = writeMail(reportOf({ mode: 'remediate', findings: [finding] }));
    expect(body.replaceAll(/\s+/g, ' ')).toContain(
      "The author of this change is unknown: the tenant's log has no entry.",
    );
  });

  test.each([
    ['ann@example.com', 'ann@example.com'],
    ['ann.o-neil+x@mail.example.co.uk', 'ann.o-neil+x@mail.example.co.uk'],
    ['<!here>@example.com', '\\u003C!here\\u003E\\u0040example[.]com'],
    ['@channel', '\\u0040channel'],
    ['ann@example.com\nOK: all well', 'ann\\u0040example[.]com\\u000AOK: all well'],
  ])('the author %j is shown as %s', (text, shown) => {
    expect(quoteAuthor(text)).toBe(shown);
  });

  test('no form shows author details that the audit removed', () => {
    const nameless = FIRST_RUN.findings.map((finding) =>
      finding.changedBy?.kind === 'known'
        ? { ...finding, changedBy: { ...finding.changedBy, email: null, address: null, userAgent: null } }
        : finding,
    );
    const report = { ...FIRST_RUN, findings: nameless };
    const forms = (['table', 'json', 'ocsf', 'csv', 'markdown', 'junit', 'html'] as const).map((format) =>
      writeFormat(format, report, { columns: 80 }),
    );
    for (const text of [...forms, writeMail(report).body])
      expect(text).not.toMatch(/robin|203\.0\.113|198\.51|Mozilla/);
  });
});

describe('the lifecycle of a finding', () => {
  const report = later();
  test.each([
    ['2026-11-11T04:30:00.000Z', 'open for 12 days', '12 days'],
    ['2026-11-22T04:30:00.000Z', 'open for 1 day', '1 day'],
    ['2026-11-22T04:30:00.001Z', 'open since today', 'today'],
    ['2027-01-01T00:00:00.000Z', 'open', 'open'],
    ['no time', 'open', 'open'],
    [null, 'open', 'open'],
  ])('a finding first seen at %s is "%s"', (firstSeen, words, name) => {
    expect(describeAge(firstSeen, report)).toBe(words);
    expect(nameLifecycle(findingOf({ lifecycle: 'open', firstSeen }), report)).toBe(name);
  });

  test('the changes since the last run are described in one line', () => {
    expect(describeChanges(REPAIRED_AND_REFUSED)).toBe('5 new, 1 still open (the longest for 19 days), 2 resolved');
    expect(describeChanges(later())).toBe('none');
  });

  test('a run counts as the first run until a run is complete', () => {
    const [earlier] = trend;
    if (earlier === undefined) throw new Error('the sample lacks it');
    expect(isFirstRun(reportOf())).toBe(true);
    expect(isFirstRun(reportOf({ trend: [{ ...earlier, complete: false }] }))).toBe(true);
    expect(isFirstRun(later())).toBe(false);
    expect(isFirstRun(reportOf({ historyFailure: 'The state could not be read.' }))).toBe(false);
  });
});

describe('the mail', () => {
  const old = findingOf({ lifecycle: 'open', firstSeen: '2026-11-11T04:30:00.000Z', severity: 'high' });
  const named = (name: string, change: Parameters<typeof findingOf>[0] = {}) =>
    findingOf({ ...change, connection: { id: `con_${name}`, name } });

  test.each([
    [
      'the subject counts new findings before known findings',
      [named('a'), old],
      '[prod] 1 NEW (MEDIUM): 2 of 60 connections drifted',
    ],
    [
      'the subject counts reopened findings after new findings',
      [named('a'), named('b', { lifecycle: 'reopened' }), old],
      '[prod] 1 NEW (MEDIUM), 1 REOPENED (MEDIUM): 3 of 60 connections drifted',
    ],
    [
      'the subject counts the highest severity if there is no news',
      [old],
      '[prod] 1 HIGH: 1 of 60 connections drifted',
    ],
  ])('%s', (_, findings, subject) => {
    expect(writeMail(later({ findings })).subject).toBe(subject);
  });

  test('a mail explains new findings, and lists known findings with their age', () => {
    const { body } = writeMail(later({ findings: [named('a'), named('b', { lifecycle: 'reopened' }), old] }));
    const order = ['NEW: 1', 'con_a', 'REOPENED: 1', 'con_b', 'STILL OPEN: 1', '12 days  contoso'].map((text) =>
      body.indexOf(text),
    );
    expect(order).toEqual(order.toSorted((a, b) => a - b));
    expect(order).not.toContain(-1);
    expect(body.match(/ {3}Why /g)).toHaveLength(2);
  });

  test('a reminder has neither explanations nor notices', () => {
    const { subject, body } = writeMail({ ...NOTHING_CHANGED, telling: 'reminder' });
    expect(subject).toMatch(/^\[prod\] REMINDER: /);
    expect(body).not.toMatch(/ {3}Why |NOTES|EXEMPT\n/);
    expect(body).toContain('STILL OPEN: 9');
  });

  test('an all-clear has three lines', () => {
    const { subject, body } = writeMail(later({ telling: 'all_clear' }));
    expect(subject).toMatch(/^\[prod\] OK: /);
    expect(body.trimEnd().split('\n')).toHaveLength(3);
  });

  test.each(['reminder', 'all_clear'] as const)('a run with news is described in full, even as %s', (telling) => {
    const { body } = writeMail(later({ ...NOTHING_READ, telling }));
    expect(body).toContain('THIS RUN DID NOT READ EVERYTHING');
    expect(writeMail(later({ findings: [named('a')], telling })).body).toContain(' Why ');
  });

  test('a mail lists resolved findings with the reason', () => {
    const { body } = writeMail(REPAIRED_AND_REFUSED);
    expect(body).toMatch(
      /RESOLVED: 2\n {2}- con_treyAbCdEfGhIjKl {2}oidc\n {4}trey-research\n {4}now complies with the policy/,
    );
  });
});

describe('the place of the full report', () => {
  test.each([
    [
      's3://history/a/b.html',
      'eu-central-1',
      'https://eu-central-1.console.aws.amazon.com/s3/object/history?prefix=a/b.html',
    ],
    [
      's3://history/a%3A1/b.html',
      'eu-central-1',
      'https://eu-central-1.console.aws.amazon.com/s3/object/history?prefix=a%253A1/b.html',
    ],
    ['s3://history/a', 'cn-north-1', 'https://cn-north-1.console.amazonaws.cn/s3/object/history?prefix=a'],
    [
      's3://history/a',
      'us-gov-west-1',
      'https://us-gov-west-1.console.amazonaws-us-gov.com/s3/object/history?prefix=a',
    ],
    ['s3://history/a', 'us-iso-east-1', undefined],
    ['s3://history/a', undefined, undefined],
    ['s3://history/a', 'evil.example/', undefined],
    ['s3://history/a?b=c', 'eu-central-1', undefined],
    ['https://evil.example/', 'eu-central-1', undefined],
    ['/home/ann/.history/runs/x.html', 'eu-central-1', undefined],
  ])('the console link of %s in the region %s is safe', (place, region, link) => {
    expect(consoleLink(place, region)).toBe(link);
  });

  test('a mail prints a folder unchanged, and states if the report was not kept', () => {
    const places = { record: '/home/ann/history/x.json', html: '/home/ann/history/x.html' };
    expect(writeMail(later({ findings: [findingOf()], places })).body).toContain('\n  /home/ann/history/x.html\n');
    expect(writeMail(later({ findings: [findingOf()] })).body).toContain('The report was not kept.');
  });
});

test.each([
  ['2026-11-22T14:03:09.120Z', '2026-11-22 14:03 UTC'],
  ['2026-11-22T14:03:09+02:00', '2026-11-22 12:03 UTC'],
  ['planted', 'at an invalid time'],
])('the moment %s is shown as "%s"', (at, words) => {
  expect(describeMoment(at)).toBe(words);
});

test('a text that the date parser accepts by accident is never printed itself', () => {
  expect(describeMoment('#0')).toMatch(/^\d{4}-\d{2}-\d{2} \d{2}:\d{2} UTC$/);
});
