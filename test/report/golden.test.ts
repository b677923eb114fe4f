import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { writeFormat } from '../../cli/formats/formats';
import { writeJsonReport } from '../../cli/formats/json';
import { writeTable } from '../../cli/formats/table';
import { writeChat } from '../../lambda/report/chat/chat';
import { writeAsff } from '../../lambda/report/machine/asff';
import { writeOcsf } from '../../lambda/report/machine/ocsf';
import { writeMail } from '../../lambda/report/mail/mail';
import { writeSetupMail } from '../../lambda/report/mail/setup';
import type { Mail } from '../../lambda/report/mail/subject';
import { writeSetupMessage } from '../../lambda/report/setup-message';
import { asChannel } from './chat/chat-golden';
import { FIVE_RUNS, NOTHING_CHANGED, REPAIRED_AND_REFUSED } from './five-runs';
import { KEPT_BACK, OVER_CAP, REMEDIATED, STOPPED } from './remediation-samples';
import { DRIFTED, findingOf, NOTHING_READ, reportOf } from './report-samples';

const functionName = 'ConnectionAuditor-prod-Function';
const context = { functionName, region: 'eu-central-1' };
const secretArn =
  'arn:aws:secretsmanager:eu-central-1:111122223333:secret:ConnectionAuditorCredentials8A7-QmZxPw0b1c2D-a1B2c3';
const asMail = ({ subject, body }: Mail): string => `Subject: ${subject}\n\n${body}`;
const crowd = reportOf({
  coverage: { listed: 1200, judged: 1200 },
  findings: Array.from({ length: 137 }, (_, index) =>
    findingOf({
      connection: { id: `con_${String(index).padStart(16, '0')}`, name: `customer-${String(index).padStart(3, '0')}` },
    }),
  ),
});

/** The page has tests and pictures of its own. */
const TOOLS = ['table', 'ocsf', 'csv', 'markdown', 'junit'] as const;
const TARGET = { account: '111122223333', region: 'eu-central-1', partition: 'aws' };

/** Of 10,000 findings a person looks at the first. */
function firstLines(text: string, lines: number): string {
  const all = text.split('\n');
  return all.length <= lines ? text : `${all.slice(0, lines).join('\n')}\n[and ${all.length - lines} more lines]\n`;
}

/** Texts to look at. After a wanted change: UPDATE_GOLDEN=1 npx jest test/report/golden, and read the difference. */
test.each<[file: string, text: string]>([
  ...FIVE_RUNS.map(([name, report]): [string, string] => [
    `mail-${name}.txt`,
    asMail(writeMail(name === 'nothing-changed' ? { ...report, telling: 'reminder' } : report, context)),
  ]),
  ...FIVE_RUNS.map(([name, report]): [string, string] => [
    `chat-${name}.txt`,
    asChannel(writeChat(name === 'nothing-changed' ? { ...report, telling: 'reminder' } : report, context)),
  ]),
  ['chat-all-clear.txt', asChannel(writeChat({ ...NOTHING_CHANGED, findings: [], telling: 'all_clear' }, context))],
  [
    'chat-setup.json.txt',
    `${JSON.stringify(JSON.parse(JSON.parse(writeSetupMessage({ environment: 'prod', functionName, problem: { kind: 'secret', secretArn } }).message).https), null, 2)}\n`,
  ],
  ...FIVE_RUNS.flatMap(([name, report]): [string, string][] =>
    TOOLS.map((format) => [`${name}.${format}.txt`, firstLines(writeFormat(format, report, { columns: 100 }), 120)]),
  ),
  ['asff.json.txt', `${JSON.stringify(writeAsff(REPAIRED_AND_REFUSED, TARGET).slice(0, 2), null, 2)}\n`],
  ['ocsf.json.txt', `${JSON.stringify(JSON.parse(writeOcsf(REPAIRED_AND_REFUSED)).slice(0, 2), null, 2)}\n`],
  ['mail-all-clear.txt', asMail(writeMail({ ...NOTHING_CHANGED, findings: [], telling: 'all_clear' }, context))],
  ['alert-drift.txt', asMail(writeMail(DRIFTED, { functionName }))],
  ['alert-clean.txt', asMail(writeMail(reportOf(), { functionName }))],
  ['alert-incomplete.txt', asMail(writeMail(reportOf(NOTHING_READ), { functionName }))],
  ['alert-many.txt', asMail(writeMail(crowd, { functionName }))],
  ['alert-remediated.txt', asMail(writeMail(REMEDIATED, { functionName }))],
  ['alert-over-cap.txt', asMail(writeMail(OVER_CAP, { functionName }))],
  ['alert-stopped.txt', asMail(writeMail(STOPPED, { functionName }))],
  ['alert-held-quarantined.txt', asMail(writeMail(KEPT_BACK, { functionName }))],
  [
    'setup-secret.txt',
    asMail(writeSetupMail({ environment: 'prod', functionName, problem: { kind: 'secret', secretArn } })),
  ],
  [
    'setup-domain.txt',
    asMail(writeSetupMail({ environment: 'dev', functionName, problem: { kind: 'domain', domain: 'tenant.invalid' } })),
  ],
  ['table.txt', writeTable(DRIFTED)],
  ['table-remediated.txt', writeTable(REMEDIATED)],
  ['table-clean.txt', writeTable(reportOf())],
  ['report.json.txt', writeJsonReport(DRIFTED)],
])('%s is as it was last looked at', (file, text) => {
  const golden = path.join(__dirname, 'golden', file);
  if (process.env.UPDATE_GOLDEN === '1') writeFileSync(golden, text);
  expect(text).toBe(readFileSync(golden, 'utf8'));
});
