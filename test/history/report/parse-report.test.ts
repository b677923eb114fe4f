import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { FORMATS } from '../../../cli/formats/format-names';
import { writeFormat } from '../../../cli/formats/formats';
import { writeRecord } from '../../../lambda/history/format';
import { parseRun } from '../../../lambda/history/parse-record';
import { parseReport } from '../../../lambda/history/report/parse-report';
import { joinText } from '../../../lambda/history/store';
import type { Report } from '../../../lambda/judge/report';
import { version } from '../../../package.json';
import { CHANGED_BY_PEOPLE, CUT_RUN, FIRST_RUN_REMEDIATE, LATER_RUNS, UNDONE_RUN } from '../../report/earlier-samples';
import { FIVE_RUNS } from '../../report/five-runs';
import { hostileReport } from '../../report/hostile-reports';
import { KEPT_BACK, OVER_CAP, REMEDIATED, RESTING, STOPPED } from '../../report/remediation-samples';
import { DRIFTED } from '../../report/report-samples';
import { NOW, RUN } from '../sample-record';

const SAMPLES: readonly (readonly [name: string, report: Report])[] = [
  ...FIVE_RUNS,
  ...LATER_RUNS,
  ...Object.entries({ CHANGED_BY_PEOPLE, CUT_RUN, FIRST_RUN_REMEDIATE, UNDONE_RUN }),
  ...Object.entries({ KEPT_BACK, OVER_CAP, REMEDIATED, RESTING, STOPPED, DRIFTED }),
];

function textOf(report: Report): string {
  const record = { kind: 'repair', phase: 'ended', policyFingerprint: 'made-up', by: null, published: null } as const;
  return joinText(writeRecord({ ...record, report }));
}

function fileOf(text: string) {
  return { version: 2, ...JSON.parse(text) };
}

function reportIn(text: string): Report {
  const parsed = parseReport(fileOf(text));
  if (!parsed.ok) throw new Error(parsed.problem);
  return parsed.kept.report;
}

function problemIn(report: object): string {
  const parsed = parseReport({ version: 2, report });
  return parsed.ok ? 'none' : parsed.problem;
}

describe('the report in a record', () => {
  test.each(SAMPLES)('of the sample %s gives the same text in every form', (_, report) => {
    const kept = reportIn(textOf(report));
    for (const format of FORMATS) {
      expect(writeFormat(format, kept, { columns: 80 })).toBe(writeFormat(format, report, { columns: 80 }));
    }
  });

  test('is the one that was written, whatever texts a tenant has, in its order', () => {
    fc.assert(
      fc.property(hostileReport, (hostile) => {
        // Ids of runs, and times, are our own.
        const findings = hostile.findings.map((finding) => ({
          ...finding,
          firstSeen: NOW,
          changedBy:
            finding.changedBy === null || finding.changedBy.kind === 'unknown'
              ? finding.changedBy
              : { ...finding.changedBy, at: NOW },
          change: finding.change === null ? null : { ...finding.change, writtenAt: NOW },
        }));
        const notices = hostile.notices.map((notice) => {
          if ('at' in notice) return { ...notice, at: NOW };
          return 'since' in notice ? { ...notice, since: NOW } : notice;
        });
        const times = { startedAt: NOW, finishedAt: NOW, notices };
        const report: Report = {
          ...hostile,
          ...times,
          runId: RUN,
          findings,
          resolved: [],
          earlierChanges: [],
          trend: [],
        };
        const text = JSON.stringify(report);
        expect(JSON.stringify(reportIn(textOf(report)))).toBe(text);
      }),
      { numRuns: 60 },
    );
  });

  test('comes with the version of the auditor and the fingerprint of the policy', () => {
    const parsed = parseReport(fileOf(textOf(DRIFTED)));
    expect(parsed).toMatchObject({ ok: true, kept: { auditorVersion: version, policyFingerprint: 'made-up' } });
    expect(parseReport({ version: 2, report: DRIFTED })).toMatchObject({ kept: { auditorVersion: undefined } });
  });

  test.each(['ended', 'planned'])(
    'of the %s record of version 0.1.0 is read, with what that version meant',
    (phase) => {
      const text = readFileSync(path.join(__dirname, `../../upgrade/0.1.0/${phase}-record.json`), 'utf8');
      expect(parseRun(text)).toMatchObject({ ok: true });
      const report = reportIn(text);
      expect(report).toMatchObject({ canonicalHost: 'example.eu.auth0.com', earlierChanges: [] });
      expect(report.findings[0]).toMatchObject({ control: 'set_user_root_attributes', repair: { fills: [] } });
      for (const format of FORMATS) expect(writeFormat(format, report, { columns: 80 })).toContain('hooli-workspace');
    },
  );

  test('of a connection in quarantine in version 0.1.0, and of a write of its own, has the one meaning they had', () => {
    const { control: _, quarantine: __, refusal: ___, ...finding } = DRIFTED.findings[0] ?? fail();
    const changedBy = { kind: 'ours', runId: 'run-0', at: NOW };
    const report = { ...DRIFTED, findings: [{ ...finding, outcome: 'quarantined', changedBy }] };
    const [completed] = reportIn(JSON.stringify({ report })).findings;
    expect(completed).toMatchObject({
      quarantine: 'set_back',
      refusal: null,
      changedBy: { change: 'repair', by: null },
    });
  });

  test('keeps members that this version does not know', () => {
    const findings = DRIFTED.findings.map((finding) => ({ ...finding, later: [1] }));
    expect(reportIn(JSON.stringify({ report: { ...DRIFTED, findings, later: {} } })).findings[0]).toHaveProperty(
      'later',
    );
  });

  const [finding] = DRIFTED.findings;
  const REFUSED: readonly [claim: string, report: object, problem: RegExp][] = [
    ['no object', [], /^text \(invalid_type\)$/],
    ['without findings', { ...DRIFTED, findings: 'many' }, /^findings \(invalid_type\)$/],
    ['with an unknown outcome', { ...DRIFTED, findings: [{ ...finding, outcome: 'later' }] }, /^findings \(/],
    ['with an unknown code', { ...DRIFTED, findings: [{ ...finding, code: 'LATER' }] }, /^findings \(/],
    ['with a number in place of a name', { ...DRIFTED, findings: [{ ...finding, rule: 1 }] }, /^findings \(/],
    ['with an unknown notice', { ...DRIFTED, notices: [{ code: 'LATER' }] }, /^notices \(/],
    ['with a notice of a prototype', { ...DRIFTED, notices: [{ code: 'constructor' }] }, /^notices \(/],
    ['with half a notice', { ...DRIFTED, notices: [{ code: 'CAP_EXCEEDED', planned: 1 }] }, /^notices \(/],
    ['at no time', { ...DRIFTED, finishedAt: 'yesterday' }, /^finishedAt \(/],
    ['with fewer than no connections', { ...DRIFTED, coverage: { listed: -1, judged: 0 } }, /^coverage \(/],
  ];
  test.each(REFUSED)('that is %s is refused, and its place named', (_, report, problem) => {
    expect(problemIn(report)).toMatch(problem);
  });

  test('that nests deeper than it could be written is refused', () => {
    const deep = JSON.parse(`${'['.repeat(200)}${']'.repeat(200)}`);
    expect(problemIn({ ...DRIFTED, later: deep })).toBe('text (nested too deep)');
  });
});
