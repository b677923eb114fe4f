import { stripVTControlCharacters } from 'node:util';
import { writeFormat } from '../../../cli/formats/formats';
import { writeCombined } from '../../../cli/many/combined-formats';
import { paintFor, showsColours } from '../../../cli/screen/colours';
import { REMEDIATED } from '../../report/remediation-samples';
import { DRIFTED, reportOf } from '../../report/report-samples';
import { CALM, TENANTS } from '../many/tenants-samples';

const coloured = paintFor({ hasColours: true });

test.each([
  ['a terminal', true, { TERM: 'xterm-256color' }, true],
  ['a pipe', false, { TERM: 'xterm-256color' }, false],
  ['a terminal with NO_COLOR', true, { TERM: 'xterm-256color', NO_COLOR: '1' }, false],
  ['a terminal with an empty NO_COLOR', true, { TERM: 'xterm-256color', NO_COLOR: '' }, true],
  ['a dumb terminal', true, { TERM: 'dumb' }, false],
  ['a pipe with FORCE_COLOR', false, { FORCE_COLOR: '1' }, true],
  ['a terminal with FORCE_COLOR=0', true, { TERM: 'xterm-256color', FORCE_COLOR: '0' }, false],
])('the use of colours on %s follows the rules of Node.js', (_, isTTY, variables, expected) => {
  expect(showsColours({ isTTY }, variables)).toBe(expected);
});

const REPORTS = [DRIFTED, REMEDIATED, reportOf()] as const;

test.each([
  ['with findings', DRIFTED],
  ['with repairs', REMEDIATED],
  ['without findings', reportOf()],
])('a coloured table %s equals the plain table after removal of the codes, at every width', (_, report) => {
  for (const columns of [80, 100, 120]) {
    const plain = writeFormat('table', report, { columns });
    const table = writeFormat('table', report, { columns, paint: coloured });
    expect(table).not.toBe(plain);
    expect(stripVTControlCharacters(table)).toBe(plain);
  }
});

test.each(['json', 'ocsf', 'csv', 'markdown', 'junit', 'html'] as const)(
  'the format %s is never coloured',
  (format) => {
    for (const report of REPORTS) {
      expect(writeFormat(format, report, { columns: 80, paint: coloured })).toBe(
        writeFormat(format, report, { columns: 80 }),
      );
    }
  },
);

test('the coloured table of several environments equals the plain table after removal of the codes', () => {
  for (const report of [TENANTS, CALM]) {
    const table = writeCombined('table', report, 80, coloured);
    expect(table).toContain('\u001b[');
    expect(stripVTControlCharacters(table)).toBe(writeCombined('table', report, 80));
  }
});
