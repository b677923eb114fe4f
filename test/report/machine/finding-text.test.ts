import fc from 'fast-check';
import type { Finding } from '../../../lambda/judge/finding';
import { ending } from '../../../lambda/judge/outcome';
import type { Report } from '../../../lambda/judge/report';
import { createFindingWriter, markTruncated } from '../../../lambda/report/machine/finding-text';
import { toOcsf } from '../../../lambda/report/machine/ocsf';
import { writeBounded } from '../../../lambda/report/text/json';
import { FIVE_RUNS } from '../five-runs';
import { hostileReport } from '../hostile-reports';
import { changeOf } from '../remediation-samples';
import { findingOf, reportOf } from '../report-samples';

const DOCS = { docsUrl: 'https://docs.example.com/auditor' };

function expectAsWrittenAnew(report: Report): void {
  const write = createFindingWriter(report, DOCS);
  // Two times, forwards and backwards, so that each finding of a kind is also written after another one.
  const findings = [...report.findings, ...report.findings.toReversed()];
  const texts = findings.map((finding) => write(finding).text);
  expect(texts).toEqual(findings.map((finding) => writeBounded(toOcsf(finding, report, DOCS), markTruncated).text));
}

const plainName = fc.stringMatching(/^[A-Za-z0-9_-]{1,30}( [A-Za-z0-9_-]{1,20})?$/);
const connection = fc.record({
  id: plainName,
  name: plainName,
  displayName: fc.option(plainName),
  strategy: fc.constantFrom('okta', 'samlp', 'new'),
});

const author = fc.constantFrom<Finding['changedBy']>(
  null,
  { kind: 'unknown', why: 'no_scope' },
  { kind: 'unknown', why: 'log_late' },
);

describe('finding written from the text of its kind', () => {
  it.each(FIVE_RUNS)('each finding of the run "%s" has the same text as a finding written in full', (_, report) =>
    expectAsWrittenAnew(report),
  );

  it('a finding with any plain names has the same text as a finding written in full', () => {
    const findings = fc.array(fc.record({ connection, severity: fc.constantFrom('low', 'high'), changedBy: author }), {
      minLength: 2,
    });
    fc.assert(
      fc.property(findings, (given) =>
        expectAsWrittenAnew(reportOf({ findings: given.map((each) => findingOf(each)) })),
      ),
    );
  });

  it('each finding of any report has the same text as a finding written in full', () => {
    fc.assert(fc.property(hostileReport, expectAsWrittenAnew));
  });

  const SLOT = 'Slot-7c1e-name';
  it.each([
    ['the reason of its rule', { reason: SLOT }],
    ['its rule', { rule: SLOT }],
    ["Auth0's message", ending('quarantined', { quarantine: 'refused', refusal: SLOT })],
    ['its strategy', { connection: { strategy: SLOT } }],
    ['its name', { connection: { name: SLOT } }],
    ['its id', { connection: { id: SLOT } }],
    ['its display name', { connection: { displayName: SLOT } }],
  ])('a finding has the same text as a finding written in full if %s looks like a placeholder', (_, change) => {
    const named = (name: string) =>
      findingOf({ ...change, connection: { name, ...('connection' in change ? change.connection : {}) } });
    // The first finding has the same name as the placeholder, so this finding alone could not show a difference.
    for (const first of ['a', SLOT]) {
      const findings = [named(first), named('b'), findingOf({ connection: { name: 'c' } })];
      expectAsWrittenAnew(reportOf({ findings }));
      expectAsWrittenAnew(reportOf({ findings, environment: SLOT }));
    }
  });

  it.each([
    ['a write', ending('remediated', { change: changeOf({ writtenAt: '2026-11-23T04:31:00.000Z' }) })],
    ['a detail', ending('failed', { detail: 'con_1 was refused' })],
    [
      'an author',
      { changedBy: { kind: 'ours', change: 'undo', runId: 'r', by: 'ann', at: '2026-11-23T04:00:00.000Z' } as const },
    ],
  ])('a finding with %s is written in full', (_, own) => {
    const findings = ['a', 'b'].map((name) => findingOf({ ...own, connection: { name } }));
    expectAsWrittenAnew(reportOf({ findings }));
  });
});
