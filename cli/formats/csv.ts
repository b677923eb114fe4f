import type { Finding } from '../../lambda/judge/finding';
import type { Report } from '../../lambda/judge/report';
import { makeExact } from '../../lambda/report/text/harmless';
import { describeWriter } from '../../lambda/report/words/author';
import { daysOpen } from '../../lambda/report/words/lifecycle';
import { describeEnding } from '../../lambda/report/words/outcome';

type Column = readonly [name: string, read: (finding: Finding, report: Report) => string | number | null];

const COLUMNS: readonly Column[] = [
  ['environment', (_, { environment }) => environment],
  ['tenant', (_, { tenant }) => tenant],
  ['run', (_, { runId }) => runId],
  ['severity', ({ severity }) => severity],
  ['lifecycle', ({ lifecycle }) => lifecycle],
  ['first_seen', ({ firstSeen }) => firstSeen],
  ['days_open', ({ firstSeen }, report) => daysOpen(firstSeen, report) ?? null],
  ['connection_id', ({ connection }) => connection.id],
  ['connection_name', ({ connection }) => connection.name],
  ['display_name', ({ connection }) => connection.displayName],
  ['strategy', ({ connection }) => connection.strategy],
  ['verdict', ({ verdict }) => verdict],
  ['code', ({ code }) => code],
  ['actual', ({ actual }) => actual],
  ['effective', ({ effective }) => effective],
  ['source', ({ source }) => source],
  ['expected', ({ expected }) => expected.join(' or ')],
  ['rule', ({ rule }) => rule],
  ['reason', ({ reason }) => reason],
  [
    'repair',
    ({ repair }) => (repair.action === 'manual' ? `manual: ${repair.reason}` : `${repair.action}: ${repair.to}`),
  ],
  ['outcome', ({ outcome }) => outcome],
  ['ending', (finding) => describeEnding(finding)],
  ['changed_by', ({ changedBy }) => describeWriter(changedBy, (text) => text) ?? null],
  ['exempt_until', ({ exemption }) => exemption?.expires ?? null],
  ['exemption_owner', ({ exemption }) => exemption?.owner ?? null],
  ['exemption_ticket', ({ exemption }) => exemption?.ticket ?? null],
];

/**
 * One line for each finding (RFC 4180), most severe first. Changes of earlier runs and of people are omitted, because
 * readers count the rows as findings. The JSON lists these changes.
 */
export function writeCsv(report: Report, findings = report.findings): string {
  const header = COLUMNS.map(([name]) => name);
  const rows = findings.map((finding) => COLUMNS.map(([, read]) => writeCell(read(finding, report))));
  return [header, ...rows].map((cells) => `${cells.join(',')}\r\n`).join('');
}

/**
 * A spreadsheet treats a cell that begins like this as a formula, quoted or not. An apostrophe before the cell makes it
 * text (OWASP, CSV injection). A spreadsheet ignores leading spaces, so this pattern does too.
 */
const FORMULA = /^ *[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/;

function writeCell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const safe = FORMULA.test(value) ? `'${value}` : value;
  const text = makeExact(safe);
  return /[",;]|^ | $/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
