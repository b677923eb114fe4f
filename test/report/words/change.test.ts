import fc from 'fast-check';
import { writeFormat } from '../../../cli/formats/formats';
import { keysOf } from '../../../lambda/connection/tables';
import { CHANGE_KINDS, CHANGE_RESULTS, type ChangeKind, type ChangeResult } from '../../../lambda/judge/change';
import { ending } from '../../../lambda/judge/outcome';
import type { Report } from '../../../lambda/judge/report';
import { writeChat } from '../../../lambda/report/chat/chat';
import { writeHtml } from '../../../lambda/report/html/page';
import { writeFindingMessages } from '../../../lambda/report/machine/messages';
import { writeMail } from '../../../lambda/report/mail/mail';
import { columnsOf } from '../../../lambda/report/text/columns';
import {
  CHANGE_KIND_WORDS,
  CHANGE_RESULT_WORDS,
  describeChangeRun,
  explainChange,
} from '../../../lambda/report/words/change';
import type { ValueWords } from '../../../lambda/report/words/value-words';
import { CHANGED_BY_PEOPLE, changedOf, earlierOf, UNDONE_RUN, UNREPORTED } from '../earlier-samples';
import { hostileReport, unseenIn } from '../hostile-reports';
import { findingOf, reportOf } from '../report-samples';

const KINDS = keysOf(CHANGE_KINDS);
const RESULTS = keysOf(CHANGE_RESULTS);
/** Whether an operator must check the connection. */
const TO_CHECK: Readonly<Record<ChangeResult, boolean>> = {
  unverified: true,
  unknown: true,
  overwritten: true,
  found: true,
  verified: false,
  released: false,
};
const { trend } = UNREPORTED;
const report = (...earlierChanges: Report['earlierChanges']): Report => reportOf({ trend, earlierChanges });
const withResult = (result: ChangeResult): Report =>
  report(earlierOf({ kind: result === 'released' ? 'release' : 'repair', connections: [changedOf({ result })] }));
const flat = (text: string): string => text.replace(/\s+/g, ' ');
const mailOf = (each: Report): string => flat(writeMail(each).body);
const chatOf = (each: Report): string => {
  const { description, nextSteps } = writeChat(each).content;
  return [description, ...nextSteps].join('\n');
};

/** Each form of a report that is read as text. `json` and the findings messages have values instead of texts. */
const FORMS: Readonly<Record<string, (each: Report) => string>> = {
  mail: mailOf,
  chat: chatOf,
  page: writeHtml,
  table: (each) => writeFormat('table', each, { columns: 80 }),
  markdown: (each) => writeFormat('markdown', each, { columns: 80 }),
  junit: (each) => writeFormat('junit', each, { columns: 80 }),
};
/** The forms that are sent to recipients, who get a change one time. */
const FORMS_OF_PEOPLE = ['mail', 'chat'];

test('a kind or a result of a change without texts does not compile', () => {
  const { undo: _1, ...kinds } = CHANGE_KIND_WORDS;
  const { found: _2, ...results } = CHANGE_RESULT_WORDS;
  // @ts-expect-error a kind without words
  const one: Readonly<Record<ChangeKind, ValueWords>> = kinds;
  // @ts-expect-error a result without words
  const two: Readonly<Record<ChangeResult, ValueWords>> = results;
  expect([one, two]).toHaveLength(2);
});

test.each([...Object.entries(CHANGE_KIND_WORDS), ...Object.entries(CHANGE_RESULT_WORDS)])(
  'the value %s is explained in sentences',
  (_value, { name, explanation, remedy }) => {
    expect(name).toMatch(/^[A-Za-z ]{4,24}$/);
    for (const words of [explanation, remedy]) expect(words).toMatch(/^[A-Z].*\.$/);
  },
);

describe('the description of a change', () => {
  test.each([
    ['Run 2026-11-22T04-30-00Z-77ab01c4 by the function, 2026-11-22 04:30 UTC.', earlierOf()],
    ['Run r1 by ann on laptop, 2026-11-22 04:30 UTC.', earlierOf({ runId: 'r1', by: 'ann on laptop' })],
    [
      'Undo of run r1 by ann on laptop, 2026-11-22 04:30 UTC.',
      earlierOf({ kind: 'undo', of: 'r1', by: 'ann on laptop' }),
    ],
    ['Unlock by the function, 2026-11-22 04:30 UTC.', earlierOf({ kind: 'unlock', of: '' })],
    [
      'Empty listing accepted by ann@example.com, 2026-11-22 04:30 UTC.',
      earlierOf({ kind: 'accept_empty_listing', by: 'ann@example.com' }),
    ],
  ])('the line of a change is "%s"', (words, { change }) => {
    expect(describeChangeRun(change)).toBe(words);
  });

  test.each([
    [
      'an unreported run states that no alert is known to have been sent',
      earlierOf(),
      'It is unknown whether an alert of this run was sent.',
    ],
    [
      'a run that recipients know states that its findings messages were not sent',
      earlierOf({}, { people: false }),
      'The findings messages of this run were not sent.',
    ],
    [
      'a run whose process ended before its report states this',
      earlierOf({ isCut: true }),
      'The process ended before it could report its writes.',
    ],
    ['an undo states that the connections are held', earlierOf({ kind: 'undo' }), 'The connections are held'],
    ['an unlock states what to check', earlierOf({ kind: 'unlock' }), 'Check what that run wrote'],
  ])('%s', (_claim, earlier, words) => {
    expect(explainChange(earlier)).toContain(words);
  });
});

describe('an earlier change in each form', () => {
  test.each(KINDS.flatMap((kind) => Object.keys(FORMS).map((form) => [kind, form] as const)))(
    'a change of the kind %s is in the %s',
    (kind, form) => {
      const text = FORMS[form]?.(report(earlierOf({ kind, runId: 'RUN-ID', of: kind === 'repair' ? null : 'RUN-ID' })));
      expect(text).toContain('RUN-ID');
    },
  );

  test.each(RESULTS.flatMap((result) => Object.keys(FORMS).map((form) => [result, form] as const)))(
    'a connection with the result %s is in the %s, with advice if it must be checked',
    (result, form) => {
      const text = FORMS[form]?.(withResult(result)) ?? '';
      const { name, remedy } = CHANGE_RESULT_WORDS[result];
      expect(text.toLowerCase()).toContain(name.toLowerCase());
      const plain = flat(text).replaceAll('&gt;', '>').replaceAll('&#39;', "'").replaceAll('&apos;', "'");
      if (TO_CHECK[result]) expect(plain).toContain(remedy);
      if (TO_CHECK[result] || form !== 'chat') expect(text).toContain(changedOf().id);
    },
  );

  test.each(Object.keys(FORMS))('only mail and chat omit a change that recipients already know (form: %s)', (form) => {
    const text = FORMS[form]?.(report(earlierOf({ runId: 'RUN-ID' }, { people: false })));
    expect(text?.includes('RUN-ID')).toBe(!FORMS_OF_PEOPLE.includes(form));
  });

  test('the JSON contains each change completely', () => {
    const each = { ...UNDONE_RUN, earlierChanges: [...UNDONE_RUN.earlierChanges, ...CHANGED_BY_PEOPLE.earlierChanges] };
    expect(JSON.parse(writeFormat('json', each, { columns: 80 })).earlierChanges).toEqual(each.earlierChanges);
  });

  test('the CSV contains only findings', () => {
    const csv = (each: Report): string => writeFormat('csv', each, { columns: 80 });
    expect(csv(UNDONE_RUN)).toBe(csv({ ...UNDONE_RUN, earlierChanges: [] }));
  });
});

describe('a change', () => {
  test.each(RESULTS)(
    'a change with the result %s fails a pipeline only if it must be checked, and is always visible',
    (result) => {
      const junit = writeFormat('junit', withResult(result), { columns: 80 });
      expect(junit.includes('<failure type="NOT_VERIFIED"')).toBe(TO_CHECK[result]);
      expect(junit.includes('<system-out>')).toBe(!TO_CHECK[result]);
    },
  );

  test.each(RESULTS)('a change with the result %s sets the color of the page', (result) => {
    expect(/<header class="(\w+)">/.exec(writeHtml(withResult(result)))?.[1]).toBe(
      TO_CHECK[result] ? 'alarming' : 'open',
    );
  });

  test('a change that can be undone has its undo command with the environment', () => {
    expect(mailOf(UNREPORTED)).toContain(
      'npm run audit -- undo --environment prod \\ --run 2026-11-22T04-30-00Z-77ab01c4',
    );
    expect(mailOf(withResult('unknown'))).not.toContain('--run');
    expect(mailOf(UNDONE_RUN)).not.toContain('--run');
  });

  test('a change of many connections lists twelve of them, most severe first', () => {
    const connections = Array.from({ length: 30 }, (_, index) =>
      changedOf({ id: `con_${index}_`, result: index === 29 ? 'unknown' : 'verified' }),
    );
    const body = mailOf(report(earlierOf({ connections })));
    expect(body.match(/- con_\d+_/g)).toHaveLength(12);
    expect(body).toContain('con_29_');
    expect(body).toContain('VERIFIED: 29');
    expect(body).toContain('and 18 more; the record of that run lists all of them');
  });

  test('a mail lists at most eight changes, and the command that lists all changes', () => {
    const body = mailOf(report(...Array.from({ length: 30 }, (_, index) => earlierOf({ runId: `run-${index}` }))));
    expect(body).toContain('and 22 more changes To list all changes: npm run audit -- changes --environment prod');
  });

  test('a change that recipients already know keeps a reminder a reminder', () => {
    const old = findingOf({ lifecycle: 'open' });
    const reminder = reportOf({
      trend,
      findings: [old],
      telling: 'reminder',
      earlierChanges: [earlierOf({}, { people: false })],
    });
    expect(writeMail(reminder).subject).toContain('REMINDER');
    const told = { ...reminder, earlierChanges: [earlierOf()] };
    expect(writeMail(told).subject).not.toContain('REMINDER');
  });
});

describe('the headline', () => {
  const held = findingOf({ lifecycle: 'reopened', ...ending('held') });
  test.each<[subject: string, each: Report]>([
    ['5 UNREPORTED WRITES, 60 connections audited, none drifted', UNREPORTED],
    ['1 UNREPORTED WRITE (1 UNKNOWN), 60 connections audited, none drifted', withResult('unknown')],
    ['1 undo, 60 connections audited, none drifted', report(earlierOf({ kind: 'undo' }))],
    [
      '2 releases of holds, 60 connections audited, none drifted',
      report(earlierOf({ kind: 'release' }), earlierOf({ kind: 'release' })),
    ],
    ['OK: 60 connections audited, none drifted', report(earlierOf({}, { people: false }))],
    ['1 undo, 1 of 60 still drifted (MEDIUM), 1 held', { ...report(earlierOf({ kind: 'undo' })), findings: [held] }],
    ['1 MEDIUM: 1 of 60 connections drifted, 1 held', { ...report(), findings: [held] }],
    [
      '1 NEW (MEDIUM): 2 of 60 connections drifted, 1 held',
      { ...report(), findings: [held, findingOf({ connection: { id: 'con_other' } })] },
    ],
  ])('the subject of a run with changes is "%s"', (subject, each) => {
    expect(writeMail(each).subject).toBe(`[prod] ${subject}`);
  });
});

describe('an undo', () => {
  const SAID = 'Held since 2026-11-22 14:03 UTC';
  test.each(['report', 'remediate'] as const)('an undo is stated one time in each form, in %s mode', (mode) => {
    const each = { ...UNDONE_RUN, mode };
    for (const form of ['mail', 'chat', 'page', 'table']) {
      expect(flat(FORMS[form]?.(each) ?? '').split(SAID)).toHaveLength(2);
    }
    for (const form of ['mail', 'chat']) expect(FORMS[form]?.(each)).not.toMatch(/reopened/i);
    expect(writeMail(each).body).toContain('Changes      12 held.');
  });

  test('the undos of two operators are both in the mail', () => {
    const [first, ...others] = UNDONE_RUN.findings;
    if (first === undefined) throw new Error('the sample lacks it');
    const detail = 'Held since 2026-11-21 09:00 UTC: ben undid the repair of run r.';
    const body = mailOf({ ...UNDONE_RUN, findings: [{ ...first, detail }, ...others] });
    expect(body).toContain(SAID);
    expect(body).toContain(detail);
  });
});

describe('the findings messages on changes', () => {
  const messagesOf = (each: Report) =>
    [...writeFindingMessages(each)].map(({ body, attributes }) => ({ ...JSON.parse(body), attributes }));
  const changesIn = (each: Report) => messagesOf(each).filter(({ messageType }) => messageType === 'earlier_change');

  test.each(RESULTS)('consumers get the result %s with a severity that shows whether it must be checked', (result) => {
    const [message, ...others] = changesIn(withResult(result));
    expect(others).toEqual([]);
    expect(message.attributes).toMatchObject({
      messageType: 'earlier_change',
      severity: TO_CHECK[result] ? 'high' : 'informational',
      outcome: 'none',
      lifecycle: 'none',
    });
    expect(message.changes).toEqual(withResult(result).earlierChanges.map(({ change }) => change));
  });

  test('consumers get changes to check separately, before the summary', () => {
    const each = report(earlierOf(), earlierOf({ runId: 'cut', connections: [changedOf({ result: 'found' })] }));
    expect(messagesOf(each).map(({ messageType, severity }) => `${messageType} ${severity}`)).toEqual([
      'earlier_change high',
      'earlier_change informational',
      'run_summary informational',
    ]);
  });

  test('consumers get no change that they already have', () => {
    expect(changesIn(report(earlierOf({}, { machines: false })))).toEqual([]);
  });

  test('consumers get all connections of a change, even very many', () => {
    const connections = Array.from({ length: 2_500 }, (_, index) =>
      changedOf({ id: `con_${index}`, name: '漢'.repeat(200) }),
    );
    const messages = changesIn(report(earlierOf({ connections })));
    expect(messages.length).toBeGreaterThan(1);
    const entries = messages.flatMap(({ changes }) => changes);
    expect(new Set(entries.map(({ runId }) => runId)).size).toBe(1);
    expect(entries.flatMap((entry) => entry.connections)).toEqual(connections);
    for (const message of [...writeFindingMessages(report(earlierOf({ connections })))]) {
      expect(Buffer.byteLength(message.body)).toBeLessThanOrEqual(240_000);
    }
  });

  test('consumers get each change exactly, with any texts', () => {
    fc.assert(
      fc.property(hostileReport, (each) => {
        const ours = each.earlierChanges.filter(({ to }) => to.machines).map(({ change }) => JSON.stringify(change));
        const told = changesIn(each).flatMap(({ changes }) => changes.map((change: unknown) => JSON.stringify(change)));
        expect(told.toSorted()).toEqual(ours.toSorted());
      }),
      { numRuns: 40 },
    );
  });
});

test('the table stays within its width and shows no unseen character, for any texts of changes', () => {
  fc.assert(
    fc.property(hostileReport, ({ earlierChanges }) => {
      const text = writeFormat('table', report(...earlierChanges), { columns: 80 });
      for (const line of text.split('\n')) expect(columnsOf(line)).toBeLessThanOrEqual(80);
      expect(unseenIn(text)).toEqual([]);
    }),
    { numRuns: 60 },
  );
});
