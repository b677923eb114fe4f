import { CfnParameter, Lazy, Stack, Token } from 'aws-cdk-lib';
import { SettingsError } from '../../../lambda/settings';
import { ConnectionAuditor } from '../../../lib/connection-auditor';
import type { Environment } from '../../../lib/environment/environment';
import { sampleEnvironment } from '../environment/sample-environment';
import { createApp, STUB_BUNDLE, stackOf, withoutRules } from '../synthesize';

const text = Lazy.string({ produce: () => 'a text' });
const number = Lazy.number({ produce: () => 1 });
const list = Lazy.list({ produce: () => ['a@example.com'] });

const HELD: readonly (readonly [path: string, settings: Partial<Environment>])[] = [
  ['domain', { domain: text }],
  ['domain', { domain: `${text}.auth0.com` }],
  ['schedule.timeZone', { schedule: { cron: '30 4 * * ? *', timeZone: text } }],
  ['caps.maxChanges', { caps: { maxChanges: number, maxPercent: 5 } }],
  ['rateReservePercent', { rateReservePercent: number }],
  ['recipients', { recipients: list }],
  ['alarmRecipients', { alarmRecipients: list }],
  ['recipients[1]', { recipients: ['a@example.com', text] }],
  ['chat.slack.channelId', { chat: { slack: { workspaceId: 'T0', channelId: text } } }],
  ['policy.default.reason', { policy: { default: { expect: 'on_each_login', reason: text } } }],
  ['policy.graceDays', { policy: { default: { expect: 'on_each_login' }, graceDays: number } }],
  [
    'policy.rules[0].match.name',
    {
      policy: {
        rules: [{ id: 'a', match: { name: list }, expect: 'on_each_login' }],
        default: { expect: 'on_each_login' },
      },
    },
  ],
  [
    'policy.rules[0].match.metadata',
    {
      policy: {
        rules: [{ id: 'a', match: { metadata: { [text]: 'x' } }, expect: 'on_each_login' }],
        default: { expect: 'on_each_login' },
      },
    },
  ],
];

const OF_THE_STACK: typeof HELD = [
  ['account', { account: text }],
  ['region', { region: text }],
  ['existingSecretArn', { existingSecretArn: text }],
  ['existingAlertsTopicArn', { existingAlertsTopicArn: text }],
  ['existingAlertsTopicKeyArn', { existingAlertsTopicKeyArn: text }],
  ['existingKeyArn', { existingKeyArn: text }],
  ['alarmsTopicArn', { alarmsTopicArn: text }],
  ['vpc.subnetIds', { vpc: { subnetIds: list, securityGroupIds: ['sg-01234567'] } }],
  ['existingHistoryBucketName', { existingHistoryBucketName: text }],
];

/** The settings that the error names. */
function namedBy(create: () => unknown): readonly string[] {
  try {
    create();
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    expect(error.message).toContain('contain a CDK token');
    return error.problems;
  }
  return [];
}

function auditorWith(settings: Partial<Environment>) {
  const stack = new Stack(createApp(withoutRules), 'Theirs');
  return new ConnectionAuditor(stack, 'Auditor', { ...sampleEnvironment, ...settings, bundle: STUB_BUNDLE });
}

describe('settings that contain a CDK token', () => {
  test.each(HELD)('a ConnectionAuditor refuses a CDK token in %s', (path, settings) => {
    expect(namedBy(() => auditorWith(settings))).toEqual([path]);
  });

  test.each([...HELD, ...OF_THE_STACK])('an AuditorStack refuses a CDK token in %s', (path, settings) => {
    expect(namedBy(() => stackOf(settings, createApp(withoutRules)))).toEqual([path]);
  });

  test('a parameter of the stack is refused as a CDK token', () => {
    const stack = new Stack(createApp(withoutRules), 'Theirs');
    const domain = new CfnParameter(stack, 'Domain').valueAsString;
    const settings = { ...sampleEnvironment, domain, bundle: STUB_BUNDLE };
    expect(namedBy(() => new ConnectionAuditor(stack, 'Auditor', settings))).toEqual(['domain']);
  });

  test('a CDK token in an object of a class is found, and a policy that contains itself causes no endless loop', () => {
    class Default {
      readonly expect = 'on_each_login' as const;
      readonly reason = text;
    }
    expect(namedBy(() => auditorWith({ policy: { default: new Default() } }))).toEqual(['policy.default.reason']);
    const policy = { default: { expect: 'on_each_login' as const }, self: {} };
    policy.self = policy;
    expect(() => auditorWith({ policy })).toThrow(/policy\.self: unknown key/);
  });

  test('one error lists all settings with a CDK token', () => {
    const caps = { maxChanges: number, maxPercent: Token.asNumber(text) };
    expect(namedBy(() => auditorWith({ caps, recipients: list, domain: text })).toSorted()).toEqual([
      'caps.maxChanges',
      'caps.maxPercent',
      'domain',
      'recipients',
    ]);
  });
});

test.each<[string, Partial<Environment>]>([
  ['region', { region: 'europe' }],
  ['account', { account: '' }],
  ['existingSecretArn', { existingSecretArn: 'my-secret' }],
  ['existingAlertsTopicArn', { existingAlertsTopicArn: '' }],
  ['name', { name: 'my env!' }],
  ['policy.default.expect', { policy: { default: { expect: 'never_on_login', reason: 'r' } } }],
])('a stack refuses a bad %s before it uses the value', (path, settings) => {
  const create = () => stackOf(settings, createApp(withoutRules));
  expect(create).toThrow(SettingsError);
  expect(create).toThrow(`- ${path}: `);
});

test('a construct refuses settings that are not valid and names each of them', () => {
  const create = () => auditorWith({ caps: { maxChanges: -1, maxPercent: 101 }, docsUrl: 'docs' });
  expect(create).toThrow(SettingsError);
  expect(create).toThrow(/- caps\.maxChanges: .*\n- caps\.maxPercent: .*\n- docsUrl: /);
});
