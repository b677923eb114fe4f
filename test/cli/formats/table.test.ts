import fc from 'fast-check';
import { writeJsonReport } from '../../../cli/formats/json';
import { writeTable } from '../../../cli/formats/table';
import type { FillKey } from '../../../lambda/connection/fills';
import { columnsOf } from '../../../lambda/report/text/columns';
import { describeEnding } from '../../../lambda/report/words/outcome';
import { set } from '../../judge/sample-repair';
import { hostileReport, OUTCOMES, QUARANTINES, STOP_REASONS, unseenIn } from '../../report/hostile-reports';
import { REMEDIATED } from '../../report/remediation-samples';
import { DRIFTED, findingOf, reportOf } from '../../report/report-samples';

const longest = (table: string): number => Math.max(...table.split('\n').map(columnsOf));

describe('the table', () => {
  test.each([80, 100, 132])('the table keeps to %i columns', (width) => {
    expect(longest(writeTable(DRIFTED, { width }))).toBeLessThanOrEqual(width);
  });

  test('the table keeps to 80 columns with the longest values', () => {
    const finding = findingOf({
      connection: { name: 'x'.repeat(200), strategy: 'thirtysevensignals' },
      severity: 'critical',
      expected: ['on_each_login', 'on_first_login', 'never_on_login'],
      repair: { action: 'manual', reason: 'both_password_schemes' },
      outcome: 'skipped_unsafe',
    });
    const table = writeTable(reportOf({ findings: [finding] }));
    expect(longest(table)).toBeLessThanOrEqual(80);
    expect(table).toContain('con_k3uMFpYAAdLQl3bO');
  });

  test.each([
    ...OUTCOMES.map((outcome) => ({ outcome, stopped: null })),
    ...STOP_REASONS.map((stopped) => ({ outcome: 'skipped_stopped' as const, stopped })),
    ...QUARANTINES.map((quarantine) => ({ outcome: 'quarantined' as const, stopped: null, quarantine })),
  ])('the table keeps to 80 columns with the outcome $outcome $stopped', (ended) => {
    const connection = { name: 'x'.repeat(60), strategy: 'thirtysevensignals' };
    const finding = findingOf({ connection, severity: 'informational', ...ended });
    expect(longest(writeTable(reportOf({ findings: [finding] })))).toBeLessThanOrEqual(80);
  });

  test('the table of a run that wrote contains the undo command', () => {
    const table = writeTable(REMEDIATED);
    expect(table).toContain('--run 2026-11-23T04-30-00Z-5f0c2a9e');
    expect(writeTable(DRIFTED)).not.toContain('undo');
  });

  test('the table counts the options that Auth0 adds, for manual repairs and for other repairs', () => {
    const manual = (keys: readonly FillKey[]) =>
      findingOf({ repair: { action: 'manual', reason: 'write_fills', keys } });
    const table = writeTable(
      reportOf({
        findings: [
          manual(['connection_settings.pkce', 'type']),
          manual(['connection_settings.pkce']),
          findingOf({ repair: set('on_first_login', { fills: ['schema_version'] }) }),
        ],
      }),
    ).replace(/\s+/g, ' ');
    expect(table).toContain('Missing options (number of connections): connection_settings.pkce (2), type (1).');
    expect(table).toContain(
      'During a repair, Auth0 also adds the options that a connection lacks (number of connections): schema_version (1).',
    );
    expect(writeTable(DRIFTED)).not.toContain('adds');
  });

  test('the table shows the whole id even if the name is shortened', () => {
    const finding = findingOf({ connection: { id: 'con_ABCDEFGHIJKLMNOP', name: 'n'.repeat(100) } });
    expect(writeTable(reportOf({ findings: [finding] }))).toMatch(/^ {10}con_ABCDEFGHIJKLMNOP /m);
  });

  test('wide characters do not shift the columns of the table', () => {
    const names = ['contoso', '漢字の名前', '한국어', '😀 login', 'Söhne', 'So\u0308hne'];
    const report = reportOf({ findings: names.map((name) => findingOf({ connection: { name } })) });
    const starts = writeTable(report)
      .split('\n')
      .filter((line) => line.startsWith('MEDIUM'))
      .map((line) => columnsOf(line.slice(0, line.indexOf(' oidc '))));
    expect(new Set(starts).size).toBe(1);
  });

  test('the table ends with the verdict', () => {
    expect(writeTable(DRIFTED).trimEnd().split('\n').at(-1)).toBe(
      '3 HIGH: 7 of 60 connections drifted, 2 indeterminate, 1 exempt',
    );
  });

  test('the table with any names contains no control or invisible characters', () => {
    fc.assert(
      fc.property(hostileReport, (report) => {
        expect(unseenIn(writeTable(report))).toEqual([]);
      }),
    );
  });
});

describe('the JSON', () => {
  test('the JSON contains the exact report, without invisible characters or markup', () => {
    fc.assert(
      fc.property(hostileReport, (report) => {
        const text = writeJsonReport(report);
        const { outcomes, ...told } = JSON.parse(text);
        expect(told).toEqual(
          JSON.parse(
            JSON.stringify({
              schemaVersion: '2',
              ...report,
              findings: report.findings.map((finding) => ({ ...finding, ending: describeEnding(finding) })),
            }),
          ),
        );
        expect(Object.keys(outcomes).sort()).toEqual([...OUTCOMES].sort());
        expect(unseenIn(text)).toEqual([]);
        expect(text).not.toMatch(/[<>&]/);
      }),
    );
  });
});
