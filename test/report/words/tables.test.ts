import { writeTable } from '../../../cli/formats/table';
import type { FailureReason } from '../../../lambda/connection/tenant';
import type { FindingCode } from '../../../lambda/judge/evaluate';
import { NOTICES, type NoticeCode, type NoticeFacts } from '../../../lambda/judge/notice';
import {
  ending,
  OUTCOMES,
  type Outcome,
  type QuarantineReason,
  STOP_REASONS,
  type StopReason,
} from '../../../lambda/judge/outcome';
import type { ManualReason } from '../../../lambda/judge/repair';
import { type Notification, RUN_ERRORS } from '../../../lambda/judge/report';
import { writeChat } from '../../../lambda/report/chat/chat';
import { writeHtml } from '../../../lambda/report/html/page';
import { writeMail } from '../../../lambda/report/mail/mail';
import { CODE_WORDS } from '../../../lambda/report/words/finding';
import { RUN_ERROR_WORDS } from '../../../lambda/report/words/incomplete';
import { NOTICE_WORDS } from '../../../lambda/report/words/notice';
import { NOTIFICATION_WORDS } from '../../../lambda/report/words/notification';
import { nameEnding, OUTCOME_WORDS, QUARANTINE_WORDS } from '../../../lambda/report/words/outcome';
import { describeRepair, MANUAL_WORDS } from '../../../lambda/report/words/repair';
import { STOP_WORDS } from '../../../lambda/report/words/stop';
import type { ValueWords } from '../../../lambda/report/words/value-words';
import * as hostile from '../hostile-reports';
import { findingOf, reportOf } from '../report-samples';

type Words<Value extends string> = Readonly<Record<Value, Omit<ValueWords, 'name'>>>;

describe('the completeness of tables', () => {
  test('a table of texts without one value does not compile', () => {
    const { gone: _1, ...outcomes } = OUTCOME_WORDS;
    const { time: _2, ...stops } = STOP_WORDS;
    const { NOT_EXPLICIT: _3, ...codes } = CODE_WORDS;
    const { ONLY_DEFAULT: _4, ...notices } = NOTICE_WORDS;
    const { internal: _5, ...errors } = RUN_ERROR_WORDS;
    const { reminder: _6, ...notifications } = NOTIFICATION_WORDS;
    const { masked_secret: _7, ...reasons } = MANUAL_WORDS;
    const { refused: _8, ...quarantines } = QUARANTINE_WORDS;
    // @ts-expect-error an outcome without texts
    const one: Words<Outcome> = outcomes;
    // @ts-expect-error a stop reason without texts
    const two: Words<StopReason> = stops;
    // @ts-expect-error a finding code without texts
    const three: Words<FindingCode> = codes;
    // @ts-expect-error a notice without texts
    const four: Words<NoticeCode> = notices;
    // @ts-expect-error a run error without texts
    const five: Words<FailureReason> = errors;
    // @ts-expect-error a notification without texts
    const six: Words<Notification> = notifications;
    // @ts-expect-error a manual reason without texts
    const seven: Words<ManualReason> = reasons;
    // @ts-expect-error a reason for a quarantine without texts
    const eight: Words<QuarantineReason> = quarantines;
    expect([one, two, three, four, five, six, seven, eight]).toHaveLength(8);
  });

  test('a table of facts without one value does not compile', () => {
    const { ONLY_DEFAULT: _1, ...notices } = NOTICES;
    const { internal: _2, ...errors } = RUN_ERRORS;
    // @ts-expect-error a notice without facts
    const one: typeof NOTICES = notices;
    // @ts-expect-error a run error without facts
    const two: typeof RUN_ERRORS = errors;
    // @ts-expect-error a notice without the fact whether it is about the auditor
    const three: NoticeFacts = { saidBy: null, isUrgent: true };
    expect([one, two, three]).toHaveLength(3);
  });
});

const ID = 'con_seenAbCdEfGhIjKl';
const finding = (outcome: Outcome, stopped: StopReason | null = null) =>
  findingOf({ connection: { id: ID, name: 'seen' }, ...ending(outcome, { stopped }) });

const remediated = (...findings: ReturnType<typeof finding>[]) => reportOf({ mode: 'remediate', findings });
const stopOf = (outcome: Outcome): StopReason | null => (outcome === 'skipped_stopped' ? 'time' : null);
const flat = (text: string) => text.replace(/\s+/g, ' ');

describe('the values in messages and forms', () => {
  test.each(hostile.OUTCOMES)(
    'a finding with the outcome %s is in the mail, on the page and in the table',
    (outcome) => {
      const report = remediated(finding(outcome, stopOf(outcome)));
      expect(writeMail(report).body).toContain(ID);
      expect(writeHtml(report)).toContain(ID);
      const table = writeTable(report, { width: 120 });
      expect(table).toContain(ID);
      expect(table).toContain(nameEnding({ outcome, stopped: stopOf(outcome) }));
    },
  );

  test.each([
    ['failed_verification', 'FAILED VERIFICATION'],
    ['failed', 'FAILED'],
    ['skipped_stopped', 'WRITES STOPPED (kill switch), nothing fixed'],
    ['skipped_cap', 'OVER CAP: nothing fixed'],
    ['skipped_incomplete', 'nothing fixed'],
    ['quarantined', 'quarantined'],
    ['held', 'held'],
    ['remediated', 'fixed'],
  ] as const)('the urgent outcome %s is in the subject and in the chat title', (outcome, words) => {
    const report = remediated(finding(outcome, outcome === 'skipped_stopped' ? 'kill_switch' : null));
    expect(writeMail(report).subject).toContain(words);
    expect(writeChat(report).content.title).toContain(words);
  });

  test.each(hostile.STOP_REASONS)(
    'the stop reason %s is explained in mail and chat, and named in page and table',
    (stopped) => {
      const report = remediated(finding('skipped_stopped', stopped));
      const { explanation, name } = STOP_WORDS[stopped];
      expect(name).not.toBe('');
      expect(flat(writeMail(report).body)).toContain(explanation);
      expect(writeChat(report).content.nextSteps).toContain(explanation);
      expect(writeHtml(report)).toContain(name);
      expect(writeTable(report, { width: 120 })).toContain(name);
      if (STOP_REASONS[stopped].isOfRun) expect(writeMail(report).subject).toContain(name);
    },
  );

  test.each(hostile.QUARANTINES)('the quarantine reason %s is named in chat, table and page', (quarantine) => {
    const report = remediated({ ...finding('quarantined'), quarantine });
    const { name, explanation } = QUARANTINE_WORDS[quarantine];
    expect(writeChat(report).content.description).toContain(`(${name})`);
    expect(writeTable(report, { width: 120 })).toContain(name);
    expect(writeHtml(report)).toContain(name);
    expect(writeHtml(report)).toContain(explanation);
  });

  test.each(['refused', 'refused_again'] as const)(
    "a connection with the quarantine reason %s is shown with Auth0's message and the retry command",
    (quarantine) => {
      const report = remediated({ ...finding('quarantined'), quarantine, refusal: 'Invalid certificate <!here>.' });
      const chat = writeChat(report).content;
      const texts = [writeMail(report).body, writeTable(report, { width: 120 }), writeHtml(report)].map(flat);
      for (const text of [...texts, chat.description]) {
        expect(text).toMatch(/Auth0('|&#39;)s message:/);
        expect(text).toContain('Invalid certificate');
        expect(text).not.toContain('<!here>');
      }
      for (const text of [...texts, ...chat.nextSteps.filter((step) => step.includes('To try again now'))]) {
        expect(text).toContain('--retry con_seenAbCdEfGhIjKl');
      }
      expect(writeMail(report).subject).toContain('1 paused');
      expect(writeMail(report).subject).not.toContain('quarantined');
    },
  );

  test('two stop reasons are both named in subject, mail and chat', () => {
    const report = remediated(finding('skipped_stopped', 'kill_switch'), finding('skipped_stopped', 'lease'));
    expect(writeMail(report).subject).toContain('WRITES STOPPED (kill switch, another run)');
    expect(writeChat(report).content.nextSteps).toEqual(
      expect.arrayContaining([STOP_WORDS.kill_switch.explanation, STOP_WORDS.lease.explanation]),
    );
  });

  test.each(
    hostile.OUTCOMES.filter((outcome) =>
      ['stopped', 'refused', 'planned', 'by_policy'].includes(OUTCOMES[outcome].kind),
    ),
  )('a known finding with the outcome %s is shown in full only if its cause is in this run', (outcome) => {
    const known = { ...finding(outcome, stopOf(outcome)), lifecycle: 'open' as const };
    const isTold = ['skipped_stopped', 'skipped_cap', 'skipped_conflict'].includes(outcome);
    expect(writeMail(remediated(known)).body.includes('STILL OPEN')).toBe(!isTold);
  });

  test.each([
    ['WRITE_SCOPES_MISSING', finding('skipped_stopped', 'scope'), { code: 'WRITE_SCOPES_MISSING' }],
    ['CAP_EXCEEDED', finding('skipped_cap'), { code: 'CAP_EXCEEDED', planned: 9, allowed: 1 }],
  ] as const)('the notice %s is not repeated if a section states the same', (_code, said, notice) => {
    const report = (...findings: ReturnType<typeof finding>[]) =>
      reportOf({ mode: 'remediate', notices: [notice], findings });
    expect(writeMail(report(said)).body).not.toContain('NOTES');
    expect(writeMail(report(finding('failed'))).body).toContain('NOTES');
  });

  test.each([
    ['options_not_visible', false],
    ['stops_user_creation', false],
    ['masked_secret', true],
    ['no_repair_target', true],
  ] as const)('the effect of the change on users is next to the manual reason %s: %s', (reason, isTold) => {
    const words = describeRepair({
      repair: { action: 'manual', reason },
      effective: 'on_each_login',
      expected: ['on_first_login'],
    });
    expect(words.includes('changes in the directory')).toBe(isTold);
  });
});
