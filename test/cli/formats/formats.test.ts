import fc from 'fast-check';
import { JSDOM } from 'jsdom';
import { NOT_APPLICABLE_WORDS } from '../../../cli/formats/explanation';
import { writeFormat } from '../../../cli/formats/formats';
import { writeJunit } from '../../../cli/formats/junit';
import { keysOf } from '../../../lambda/connection/tables';
import { INCOMPLETE, REPAIRED_AND_REFUSED } from '../../report/five-runs';
import { hostileReport, unseenIn } from '../../report/hostile-reports';
import { DRIFTED, findingOf, reportOf } from '../../report/report-samples';
import { parseCsv } from './parse-csv';

const columns = 80;
const csv = (report: Parameters<typeof writeFormat>[1]) => writeFormat('csv', report, { columns });
const markdown = (report: Parameters<typeof writeFormat>[1]) => writeFormat('markdown', report, { columns });
const junit = (report: Parameters<typeof writeFormat>[1]) => writeFormat('junit', report, { columns });

test.each(['html', 'ocsf'] as const)('the format %s links to the docs if their address is known', (format) => {
  const docsUrl = 'https://docs.example.com/docs';
  const link = `${docsUrl}/reference.md#finding-WRONG_VALUE`;
  expect(writeFormat(format, DRIFTED, { columns, docsUrl })).toContain(link);
  expect(writeFormat(format, DRIFTED, { columns })).not.toContain('reference.md');
});

describe('CSV', () => {
  test.each([
    '=1+1',
    '+1',
    '-1',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    '＝1',
    ' =1',
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("x","y")',
  ])('a name like %j is not a formula in CSV', (name) => {
    const [header, row] = parseCsv(csv(reportOf({ findings: [findingOf({ connection: { name } })] })));
    expect(row?.[header?.indexOf('connection_name') ?? -1]).toMatch(/^'/);
  });

  test('CSV with any names is valid, with one line for each finding and no formula', () => {
    fc.assert(
      fc.property(hostileReport, (report) => {
        const text = csv(report);
        const rows = parseCsv(text);
        expect(rows).toHaveLength(report.findings.length + 1);
        expect(text.split('\n')).toHaveLength(report.findings.length + 2);
        for (const cell of rows.flat()) expect(cell).not.toMatch(/^\s*[=+\-@＝＋－＠]/);
        expect(unseenIn(text.replaceAll('\r\n', '\n'))).toEqual([]);
      }),
    );
  });
});

describe('Markdown', () => {
  test('a bar in a name does not end a cell in Markdown', () => {
    const text = markdown(reportOf({ findings: [findingOf({ connection: { name: 'a | b |' } })] }));
    const row = text.split('\n').find((line) => line.includes('con_k3uMFpYAAdLQl3bO'));
    expect(row?.replaceAll('\\|', '').match(/\|/g)).toHaveLength(9);
  });

  test('any names are code spans in a Markdown row of nine bars', () => {
    fc.assert(
      fc.property(hostileReport, (report) => {
        const text = markdown(report);
        expect(unseenIn(text)).toEqual([]);
        const outside = text.replace(/`[^`]*`/g, '');
        expect(outside).not.toMatch(/[<@\\]|\]\(|#\d|!\[/);
        for (const line of text.split('\n').filter((each) => each.startsWith('| '))) {
          expect(line.replaceAll('\\|', '').match(/\|/g)).toHaveLength(9);
        }
      }),
    );
  });
});

describe('JUnit', () => {
  const { window } = new JSDOM('', { runScripts: 'outside-only' });
  afterAll(() => window.close());

  /** The number of elements of each name that the parser of a browser finds. */
  function countTags(text: string): Readonly<Record<string, number>> {
    const counts = window.eval(`(() => {
      const counts = {};
      const parsed = new DOMParser().parseFromString(${JSON.stringify(text)}, 'application/xml');
      for (const { tagName } of parsed.getElementsByTagName('*')) counts[tagName] = (counts[tagName] ?? 0) + 1;
      return JSON.stringify(counts);
    })()`);
    return JSON.parse(String(counts));
  }

  test.each([
    [
      'drift fails in JUnit, an indeterminate connection is an error, and an exempt connection is skipped',
      DRIFTED,
      [12, 7, 2, 1],
    ],
    [
      'a fixed or resolved connection passes in JUnit, and an unverified change fails',
      REPAIRED_AND_REFUSED,
      [16, 6, 0, 0],
    ],
    ['an incomplete audit is a separate error in JUnit', INCOMPLETE, [5, 2, 2, 0]],
    ['a report without findings is two passed cases in JUnit', reportOf(), [2, 0, 0, 0]],
  ])('%s', (_, report, counts) => {
    const text = junit(report);
    const found = countTags(text);
    expect(['testcase', 'failure', 'error', 'skipped'].map((tag) => found[tag] ?? 0)).toEqual(counts);
    const [cases, failures, errors, skipped] = counts;
    expect(text).toContain(`tests="${cases}" failures="${failures}" errors="${errors}" skipped="${skipped}"`);
  });

  describe('connections without a finding', () => {
    const connection = { id: 'con_1', name: 'fine & dandy', strategy: 'oidc' };

    test('a compliant connection passes in JUnit', () => {
      const text = writeJunit(reportOf(), { withoutFinding: [{ ...connection, notApplicable: null }] });
      expect(text).toContain('<testcase classname="oidc" name="fine &amp; dandy (con_1)" time="0"/>');
      expect(text).toContain('tests="3" failures="0" errors="0" skipped="0"');
    });

    test.each(keysOf(NOT_APPLICABLE_WORDS))(
      'a connection without the setting is skipped in JUnit with the reason: %s',
      (notApplicable) => {
        const text = writeJunit(reportOf(), { withoutFinding: [{ ...connection, notApplicable }] });
        expect(text).toContain(`<skipped message="Not applicable: ${NOT_APPLICABLE_WORDS[notApplicable]}"></skipped>`);
        expect(text).toContain('tests="3" failures="0" errors="0" skipped="1"');
      },
    );

    test('a compliant connection with a resolved finding is listed once in JUnit', () => {
      const { control, code } = findingOf();
      const resolved = { connection, control, code, firstSeen: '2026-11-20T04:30:00.000Z', how: 'compliant' } as const;
      const text = writeJunit(reportOf({ resolved: [resolved] }), {
        withoutFinding: [{ ...connection, notApplicable: null }],
      });
      expect(text.split('(con_1)')).toHaveLength(2);
    });

    test('an incomplete run keeps its error in JUnit when connections without a finding are listed', () => {
      const text = writeJunit(INCOMPLETE, { withoutFinding: [{ ...connection, notApplicable: null }] });
      expect(text).toContain('<error type="INCOMPLETE"');
      expect(text).toContain('(con_1)');
    });

    test('a report from a record, which contains findings only, lists no compliant connections in JUnit', () => {
      const report = reportOf();
      expect(report.summary.compliant).toBeGreaterThan(0);
      expect(writeFormat('junit', report, { columns })).toContain('tests="2"');
    });
  });

  test('JUnit with any names is valid XML with a case for each finding', () => {
    fc.assert(
      fc.property(hostileReport, (report) => {
        const text = junit(report);
        const { parsererror, testcase } = countTags(text);
        expect(parsererror).toBeUndefined();
        expect(testcase).toBe(2 + report.findings.length + report.resolved.length + report.earlierChanges.length);
        // https://www.w3.org/TR/xml/#charsets
        expect(text).not.toMatch(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u);
        expect(unseenIn(text)).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });
});
