import { writeFindingMessages } from '../../../lambda/report/machine/messages';
import { changeOf } from '../remediation-samples';
import { findingOf, reportOf } from '../report-samples';
import { bytesOf, expectSound, factsOf, findingsIn, inAnyOrder } from './read-messages';

test('10,000 findings are split into messages, and each finding is in one message', () => {
  const findings = Array.from({ length: 10_000 }, (_, index) => findingOf({ connection: { id: `con_${index}` } }));
  const report = reportOf({ findings });
  const messages = [...writeFindingMessages(report)];
  expectSound(report, messages);
  expect(inAnyOrder(findingsIn(messages).map(factsOf))).toEqual(inAnyOrder(report.findings));
  // The messages are full: a half-empty message costs money and affects the order.
  const bytes = messages.reduce((sum, message) => sum + bytesOf(message), 0);
  expect(messages.length).toBeLessThan(bytes / 235_000 + 3);
});

test('a finding that is larger than a message is cut, marked and published', () => {
  // As JSON, one of these texts alone is larger than a message: six bytes for each character.
  const huge = '\u202e'.repeat(45_000);
  const connection = { id: huge, name: '\u202e'.repeat(200_000), displayName: huge, strategy: huge };
  const exemption = { reason: huge, owner: huge, ticket: huge, expires: huge };
  const report = reportOf({
    environment: huge,
    tenant: huge,
    canonicalHost: huge,
    findings: [
      findingOf({
        ...{ connection, actual: huge, rule: huge, reason: huge, exemption, detail: huge, firstSeen: huge },
        changedBy: {
          kind: 'known',
          at: huge,
          channel: 'api',
          email: huge,
          clientName: huge,
          clientId: huge,
          address: huge,
          userAgent: huge,
        },
        change: changeOf({
          writtenAt: huge,
          otherKeysChanged: Array.from({ length: 1000 }, () => huge.slice(0, 2000)),
        }),
      }),
      findingOf(),
    ],
    historyFailure: huge,
    resolved: [
      {
        connection: { id: huge, name: huge, strategy: huge },
        control: 'set_user_root_attributes',
        code: 'WRONG_VALUE',
        firstSeen: huge,
        how: 'absent',
      },
    ],
    places: { record: huge, html: huge },
    notices: [{ code: 'UNKNOWN_STRATEGY', strategy: huge, connections: 1 }],
    complete: false,
    incomplete: { reason: 'internal', message: huge, missingScopes: [] },
  });
  const messages = [...writeFindingMessages(report)];
  expectSound(report, messages);
  expect(findingsIn(messages).map(({ metadata }) => metadata.is_truncated)).toEqual([true, true, true]);
});
