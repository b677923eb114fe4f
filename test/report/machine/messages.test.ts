import fc from 'fast-check';
import type { Report } from '../../../lambda/judge/report';
import { MESSAGE_BYTES } from '../../../lambda/report/machine/message-head';
import { type FindingMessage, writeFindingMessages } from '../../../lambda/report/machine/messages';
import { REPAIRED_AND_REFUSED } from '../five-runs';
import { hostileReport, OUTCOMES } from '../hostile-reports';
import { REMEDIATED } from '../remediation-samples';
import { DRIFTED, findingOf, NOTHING_READ, reportOf } from '../report-samples';
import { bodyOf, expectSound, factsOf, findingsIn, inAnyOrder } from './read-messages';

const typesOf = (report: Report) => [...writeFindingMessages(report)].map((message) => bodyOf(message).messageType);
const foundIn = (messages: readonly FindingMessage[]) =>
  findingsIn(messages).filter(({ unmapped }) => unmapped.lifecycle !== 'resolved');

test('the limit of a message is below the 262,144 bytes of SNS', () => {
  expect(MESSAGE_BYTES).toBeLessThanOrEqual(240_000);
});

test('a run without findings publishes one summary', () => {
  const [message, ...others] = writeFindingMessages(reportOf());
  expect(others).toEqual([]);
  expect(message?.attributes).toEqual({
    schemaVersion: '2',
    messageType: 'run_summary',
    environment: 'prod',
    tenant: 'example.eu.auth0.com',
    severity: 'informational',
    mode: 'report',
    outcome: 'none',
    lifecycle: 'none',
  });
  expect(JSON.parse(message?.body ?? '')).toEqual({
    schemaVersion: '2',
    messageType: 'run_summary',
    runId: '2026-11-23T04-30-00Z-5f0c2a9e',
    part: 1,
    parts: 1,
    environment: 'prod',
    tenant: 'example.eu.auth0.com',
    mode: 'report',
    complete: true,
    startedAt: '2026-11-23T04:30:00.000Z',
    finishedAt: '2026-11-23T04:30:04.120Z',
    severity: 'informational',
    outcome: 'none',
    lifecycle: 'none',
    coverage: { listed: 60, judged: 60 },
    summary: { compliant: 51, noncompliant: 0, not_applicable: 9, indeterminate: 0, exempt: 0 },
    outcomes: Object.fromEntries(OUTCOMES.map((outcome) => [outcome, 0])),
    lifecycles: { new: 0, reopened: 0, open: 0, resolved: 0 },
    findingsTotal: 0,
    telling: 'at_once',
    places: null,
    otherWriters: 'not_looked_for',
    historyFailure: null,
    notices: [],
  });
});

test('drift is published as a summary, then one message for each severity, outcome and lifecycle', () => {
  const messages = [...writeFindingMessages(DRIFTED)];
  expect(
    messages.map(({ attributes }) => `${attributes.messageType} ${attributes.severity} ${attributes.outcome}`),
  ).toEqual([
    'run_summary high skipped_unsafe',
    'finding high skipped_unsafe',
    'finding high planned',
    'finding medium skipped_unsafe',
    'finding medium planned',
    'finding medium skipped_exempt',
  ]);
  expect(inAnyOrder(foundIn(messages).map(factsOf))).toEqual(inAnyOrder(DRIFTED.findings));
});

test('a repaired finding has the earlier value, and the summary counts the repair', () => {
  const [summary, worst] = writeFindingMessages(REMEDIATED);
  expect(summary?.attributes.outcome).toBe('failed_verification');
  expect(JSON.parse(summary?.body ?? '')).toMatchObject({
    outcomes: { failed_verification: 1, failed: 1, remediated: 5, skipped_unsafe: 2, already_compliant: 1, planned: 0 },
    otherWriters: 'none_seen',
    historyFailure: null,
  });
  expect(JSON.parse(worst?.body ?? '').findings).toMatchObject([
    {
      resources: [{ name: 'fabrikam-saml' }],
      unmapped: {
        outcome: 'failed_verification',
        change: { before: 'never_on_login', after: 'on_first_login', otherKeysChanged: ['options.signInEndpoint'] },
      },
    },
  ]);
});

test('a message has findings of one lifecycle only, and resolved findings come last', () => {
  const messages = [...writeFindingMessages(REPAIRED_AND_REFUSED)];
  expectSound(REPAIRED_AND_REFUSED, messages);
  expect(JSON.parse(messages[0]?.body ?? '').lifecycles).toEqual({ new: 10, reopened: 1, open: 1, resolved: 2 });
  expect(messages.at(-1)?.attributes).toMatchObject({
    lifecycle: 'resolved',
    severity: 'informational',
    outcome: 'none',
  });
});

test('an incomplete run publishes a run error first, and still publishes its findings', () => {
  expect(typesOf(reportOf(NOTHING_READ))).toEqual(['run_error', 'run_summary']);
  expect(typesOf(reportOf({ ...NOTHING_READ, findings: [findingOf()] }))).toEqual([
    'run_error',
    'run_summary',
    'finding',
  ]);
});

test('a run error always has high severity, regardless of the findings', () => {
  const [error] = writeFindingMessages(reportOf({ ...NOTHING_READ, findings: [findingOf({ severity: 'low' })] }));
  expect(error?.attributes).toMatchObject({ messageType: 'run_error', severity: 'high' });
});

test('notices that do not fit one message are split into several summaries', () => {
  const notices = Array.from({ length: 5000 }, (_, index) => ({
    code: 'UNKNOWN_STRATEGY' as const,
    strategy: `${index}-${'x'.repeat(100)}`,
    connections: 1,
  }));
  const report = reportOf({ notices });
  const messages = [...writeFindingMessages(report)];
  expectSound(report, messages);
  expect(messages.length).toBeGreaterThan(1);
  expect(messages.flatMap((message) => bodyOf(message).notices)).toEqual(notices);
});

test('the messages of any report are within the limit, and contain every finding one time and unchanged', () => {
  fc.assert(
    fc.property(hostileReport, (report) => {
      const messages = [...writeFindingMessages(report)];
      expectSound(report, messages);
      expect(inAnyOrder(foundIn(messages).map(factsOf))).toEqual(inAnyOrder(report.findings));
      const resolved = findingsIn(messages).filter(({ unmapped }) => unmapped.lifecycle === 'resolved');
      expect(inAnyOrder(resolved.map(({ unmapped }) => unmapped.connection))).toEqual(
        inAnyOrder(report.resolved.map(({ connection }) => connection)),
      );
      expect(messages.filter((message) => bodyOf(message).messageType === 'run_summary')).toHaveLength(1);
    }),
    // Each report has a hundred kilobytes, and the test checks every character.
    { numRuns: 40 },
  );
});
