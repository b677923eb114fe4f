import fc from 'fast-check';
import { toMessage, writeAlertMessage } from '../../../lambda/report/alert-message';
import { type ChatNotification, writeChat } from '../../../lambda/report/chat/chat';
import { toWord } from '../../../lambda/report/commands/command';
import { commandPlaceOf } from '../../../lambda/report/commands/place';
import { writeSetupMessage } from '../../../lambda/report/setup-message';
import { changedOf, earlierOf, LATER_RUNS } from '../earlier-samples';
import { FIRST_RUN, FIVE_RUNS, HUGE, NOTHING_CHANGED } from '../five-runs';
import { hostileReport, hostileText, unseenIn } from '../hostile-reports';
import { findingOf, reportOf } from '../report-samples';

const context = {
  commands: {
    environment: toWord('prod'),
    region: toWord('eu-central-1'),
    functionName: toWord('ConnectionAuditor-prod-Function'),
  },
};

/** The text without its code spans: only this part can contain markup. */
const outsideCode = (text: string): string => text.replace(/`[^`]*`/g, '');

function expectHarmless({ content, metadata }: ChatNotification): void {
  const texts = [content.title, content.description, ...content.nextSteps, ...content.keywords];
  for (const text of texts) {
    expect((text.match(/`/g) ?? []).length % 2).toBe(0);
    expect(outsideCode(text).replaceAll(' > ', ' ')).not.toMatch(/[<>@_~\\]|\]\(|!\[/);
    expect(unseenIn(text)).toEqual([]);
  }
  for (const line of content.description.split('\n')) {
    expect(outsideCode(line)).toMatch(/^[ -~•]*$/);
    expect(line).not.toMatch(/^\s*(>|#|\d+\.)/);
  }
  expect(content.title).not.toContain('`');
  for (const text of [metadata.threadId, metadata.summary, ...Object.values(metadata.additionalContext)]) {
    expect(text).toMatch(/^[ -~]+$/);
  }
}

describe('the chat message', () => {
  test.each(FIVE_RUNS)('the chat message of %s is a custom notification of Amazon Q Developer', (_, report) => {
    const chat = writeChat(report, context);
    expect(Object.keys(chat).sort()).toEqual(['content', 'id', 'metadata', 'source', 'version']);
    expect(chat).toMatchObject({ version: '1.0', source: 'custom', content: { textType: 'client-markdown' } });
    expect(chat.content.description.length).toBeGreaterThan(0);
    expect(chat.content.description.length).toBeLessThanOrEqual(3000);
    expectHarmless(chat);
  });

  test('a tenant has one chat thread for all runs', () => {
    const threads = FIVE_RUNS.map(([, report]) => writeChat(report).metadata.threadId);
    expect(new Set(threads)).toEqual(new Set(['auth0-connection-auditor/example.eu.auth0.com']));
    expect(writeChat({ ...FIRST_RUN, tenant: 'other.eu.auth0.com' }).metadata.threadId).not.toBe(threads[0]);
  });

  test.each(LATER_RUNS)('the chat message of %s is harmless and short enough', (_, report) => {
    const chat = writeChat(report, context);
    expect(chat.content.description.length).toBeLessThanOrEqual(3000);
    expectHarmless(chat);
  });

  test('a chat message with a hundred changes has space for the findings', () => {
    const connections = Array.from({ length: 50 }, () => changedOf({ result: 'unknown', name: 'x'.repeat(60) }));
    const earlierChanges = Array.from({ length: 100 }, () => earlierOf({ connections }));
    const { description } = writeChat(reportOf({ earlierChanges, findings: [findingOf()] })).content;
    expect(description.length).toBeLessThanOrEqual(3000);
    expect(description).toContain('and more; the mail and the full report list all of them');
    expect(description).toContain('`contoso`');
  });

  test('a chat message of 10,000 findings lists twelve of them and the number of the rest', () => {
    const { description } = writeChat(HUGE).content;
    expect(description.match(/^• /gm)).toHaveLength(12);
    expect(description).toMatch(/\nand 9988 more; the full report lists all of them$/);
  });

  test('a chat message lists failures first, then new findings, then the rest', () => {
    const findings = [
      findingOf({ lifecycle: 'open', connection: { name: 'old' } }),
      findingOf({ lifecycle: 'new', connection: { name: 'young' }, severity: 'low' }),
      findingOf({ outcome: 'failed', connection: { name: 'failed' }, severity: 'low' }),
    ];
    const { description } = writeChat(reportOf({ findings, mode: 'remediate' })).content;
    const names = [...description.matchAll(/^• `(\w+)`/gm)].map(([, name]) => name);
    expect(names).toEqual(['failed', 'young', 'old']);
  });

  test('the links in a chat message open the console and are never signed', () => {
    const steps = writeChat(FIRST_RUN, context).content.nextSteps.join('\n');
    expect(steps).toContain('https://eu-central-1.console.aws.amazon.com/s3/object/');
    expect(steps).not.toMatch(/X-Amz|Signature/);
    expect(writeChat(FIRST_RUN).content.nextSteps.join('\n')).toContain('s3://connectionauditor-prod-history/');
  });

  test('foreign texts in a chat message are only code, for any report', () => {
    fc.assert(fc.property(hostileReport, (report) => expectHarmless(writeChat(report, context))));
  });
});

describe('the message for the alerts topic', () => {
  const bodiesOf = (message: string): Record<string, string> => JSON.parse(message);

  test('an alert contains the mail text for mail and as default, and the envelope for chat', () => {
    const { subject, message } = writeAlertMessage(NOTHING_CHANGED, context);
    const bodies = bodiesOf(message);
    expect(subject).toMatch(/^\[prod\] /);
    expect(Object.keys(bodies).sort()).toEqual(['default', 'email', 'https']);
    expect(bodies.email).toBe(bodies.default);
    expect(JSON.parse(bodies.https ?? '')).toEqual(writeChat(NOTHING_CHANGED, context));
  });

  test('the setup message has a chat message too', () => {
    fc.assert(
      fc.property(hostileText, hostileText, fc.boolean(), (environment, text, isSecret) => {
        const problem = isSecret
          ? ({ kind: 'secret', secretArn: text } as const)
          : ({ kind: 'domain', domain: text } as const);
        const { subject, message } = writeSetupMessage({
          environment,
          problem,
          commands: commandPlaceOf({ environment }),
        });
        expect(subject).toMatch(/^[!-~][ -~]{0,99}$/);
        expectHarmless(JSON.parse(bodiesOf(message).https ?? ''));
        expect(bodiesOf(message).email).toContain('SETUP NEEDED');
      }),
    );
  });

  test.each(['x', '漢', '"', '\u{1F600}'])(
    'an alert that is too large loses whole lines of %s from the end and states this',
    (sign) => {
      const line = sign.repeat(70);
      const body = `the verdict\n${`${line}\n`.repeat(5000)}`;
      const { message } = toMessage({ subject: 's', body }, writeChat(HUGE, context));
      const mail = bodiesOf(message).email ?? '';
      expect(Buffer.byteLength(message)).toBeLessThanOrEqual(240_000);
      expect(Buffer.byteLength(message)).toBeGreaterThan(230_000);
      expect(mail).toMatch(/^the verdict\n/);
      expect(mail).toContain('CUT HERE');
      expect(mail.split('\n').filter((each) => each.startsWith(sign) && each !== line)).toEqual([]);
      expect(JSON.parse(bodiesOf(message).https ?? '')).toEqual(writeChat(HUGE, context));
    },
  );

  test('an alert is below the size limit and well formed, for any run', () => {
    fc.assert(
      fc.property(hostileReport, (report) => {
        const { subject, message } = writeAlertMessage(report, context);
        expect(subject).toMatch(/^[!-~][ -~]{0,99}$/);
        expect(Buffer.byteLength(message)).toBeLessThanOrEqual(240_000);
        expect(bodiesOf(message).default).toBeTruthy();
      }),
    );
  });
});
