import type { Notice } from '../../../lambda/judge/notice';
import { ending } from '../../../lambda/judge/outcome';
import type { Report } from '../../../lambda/judge/report';
import { writeChat } from '../../../lambda/report/chat/chat';
import { toWord } from '../../../lambda/report/commands/command';
import { headline } from '../../../lambda/report/headline/headline';
import { writeHtml } from '../../../lambda/report/html/page';
import { writeMail } from '../../../lambda/report/mail/mail';
import { explainKillSwitch } from '../../../lambda/report/words/auditor-notice';
import { isFirstRun } from '../../../lambda/report/words/lifecycle';
import {
  ALARMS_UNHEARD,
  AUDITOR_RUNS,
  HEARD_AT_LAST,
  STOPPED_ALL_CLEAR,
  STOPPED_REMINDER,
  STOPPED_WITH_NEWS,
} from '../auditor-samples';
import { findingOf, reportOf } from '../report-samples';

const commands = { environment: toWord('prod'), region: toWord('eu-central-1') };
const mailOf = (report: Report) => writeMail(report, { commands }).body;
const chatOf = (report: Report) => writeChat(report, { commands }).content;
const inOneLine = (text: string) => text.replaceAll(/\s+/g, ' ');
const FACT = 'The kill switch stops all writes.';
const SINCE = 'A run first detected this on 2026-11-15 21:09 UTC.';

describe('the headline', () => {
  const missed = (runs: number): Notice => ({ code: 'RUNS_MISSED', runs, since: '2026-11-21T04:30:00.000Z' });
  const unheard = (topic: 'alerts' | 'alarms'): Notice => ({ code: 'NOBODY_CONFIRMED', topic });
  const drifted = [findingOf(), findingOf()];

  test.each<[string, Partial<Report>, string]>([
    [
      'the headline names missing subscribers of the alarms in place of OK',
      { notices: [unheard('alarms')] },
      'ALARMS REACH NOBODY, 60 connections audited, none drifted',
    ],
    [
      'the headline names missing subscribers of the alerts in place of OK',
      { notices: [unheard('alerts')] },
      'ALERTS REACH NOBODY, 60 connections audited, none drifted',
    ],
    [
      'the headline counts one unreported run',
      { notices: [missed(1)] },
      '1 run not reported, 60 connections audited, none drifted',
    ],
    [
      'the headline counts unreported runs before the drift',
      { notices: [missed(3)], findings: drifted },
      '3 runs not reported, 2 of 60 drifted (MEDIUM), 2 new',
    ],
    [
      'the headline names a topic without subscribers before unreported runs, in any order of the report',
      { notices: [missed(3), unheard('alarms')] },
      'ALARMS REACH NOBODY, 3 runs not reported, 60 connections audited, none drifted',
    ],
    [
      'the headline names a failed write before a topic without subscribers',
      { notices: [unheard('alarms')], mode: 'remediate', findings: [findingOf(ending('failed'))] },
      '1 FAILED, ALARMS REACH NOBODY, 1 of 60 still drifted (MEDIUM)',
    ],
    [
      'the headline names a tenant without connections before a topic without subscribers',
      { notices: [{ code: 'NO_CONNECTIONS' }, unheard('alarms')], coverage: { listed: 0, judged: 0 } },
      'NO CONNECTIONS: is this the right tenant?, ALARMS REACH NOBODY',
    ],
    [
      'the headline keeps the OK if a stop prevents no repair',
      { notices: [{ code: 'WRITES_STOPPED', since: '2026-11-21T04:30:00.000Z', why: 'stop' }] },
      'OK: 60 connections audited, none drifted',
    ],
  ])('%s', (_claim, change, words) => {
    expect(headline(reportOf(change))).toBe(words);
  });
});

describe('the kill switch', () => {
  test.each([
    [
      'stop',
      '2026-11-18T21:09:00.000Z',
      'The kill switch stops all writes. A run first detected this on 2026-11-18 21:09 UTC.',
    ],
    ['stop', null, 'The kill switch stops all writes.'],
    [
      'unreadable',
      '2026-11-18T21:09:00.000Z',
      'The kill switch could not be read. Nothing is written until it can be read.',
    ],
    ['unreadable', null, 'The kill switch could not be read. Nothing is written until it can be read.'],
  ] as const)('the text on a kill switch in the state %s since %s states what is known', (why, since, words) => {
    expect(explainKillSwitch(why, since)).toBe(words);
  });

  test.each([
    ['an all-clear', STOPPED_ALL_CLEAR],
    ['a reminder', STOPPED_REMINDER],
  ])('a kill switch on stop is in %s, with the command, in mail, chat and page', (_, report) => {
    const mail = inOneLine(mailOf(report));
    const { description, nextSteps } = chatOf(report);
    for (const text of [mail, description]) expect(text).toContain(`${FACT} ${SINCE}`);
    for (const text of [mail.replaceAll(' \\', ''), nextSteps.join('\n'), writeHtml(report, { commands })]) {
      expect(text).toContain(
        'aws ssm put-parameter --region eu-central-1 --name /auth0-connection-auditor/prod/writes',
      );
    }
  });

  test('a mail with a section on the kill switch states the stop and its time only there', () => {
    const mail = inOneLine(mailOf(STOPPED_WITH_NEWS));
    expect(mail).not.toContain(FACT);
    expect(mail).toContain(`not set to "allow". ${SINCE}`);
    expect(mail.match(/WRITES STOPPED: /g)).toHaveLength(1);
    expect(mail.match(/put-parameter/g)).toHaveLength(1);
  });

  test('a chat message states a kill switch on stop one time', () => {
    const { description, nextSteps } = chatOf(STOPPED_WITH_NEWS);
    expect(description).toContain(`*Writes stopped.* ${FACT} ${SINCE}`);
    expect(nextSteps.join('\n')).not.toContain('The kill switch of this environment');
  });
});

test('a run after missed runs is not the first run', () => {
  expect(isFirstRun(HEARD_AT_LAST)).toBe(false);
  expect(isFirstRun({ ...HEARD_AT_LAST, notices: [] })).toBe(true);
  for (const text of [mailOf(HEARD_AT_LAST), chatOf(HEARD_AT_LAST).description])
    expect(text).not.toContain('First run');
});

test.each(AUDITOR_RUNS)('the mail of %s has the notices about the auditor before the first finding', (_, report) => {
  const body = mailOf(report);
  const first = report.findings[0]?.connection.id ?? 'NEXT';
  const [title = ''] =
    /^(ALERTS REACH|ALARMS REACH|2 RUNS NOT REPORTED|WRITES STOPPED).*$/m.exec(
      body.split('\n\n').slice(1).join('\n\n'),
    ) ?? [];
  expect(title).not.toBe('');
  expect(body.lastIndexOf(title)).toBeLessThan(body.indexOf(first));
  expect(body).not.toContain('NOTES');
});

test.each([
  [
    'missing subscribers of the alarms',
    ALARMS_UNHEARD,
    'npm run audit -- check --environment prod --region eu-central-1',
  ],
  ['missed runs', HEARD_AT_LAST, 'npm run audit -- history --environment prod --region eu-central-1'],
])('mail, chat and page have the command to paste for %s', (_, report, command) => {
  const [, next = ''] = mailOf(report).split('\nNEXT\n');
  expect(next).toContain(`\n  ${command}\n`);
  expect(chatOf(report).nextSteps.join('\n')).toContain(`\`${command}\``);
  expect(writeHtml(report, { commands })).toContain(`<code>${command}</code>`);
});

test('a mail prints a command only one time, even if two notices and an incomplete run need it', () => {
  const notices: Notice[] = [
    { code: 'NOBODY_CONFIRMED', topic: 'alerts' },
    { code: 'NOBODY_CONFIRMED', topic: 'alarms' },
  ];
  const incomplete = { reason: 'no_answer', message: 'Why.', missingScopes: [] } as const;
  expect(mailOf(reportOf({ notices, complete: false, incomplete })).match(/ check --environment/g)).toHaveLength(1);
});
