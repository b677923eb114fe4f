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
  // Twice, and backwards: the first of a kind is not the only one that is written.
  for (const finding of [...report.findings, ...report.findings.toReversed()]) {
    expect(write(finding).text).toBe(writeBounded(toOcsf(finding, report, DOCS), markTruncated).text);
  }
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

describe('a finding in the text of its kind', () => {
  it.each(FIVE_RUNS)('is written as one written anew: %s', (_, report) => expectAsWrittenAnew(report));

  it('is written as one written anew, whatever plain names it has', () => {
    const findings = fc.array(fc.record({ connection, severity: fc.constantFrom('low', 'high'), changedBy: author }), {
      minLength: 2,
    });
    fc.assert(
      fc.property(findings, (given) =>
        expectAsWrittenAnew(reportOf({ findings: given.map((each) => findingOf(each)) })),
      ),
    );
  });

  it('is written as one written anew, whatever anyone wrote', () => {
    fc.assert(fc.property(hostileReport, expectAsWrittenAnew));
  });

  const SLOT = 'Slot-7c1e-name';
  it.each([
    ['the reason of its rule', { reason: SLOT }],
    ['its rule', { rule: SLOT }],
    ['what Auth0 said', ending('quarantined', { quarantine: 'refused', refusal: SLOT })],
    ['its strategy', { connection: { strategy: SLOT } }],
    ['its name', { connection: { name: SLOT } }],
    ['its id', { connection: { id: SLOT } }],
    ['the name shown', { connection: { displayName: SLOT } }],
  ])('is written as one written anew where %s reads like a slot', (_, change) => {
    const named = (name: string) =>
      findingOf({ ...change, connection: { name, ...('connection' in change ? change.connection : {}) } });
    // The first has the slot's own name, so that it alone could not show the difference.
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
  ])('is no more than itself where it has %s of its own', (_, own) => {
    const findings = ['a', 'b'].map((name) => findingOf({ ...own, connection: { name } }));
    expectAsWrittenAnew(reportOf({ findings }));
  });
});
