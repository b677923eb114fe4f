import fc from 'fast-check';
import type { Finding, Report } from '../../lambda/audit/report';
import { MESSAGE_ATTRIBUTES } from '../../lambda/contract';
import { type FindingMessage, MESSAGE_BYTES, writeFindingMessages } from '../../lambda/report/finding-messages';
import { hostileReport, OUTCOMES, unseenIn } from './hostile-reports';
import { changeOf, REMEDIATED } from './remediation-samples';
import { DRIFTED, findingOf, NOTHING_READ, reportOf } from './report-samples';

interface Body {
  readonly runId: string;
  readonly messageType: string;
  readonly severity: string;
  readonly outcome: string;
  readonly part: number;
  readonly parts: number;
  readonly findings?: readonly (Finding & { readonly truncated?: true })[];
  readonly notices?: readonly unknown[];
}

const bodyOf = ({ body }: FindingMessage): Body => JSON.parse(body);
const findingsIn = (messages: readonly FindingMessage[]) =>
  messages.flatMap((message) => bodyOf(message).findings ?? []);
const typesOf = (report: Report) => writeFindingMessages(report).map((message) => bodyOf(message).messageType);

function bytesOf({ body, attributes }: FindingMessage): number {
  return Object.entries(attributes).reduce(
    (sum, [name, value]) => sum + Buffer.byteLength(name) + Buffer.byteLength('String') + Buffer.byteLength(value),
    Buffer.byteLength(body),
  );
}

function expectSound(report: Report, messages: readonly FindingMessage[]): void {
  messages.forEach((message, index) => {
    const body = bodyOf(message);
    expect(bytesOf(message)).toBeLessThanOrEqual(240_000);
    expect(body.part).toBe(index + 1);
    expect(body.parts).toBe(messages.length);
    expect(body.runId).toBe(report.runId.slice(0, 256));
    expect(Object.keys(message.attributes).sort()).toEqual([...MESSAGE_ATTRIBUTES].sort());
    expect(message.attributes.severity).toBe(body.severity);
    expect(message.attributes.messageType).toBe(body.messageType);
    expect(message.attributes.outcome).toBe(body.outcome);
    for (const value of Object.values(message.attributes)) expect(value).toMatch(/^[^\p{C}]+$/u);
    for (const finding of body.findings ?? []) {
      expect(finding.severity).toBe(body.severity);
      expect(finding.outcome).toBe(body.outcome);
    }
    expect(unseenIn(message.body)).toEqual([]);
  });
}

test('the limit leaves room below the 262,144 bytes of SNS', () => {
  expect(MESSAGE_BYTES).toBeLessThanOrEqual(240_000);
});

test('a clean run is one summary', () => {
  const [message, ...others] = writeFindingMessages(reportOf());
  expect(others).toEqual([]);
  expect(message?.attributes).toEqual({
    schemaVersion: '1',
    messageType: 'run_summary',
    environment: 'prod',
    tenant: 'example.eu.auth0.com',
    severity: 'informational',
    mode: 'report',
    complete: 'true',
    outcome: 'none',
  });
  expect(JSON.parse(message?.body ?? '')).toEqual({
    schemaVersion: '1',
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
    coverage: { listed: 60, judged: 60 },
    summary: { compliant: 51, noncompliant: 0, not_applicable: 9, indeterminate: 0, exempt: 0 },
    outcomes: Object.fromEntries(OUTCOMES.map((outcome) => [outcome, 0])),
    findingsTotal: 0,
    otherWriters: 'not_looked_for',
    historyFailure: null,
    notices: [],
  });
});

const inAnyOrder = (findings: readonly Finding[]) => findings.map((finding) => JSON.stringify(finding)).sort();

test('drift is a summary, then one message for each severity and outcome, the worst first', () => {
  const messages = writeFindingMessages(DRIFTED);
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
  expect(inAnyOrder(findingsIn(messages))).toEqual(inAnyOrder(DRIFTED.findings));
});

test('what a run wrote is told with what was there before, and the summary counts it', () => {
  const [summary, worst] = writeFindingMessages(REMEDIATED);
  expect(summary?.attributes.outcome).toBe('failed_verification');
  expect(JSON.parse(summary?.body ?? '')).toMatchObject({
    outcomes: { failed_verification: 1, failed: 1, remediated: 5, skipped_unsafe: 2, already_compliant: 1, planned: 0 },
    otherWriters: 'none_seen',
    historyFailure: null,
  });
  expect(JSON.parse(worst?.body ?? '').findings).toMatchObject([
    {
      connection: { name: 'fabrikam-saml' },
      outcome: 'failed_verification',
      change: { before: 'never_on_login', after: 'on_first_login', otherKeysChanged: ['options.signInEndpoint'] },
    },
  ]);
});

test('an incomplete run says so first, and what it saw is still told', () => {
  expect(typesOf(reportOf(NOTHING_READ))).toEqual(['run_error', 'run_summary']);
  expect(typesOf(reportOf({ ...NOTHING_READ, findings: [findingOf()] }))).toEqual([
    'run_error',
    'run_summary',
    'finding',
  ]);
});

test('10,000 findings are spread over parts, each of them once', () => {
  const findings = Array.from({ length: 10_000 }, (_, index) => findingOf({ connection: { id: `con_${index}` } }));
  const report = reportOf({ findings });
  const messages = writeFindingMessages(report);
  expectSound(report, messages);
  expect(findingsIn(messages)).toEqual(report.findings);
  // Few and full: a message that ends early costs money and order.
  expect(messages.length).toBeLessThan(25);
});

test('a finding that fills a message alone is cut, marked and published', () => {
  const huge = '\u202e'.repeat(60_000);
  const connection = { id: huge, name: '\u202e'.repeat(1_000_000), displayName: huge, strategy: huge };
  const exemption = { reason: huge, owner: huge, ticket: huge, expires: huge };
  const report = reportOf({
    environment: huge,
    tenant: huge,
    findings: [
      findingOf({
        ...{ connection, actual: huge, rule: huge, reason: huge, exemption, detail: huge, firstSeen: huge },
        change: changeOf({
          writtenAt: huge,
          otherKeysChanged: Array.from({ length: 1000 }, () => huge.slice(0, 2000)),
        }),
      }),
      findingOf(),
    ],
    historyFailure: huge,
    notices: [{ code: 'UNKNOWN_STRATEGY', strategy: huge, connections: 1 }],
    complete: false,
    incomplete: { reason: 'internal', message: huge, missingScopes: [] },
  });
  const messages = writeFindingMessages(report);
  expectSound(report, messages);
  expect(findingsIn(messages).map(({ truncated }) => truncated)).toEqual([undefined, true]);
});

test('more notices than a message holds make more summaries', () => {
  const notices = Array.from({ length: 5000 }, (_, index) => ({
    code: 'UNKNOWN_STRATEGY' as const,
    strategy: `${index}-${'x'.repeat(100)}`,
    connections: 1,
  }));
  const report = reportOf({ notices });
  const messages = writeFindingMessages(report);
  expectSound(report, messages);
  expect(messages.length).toBeGreaterThan(1);
  expect(messages.flatMap((message) => bodyOf(message).notices)).toEqual(notices);
});

test('whatever the names: every message within the limit, every finding exactly once and exact', () => {
  fc.assert(
    fc.property(hostileReport, (report) => {
      const messages = writeFindingMessages(report);
      expectSound(report, messages);
      const told = findingsIn(messages);
      expect(inAnyOrder(told)).toEqual(inAnyOrder(report.findings));
      expect(messages.filter((message) => bodyOf(message).messageType === 'run_summary')).toHaveLength(1);
    }),
  );
});
