import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type Alert, writeAlert } from '../../lambda/report/alert';
import { writeJsonReport } from '../../lambda/report/json-report';
import { writeSetupNeeded } from '../../lambda/report/setup-needed';
import { writeTable } from '../../lambda/report/table';
import { FIVE_RUNS, NOTHING_CHANGED } from './five-runs';
import { KEPT_BACK, OVER_CAP, REMEDIATED, STOPPED } from './remediation-samples';
import { DRIFTED, findingOf, NOTHING_READ, reportOf } from './report-samples';

const functionName = 'ConnectionAuditor-prod-Function';
const context = { functionName, region: 'eu-central-1' };
const secretArn =
  'arn:aws:secretsmanager:eu-central-1:111122223333:secret:ConnectionAuditorCredentials8A7-QmZxPw0b1c2D-a1B2c3';
const asMail = ({ subject, body }: Alert): string => `Subject: ${subject}\n\n${body}`;
const crowd = reportOf({
  coverage: { listed: 1200, judged: 1200 },
  findings: Array.from({ length: 137 }, (_, index) =>
    findingOf({
      connection: { id: `con_${String(index).padStart(16, '0')}`, name: `customer-${String(index).padStart(3, '0')}` },
    }),
  ),
});

/** Texts to look at. After a wanted change: UPDATE_GOLDEN=1 npx jest test/report/golden, and read the difference. */
test.each<[file: string, text: string]>([
  ...FIVE_RUNS.map(([name, report]): [string, string] => [
    `mail-${name}.txt`,
    asMail(writeAlert(name === 'nothing-changed' ? { ...report, telling: 'reminder' } : report, context)),
  ]),
  ['mail-all-clear.txt', asMail(writeAlert({ ...NOTHING_CHANGED, findings: [], telling: 'all_clear' }, context))],
  ['alert-drift.txt', asMail(writeAlert(DRIFTED, { functionName }))],
  ['alert-clean.txt', asMail(writeAlert(reportOf(), { functionName }))],
  ['alert-incomplete.txt', asMail(writeAlert(reportOf(NOTHING_READ), { functionName }))],
  ['alert-many.txt', asMail(writeAlert(crowd, { functionName }))],
  ['alert-remediated.txt', asMail(writeAlert(REMEDIATED, { functionName }))],
  ['alert-over-cap.txt', asMail(writeAlert(OVER_CAP, { functionName }))],
  ['alert-stopped.txt', asMail(writeAlert(STOPPED, { functionName }))],
  ['alert-held-quarantined.txt', asMail(writeAlert(KEPT_BACK, { functionName }))],
  [
    'setup-secret.txt',
    asMail(writeSetupNeeded({ environment: 'prod', functionName, problem: { kind: 'secret', secretArn } })),
  ],
  [
    'setup-domain.txt',
    asMail(
      writeSetupNeeded({ environment: 'dev', functionName, problem: { kind: 'domain', domain: 'tenant.invalid' } }),
    ),
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
