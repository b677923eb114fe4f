import { readFileSync } from 'node:fs';
import path from 'node:path';
import { keysOf } from '../../../lambda/connection/tables';
import { type Notice, TOPICS_FOR_PEOPLE } from '../../../lambda/judge/notice';
import { ending, isSettled } from '../../../lambda/judge/outcome';
import { RUN_ERRORS } from '../../../lambda/judge/report';
import { writeChat } from '../../../lambda/report/chat/chat';
import { commandPlaceOf } from '../../../lambda/report/commands/place';
import { docsLinksOf } from '../../../lambda/report/headline/docs-links';
import { writeHtml } from '../../../lambda/report/html/page';
import { writeMail } from '../../../lambda/report/mail/mail';
import { writeSetupMessage } from '../../../lambda/report/setup-message';
import { manual } from '../../judge/sample-repair';
import { CODES, MANUAL_REASONS, OUTCOMES, QUARANTINES, STOP_REASONS } from '../hostile-reports';
import { findingOf, reportOf } from '../report-samples';

const DOCS = path.join(__dirname, '../../../docs');
const EARLIER = {
  ...{ runId: 'earlier', at: '2026-11-22T04:30:00.000Z', complete: true, listed: 60 },
  ...{ noncompliant: 1, indeterminate: 0, exempt: 0, remediated: 0 },
};
const docsUrl = 'https://docs.example.com/auditor/docs';

/** The anchors of a document: explicit anchors, and anchors that GitHub derives from headings. */
function anchorsIn(file: string): ReadonlySet<string> {
  const text = readFileSync(path.join(DOCS, file), 'utf8');
  const stated = [...text.matchAll(/<a id="([^"]+)">/g)].map(([, anchor]) => anchor ?? '');
  const headings = [...text.matchAll(/^#+ (.+)$/gm)].map(([, title]) =>
    (title ?? '')
      .replace(/<[^>]*>/g, '')
      .toLowerCase()
      .replace(/[^\w\s-]/g, '')
      .replaceAll(' ', '-'),
  );
  return new Set([...stated, ...headings]);
}

/** Notices about the auditor: they require an action even if the run has no findings. */
const OF_AUDITOR: readonly Notice[] = [
  ...TOPICS_FOR_PEOPLE.flatMap((topic): Notice[] => [
    { code: 'NOBODY_CONFIRMED', topic },
    { code: 'SUBSCRIBERS_UNKNOWN', topic },
  ]),
  { code: 'RUNS_MISSED', runs: 2, since: '2026-11-21T04:30:00.000Z' },
  { code: 'WRITES_STOPPED', since: '2026-11-21T04:30:00.000Z', why: 'stop' },
];

const remediated = (findings: Parameters<typeof reportOf>[0]) => reportOf({ mode: 'remediate', ...findings });
/** A report for each value that a message can link to. */
const REPORTS = [
  ...OUTCOMES.map((outcome) => remediated({ findings: [findingOf(ending(outcome))] })),
  ...STOP_REASONS.map((stopped) => remediated({ findings: [findingOf(ending('skipped_stopped', { stopped }))] })),
  ...QUARANTINES.map((quarantine) => remediated({ findings: [findingOf(ending('quarantined', { quarantine }))] })),
  ...CODES.map((code) => reportOf({ findings: [findingOf({ code })] })),
  ...MANUAL_REASONS.map((reason) =>
    reportOf({ findings: [findingOf({ repair: manual(reason), ...ending('skipped_unsafe') })] }),
  ),
  ...keysOf(RUN_ERRORS).map((reason) =>
    reportOf({ complete: false, incomplete: { reason, message: 'Why.', missingScopes: [] } }),
  ),
  ...OF_AUDITOR.map((notice) => reportOf({ notices: [notice] })),
];

test('each docs link of a message leads to an existing anchor', () => {
  const anchors = { 'reference.md': anchorsIn('reference.md'), 'runbook.md': anchorsIn('runbook.md') };
  const links = new Set(REPORTS.flatMap((report) => docsLinksOf(report, docsUrl).map(({ address }) => address)));
  expect(links.size).toBeGreaterThan(40);
  const broken = [...links].filter((address) => {
    const [, file, anchor = ''] =
      /^https:\/\/docs\.example\.com\/auditor\/docs\/([a-z]+\.md)#(.+)$/.exec(address) ?? [];
    return file !== 'reference.md' && file !== 'runbook.md' ? true : !anchors[file].has(anchor);
  });
  expect(broken).toEqual([]);
});

test.each(REPORTS)(
  'a message that requires an action links to the docs if their address is known (report %#)',
  (report) => {
    const isCalm = report.complete && report.notices.length === 0 && report.findings.every(isSettled);
    const texts = (context: { readonly docsUrl?: string }) => [
      writeMail(report, context).body,
      JSON.stringify(writeChat(report, context)),
      writeHtml(report, context),
    ];
    for (const text of texts({ docsUrl })) expect(text.includes(docsUrl)).toBe(!isCalm);
    for (const text of texts({})) expect(text).not.toMatch(/(reference|runbook)\.md/);
  },
);

test('the setup message links to its article', () => {
  const setup = {
    environment: 'prod',
    commands: commandPlaceOf({ environment: 'prod' }),
    problem: { kind: 'domain', domain: 'x.invalid' },
  } as const;
  expect(writeSetupMessage({ ...setup, docsUrl }).message).toContain(`${docsUrl}/runbook.md#setup-needed`);
  expect(writeSetupMessage(setup).message).not.toContain('runbook.md');
});

test('the address of an entry is unbroken on a separate line of a mail', () => {
  const report = remediated({ findings: [findingOf(ending('failed_verification'))] });
  expect(writeMail(report, { docsUrl }).body).toContain(
    `DOCS\n  FAILED VERIFICATION\n  ${docsUrl}/runbook.md#failed-verification\n  unexpected value\n  ${docsUrl}/reference.md#finding-WRONG_VALUE\n`,
  );
});

test('a reminder links to the docs too', () => {
  const open = findingOf({ lifecycle: 'open' });
  const report = reportOf({ findings: [open], telling: 'reminder', trend: [EARLIER] });
  expect(writeMail(report, { docsUrl }).subject).toContain('REMINDER');
  expect(writeMail(report, { docsUrl }).body).toContain('reference.md#finding-WRONG_VALUE');
});

test.each(OF_AUDITOR)('an all-clear with the notice $code links to its entry', (notice) => {
  const report = reportOf({ notices: [notice], telling: 'all_clear', trend: [EARLIER] });
  expect(writeMail(report, { docsUrl }).body).toContain(`\n  ${docsUrl}/reference.md#notice-${notice.code}\n`);
});

test('a chat message links to the article on its most severe word', () => {
  const report = remediated({ findings: [findingOf(ending('held')), findingOf(ending('failed_verification'))] });
  const links = writeChat(report, { docsUrl }).content.nextSteps.filter((step) => step.includes(docsUrl));
  expect(links).toEqual([`What it means (FAILED VERIFICATION): ${docsUrl}/runbook.md#failed-verification`]);
});
