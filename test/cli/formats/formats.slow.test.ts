import { FORMATS } from '../../../cli/formats/format-names';
import { writeFormat } from '../../../cli/formats/formats';
import { FIVE_RUNS, HUGE } from '../../report/five-runs';
import { parseCsv } from './parse-csv';

const columns = 80;

test.each(FORMATS)('the format %s is written for each of the five runs', (format) => {
  for (const [, report] of FIVE_RUNS) expect(writeFormat(format, report, { columns }).length).toBeGreaterThan(100);
});

test('CSV has a line for each finding, most severe first, with as many cells as the header', () => {
  const [header, ...rows] = parseCsv(writeFormat('csv', HUGE, { columns }));
  expect(rows).toHaveLength(10_000);
  expect(new Set(rows.map((row) => row.length))).toEqual(new Set([header?.length]));
  expect(rows[0]?.[header?.indexOf('severity') ?? -1]).toBe('critical');
});

test('Markdown with 10,000 findings fits a comment and counts the rest', () => {
  const text = writeFormat('markdown', HUGE, { columns });
  expect(text.length).toBeLessThan(65_536);
  expect(text).toContain('and 9920 more');
});
