import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { writeFormat } from '../../cli/formats/formats';
import { writeJsonReport } from '../../cli/formats/json';
import { writeTable } from '../../cli/formats/table';
import type { FailureReason } from '../../lambda/connection/tenant';
import type { Report } from '../../lambda/judge/report';
import { writeAsff } from '../../lambda/report/machine/asff';
import { writeOcsf } from '../../lambda/report/machine/ocsf';
import type { Mail } from '../../lambda/report/mail/subject';
import { AUDITOR_RUNS } from './auditor-samples';
import { asChannel } from './chat/chat-golden';
import {
  CHANGED_BY_PEOPLE,
  CUT_RUN,
  FIRST_RUN_REMEDIATE,
  INTERRUPTED,
  LATER_RUNS,
  UNDONE_RUN,
} from './earlier-samples';
import { FIVE_RUNS, NOTHING_CHANGED, REPAIRED_AND_REFUSED } from './five-runs';
import { BEGINS_TO_REST, KEPT_BACK, OVER_CAP, REMEDIATED, RESTING, STOPPED } from './remediation-samples';
import { DRIFTED, findingOf, NOTHING_READ, reportOf } from './report-samples';
import { sentAlert } from './sent-alert';

const asMail = ({ subject, body }: Mail): string => `Subject: ${subject}\n\n${body}`;
const crowd = reportOf({
  coverage: { listed: 1200, judged: 1200 },
  findings: Array.from({ length: 137 }, (_, index) =>
    findingOf({
      connection: { id: `con_${String(index).padStart(16, '0')}`, name: `customer-${String(index).padStart(3, '0')}` },
    }),
  ),
});

/** As in the function: the record is kept, and a run in remediate mode has earlier runs. */
const { places, trend } = NOTHING_CHANGED;
const kept = (report: Report): Report => ({
  ...report,
  places,
  ...(report.mode === 'remediate' && report.trend.length === 0 ? { trend } : {}),
});
const mailOf = (report: Report): string => asMail(sentAlert(report).mail);
const chatOf = (report: Report): string => asChannel(sentAlert(report).chat);
const ALL_CLEAR: Report = { ...NOTHING_CHANGED, findings: [], telling: 'all_clear' };
/** The messages of the five runs: the run without news is a reminder. */
const TOLD = FIVE_RUNS.map(([name, report]): readonly [string, Report] =>
  name === 'nothing-changed' ? [name, { ...report, telling: 'reminder' }] : [name, report],
);
const failed = (reason: FailureReason): Report =>
  reportOf({ ...NOTHING_READ, incomplete: { reason, message: 'Not set up.', missingScopes: [] } });
const toSetUp = failed('setup_needed');

/** Without the page, which has separate tests and pictures. */
const TOOLS = ['table', 'ocsf', 'csv', 'markdown', 'junit'] as const;
/** The forms that list changes of earlier runs and operators. */
const TELLING_CHANGES = ['table', 'markdown', 'junit', 'json'] as const;
const TARGET = { account: '111122223333', region: 'eu-central-1', partition: 'aws' };

/** Cuts a long text: only the first of 10,000 findings are compared. */
function firstLines(text: string, lines: number): string {
  const all = text.split('\n');
  return all.length <= lines ? text : `${all.slice(0, lines).join('\n')}\n[and ${all.length - lines} more lines]\n`;
}

/**
 * Outputs to compare with golden files. Mails and chat messages are as the function sends them. After an intended change, run
 * UPDATE_GOLDEN=1 npx jest test/report/golden, and read the difference.
 */
test.each<[file: string, text: string]>([
  ...[...TOLD, ...LATER_RUNS, ...AUDITOR_RUNS].flatMap(([name, report]): [string, string][] => [
    [`mail-${name}.txt`, mailOf(report)],
    [`chat-${name}.txt`, chatOf(report)],
  ]),
  ['mail-all-clear.txt', mailOf(ALL_CLEAR)],
  ['chat-all-clear.txt', chatOf(ALL_CLEAR)],
  ['chat-setup.json.txt', `${JSON.stringify(sentAlert(toSetUp).chat, null, 2)}\n`],
  ...FIVE_RUNS.flatMap(([name, report]): [string, string][] =>
    TOOLS.map((format) => [`${name}.${format}.txt`, firstLines(writeFormat(format, report, { columns: 100 }), 120)]),
  ),
  ...TELLING_CHANGES.flatMap((format): [string, string][] => [
    [`cut-run.${format}.txt`, writeFormat(format, CUT_RUN, { columns: 80 })],
  ]),
  ['undone-run.table.txt', writeFormat('table', UNDONE_RUN, { columns: 80 })],
  ['changed-by-people.table.txt', writeFormat('table', CHANGED_BY_PEOPLE, { columns: 80 })],
  ['interrupted.table.txt', writeFormat('table', INTERRUPTED, { columns: 80 })],
  ['first-run-remediate.table.txt', writeFormat('table', FIRST_RUN_REMEDIATE, { columns: 80 })],
  ['asff.json.txt', `${JSON.stringify([...writeAsff(REPAIRED_AND_REFUSED, TARGET)].slice(0, 2), null, 2)}\n`],
  ['ocsf.json.txt', `${JSON.stringify(JSON.parse(writeOcsf(REPAIRED_AND_REFUSED)).slice(0, 2), null, 2)}\n`],
  ['alert-drift.txt', mailOf(kept(DRIFTED))],
  ['alert-clean.txt', mailOf(kept(reportOf()))],
  ['alert-incomplete.txt', mailOf(kept(reportOf(NOTHING_READ)))],
  ['alert-many.txt', mailOf(kept(crowd))],
  ['alert-remediated.txt', mailOf(kept(REMEDIATED))],
  ['alert-over-cap.txt', mailOf(kept(OVER_CAP))],
  ['alert-stopped.txt', mailOf(kept(STOPPED))],
  ['alert-held-quarantined.txt', mailOf(kept(KEPT_BACK))],
  ['alert-resting.txt', mailOf(kept(RESTING))],
  ['alert-begins-to-rest.txt', mailOf(kept(BEGINS_TO_REST))],
  ['chat-resting.txt', chatOf(kept(RESTING))],
  ['table-resting.txt', writeTable(kept(RESTING))],
  ['setup-secret.txt', asMail(sentAlert(toSetUp).mail)],
  ['setup-domain.txt', asMail(sentAlert(toSetUp, { name: 'dev', domain: 'tenant.invalid' }).mail)],
  ['table.txt', writeTable(DRIFTED)],
  ['table-remediated.txt', writeTable(REMEDIATED)],
  ['table-clean.txt', writeTable(reportOf())],
  ['report.json.txt', writeJsonReport(DRIFTED)],
])('the output matches the golden file %s', (file, text) => {
  const golden = path.join(__dirname, 'golden', file);
  if (process.env.UPDATE_GOLDEN === '1') writeFileSync(golden, text);
  expect(text).toBe(readFileSync(golden, 'utf8'));
});
