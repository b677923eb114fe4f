import { writeFormat } from '../../../cli/formats/formats';
import { ending } from '../../../lambda/judge/outcome';
import type { Report } from '../../../lambda/judge/report';
import { writeChat } from '../../../lambda/report/chat/chat';
import { writeHtml } from '../../../lambda/report/html/page';
import { writeMail } from '../../../lambda/report/mail/mail';
import { explainIncomplete, titleIncomplete } from '../../../lambda/report/words/incomplete';
import { describeCoverage } from '../../../lambda/report/words/run';
import {
  CHANGED_BY_PEOPLE,
  EMPTY_LISTING,
  INTERRUPTED,
  NO_CONNECTIONS,
  SHORT_LISTING,
  UNREPORTED,
} from '../earlier-samples';
import { findingOf, NOTHING_READ, reportOf } from '../report-samples';

const flat = (text: string): string => text.replace(/\s+/g, ' ');
const interruptedEarly: Report = reportOf({
  mode: 'remediate',
  complete: false,
  incomplete: {
    reason: 'interrupted',
    message: 'An operator interrupted the run during the listing.',
    missingScopes: [],
  },
  coverage: { listed: 12, judged: 12 },
});

describe('the texts of an incomplete run', () => {
  test.each<[claim: string, report: Report, title: RegExp, explanation: RegExp, coverage: RegExp]>([
    [
      'a run whose listing broke off states that connections were not read',
      reportOf({ ...NOTHING_READ, coverage: { listed: 40, judged: 40 } }),
      /did not read everything/,
      /not read might have drifted\. This is not/,
      /^40 listed before the run ended early, /,
    ],
    [
      'a run with a short listing states that connections are missing',
      SHORT_LISTING,
      /listing is not complete/,
      /at least one connection is missing.*This run wrote nothing/i,
      /^41 listed \(at least one missing\), /,
    ],
    [
      'a run with an empty listing states that the listing is not trusted',
      EMPTY_LISTING,
      /Auth0 listed no connections/,
      /does not trust the empty listing.*This run wrote nothing/,
      /^None: Auth0 listed no connections\.$/,
    ],
    [
      'a run interrupted during the listing states that it wrote nothing',
      interruptedEarly,
      /did not read everything/,
      /This run wrote nothing/,
      /^12 listed before the run ended early, /,
    ],
    [
      'a run interrupted during repairs states that not all repairs were made',
      INTERRUPTED,
      /did not finish/,
      /^All connections were judged\. Not all repairs were made\. This is not an all-clear\.$/,
      /^60 listed, 60 judged/,
    ],
    [
      'a run that reached its time limit before the first repair states that it wrote nothing',
      reportOf({
        mode: 'remediate',
        complete: false,
        incomplete: { reason: 'out_of_time', message: 'Time was up.', missingScopes: [] },
        findings: [findingOf(ending('skipped_stopped', { stopped: 'time' }))],
      }),
      /did not finish/,
      /This run wrote nothing/,
      /^60 listed, 60 judged/,
    ],
  ])('%s', (_claim, report, title, explanation, coverage) => {
    expect(titleIncomplete(report)).toMatch(title);
    expect(explainIncomplete(report)).toMatch(explanation);
    expect(describeCoverage(report)).toMatch(coverage);
  });

  test('an empty listing comes with the command that confirms it', () => {
    const command = 'npm run audit -- accept-empty-listing --environment prod';
    expect(writeMail(EMPTY_LISTING).body).toContain(command);
    expect(writeChat(EMPTY_LISTING).content.nextSteps.join('\n')).toContain(command);
    expect(writeMail(SHORT_LISTING).body).not.toContain('accept-empty-listing');
  });

  test('a mail never states "nothing was written" next to writes of an earlier run', () => {
    const { earlierChanges } = UNREPORTED;
    expect(flat(writeMail({ ...EMPTY_LISTING, earlierChanges }).body)).not.toMatch(/nothing was written/i);
  });
});

describe('a first run without connections', () => {
  test('a first run without connections asks for the tenant and is no all-clear', () => {
    expect(writeMail(NO_CONNECTIONS).subject).toBe('[prod] NO CONNECTIONS: is this the right tenant?');
    expect(describeCoverage(NO_CONNECTIONS)).toBe('None: Auth0 listed no connections.');
    expect(writeHtml(NO_CONNECTIONS)).toContain('<header class="open">');
  });

  test.each(['mail', 'chat', 'page', 'table', 'markdown'])(
    'a first run without connections states what to check in the %s',
    (form) => {
      const remedy = 'Check that the domain and the credentials belong to the right tenant.';
      const texts: Readonly<Record<string, () => string>> = {
        mail: () => writeMail(NO_CONNECTIONS).body,
        chat: () => writeChat(NO_CONNECTIONS).content.nextSteps.join('\n'),
        page: () => writeHtml(NO_CONNECTIONS),
        table: () => writeFormat('table', NO_CONNECTIONS, { columns: 80 }).replaceAll('\n      ', ' '),
        markdown: () => writeFormat('markdown', NO_CONNECTIONS, { columns: 80 }),
      };
      expect(flat(texts[form]?.() ?? '')).toContain(remedy);
    },
  );

  test('a first run without connections differs from a tenant that is known to be empty', () => {
    const empty = reportOf({ coverage: { listed: 0, judged: 0 }, trend: UNREPORTED.trend });
    expect(writeMail(empty).subject).toBe('[prod] OK: the tenant has no connections');
    expect(describeCoverage(empty)).toBe('None: the tenant has no connections.');
  });
});

test('a listing that lost connections is no all-clear, and the chat states what to check', () => {
  const { earlierChanges: _none, ...dropped } = CHANGED_BY_PEOPLE;
  const report: Report = { ...dropped, earlierChanges: [] };
  expect(writeMail(report).subject).toBe('[prod] LISTING DROPPED from 60 to 40, 40 connections audited, none drifted');
  const steps = writeChat(report).content.nextSteps.join('\n');
  expect(steps).toContain('Check that the missing connections were deleted on purpose.');
  expect(steps).toContain('Check the clock');
});
