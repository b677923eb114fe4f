import type { FailureReason } from '../../../lambda/connection/tenant';
import type { FindingCode } from '../../../lambda/judge/evaluate';
import { ending, OUTCOMES, type Outcome, STOP_REASONS, type StopReason } from '../../../lambda/judge/outcome';
import type { ManualReason } from '../../../lambda/judge/repair';
import { NOTICES, type NoticeCode, type Notification, RUN_ERRORS } from '../../../lambda/judge/report';
import { writeChat } from '../../../lambda/report/chat/chat';
import { writeHtml } from '../../../lambda/report/html/page';
import { writeMail } from '../../../lambda/report/mail/mail';
import { CODE_WORDS } from '../../../lambda/report/words/finding';
import { RUN_ERROR_WORDS } from '../../../lambda/report/words/incomplete';
import { NOTICE_WORDS } from '../../../lambda/report/words/notice';
import { NOTIFICATION_WORDS } from '../../../lambda/report/words/notification';
import { OUTCOME_WORDS } from '../../../lambda/report/words/outcome';
import { MANUAL_WORDS } from '../../../lambda/report/words/repair';
import { STOP_WORDS } from '../../../lambda/report/words/stop';
import type { ValueWords } from '../../../lambda/report/words/value-words';
import * as hostile from '../hostile-reports';
import { findingOf, reportOf } from '../report-samples';

type Words<Value extends string> = Readonly<Record<Value, Omit<ValueWords, 'name'>>>;

describe('a table without one value does not compile', () => {
  test('the tables of words', () => {
    const { gone: _1, ...outcomes } = OUTCOME_WORDS;
    const { time: _2, ...stops } = STOP_WORDS;
    const { NOT_EXPLICIT: _3, ...codes } = CODE_WORDS;
    const { ONLY_DEFAULT: _4, ...notices } = NOTICE_WORDS;
    const { internal: _5, ...errors } = RUN_ERROR_WORDS;
    const { reminder: _6, ...notifications } = NOTIFICATION_WORDS;
    const { masked_secret: _7, ...reasons } = MANUAL_WORDS;
    // @ts-expect-error an outcome without words
    const one: Words<Outcome> = outcomes;
    // @ts-expect-error a stop reason without words
    const two: Words<StopReason> = stops;
    // @ts-expect-error a finding code without words
    const three: Words<FindingCode> = codes;
    // @ts-expect-error a notice without words
    const four: Words<NoticeCode> = notices;
    // @ts-expect-error a run error without words
    const five: Words<FailureReason> = errors;
    // @ts-expect-error a notification without words
    const six: Words<Notification> = notifications;
    // @ts-expect-error a manual reason without words
    const seven: Words<ManualReason> = reasons;
    expect([one, two, three, four, five, six, seven]).toHaveLength(7);
  });

  test('the tables of facts whose union stands elsewhere', () => {
    const { ONLY_DEFAULT: _1, ...notices } = NOTICES;
    const { internal: _2, ...errors } = RUN_ERRORS;
    // @ts-expect-error a notice without facts
    const one: typeof NOTICES = notices;
    // @ts-expect-error a run error without facts
    const two: typeof RUN_ERRORS = errors;
    expect([one, two]).toHaveLength(2);
  });
});

const ID = 'con_seenAbCdEfGhIjKl';
const finding = (outcome: Outcome, stopped: StopReason | null = null) =>
  findingOf({ connection: { id: ID, name: 'seen' }, ...ending(outcome, { stopped }) });

describe('no value is lost on the way to a reader', () => {
  test.each(hostile.OUTCOMES)('a finding with the outcome %s is in the mail and on the page', (outcome) => {
    const report = reportOf({
      mode: 'remediate',
      findings: [finding(outcome, outcome === 'skipped_stopped' ? 'time' : null)],
    });
    expect(writeMail(report).body).toContain(ID);
    expect(writeHtml(report)).toContain(ID);
  });

  test.each(hostile.OUTCOMES.filter((outcome) => OUTCOMES[outcome].kind === 'failure'))(
    'the outcome %s, which fails a run, is named in subject and chat title',
    (outcome) => {
      const report = reportOf({ mode: 'remediate', findings: [finding(outcome)] });
      expect(writeMail(report).subject).toMatch(/FAILED/);
      expect(writeChat(report).content.title).toMatch(/FAILED/);
    },
  );

  test.each(hostile.STOP_REASONS)('the stop reason %s is explained in mail, chat and page', (stopped) => {
    const report = reportOf({ mode: 'remediate', findings: [finding('skipped_stopped', stopped)] });
    const { explanation, name } = STOP_WORDS[stopped];
    const flat = (text: string) => text.replace(/\s+/g, ' ');
    expect(flat(writeMail(report).body)).toContain(explanation);
    expect(writeChat(report).content.nextSteps).toContain(explanation);
    expect(writeHtml(report)).toContain(name);
    if (STOP_REASONS[stopped].isOfRun) expect(writeMail(report).subject).toContain(name);
  });
});
