import { Match, type Template } from 'aws-cdk-lib/assertions';
import { AwsSolutionsChecks } from 'cdk-nag';
import type { Chat } from '../../../lib/environment/environment';
import { createApp, stackOf, templateOf } from '../synthesize';

const SLACK = 'AWS::Chatbot::SlackChannelConfiguration';
const TEAMS = 'AWS::Chatbot::MicrosoftTeamsChannelConfiguration';
const slack: Chat = { slack: { workspaceId: 'T0123ABCD', channelId: 'C0123ABCD' } };
const teams: Chat = {
  teams: {
    teamId: '00000000-1111-2222-3333-444444444444',
    tenantId: '55555555-6666-7777-8888-999999999999',
    channelId: '19%3aabcdef%40thread.tacv2',
    channelName: 'Identity alerts',
  },
};

const CHANNELS = [
  {
    type: SLACK,
    chat: slack,
    template: templateOf({ chat: slack }),
    place: { SlackWorkspaceId: 'T0123ABCD', SlackChannelId: 'C0123ABCD' },
  },
  {
    type: TEAMS,
    chat: teams,
    template: templateOf({ chat: teams }),
    place: {
      TeamId: '00000000-1111-2222-3333-444444444444',
      TeamsTenantId: '55555555-6666-7777-8888-999999999999',
      TeamsChannelId: '19%3aabcdef%40thread.tacv2',
      TeamsChannelName: 'Identity alerts',
    },
  },
];

/** The logical id of the only resource of that type whose id contains the word. */
function idOf(type: string, word: string, template: Template): string {
  const ids = Object.keys(template.findResources(type)).filter((id) => id.includes(word));
  expect(ids).toHaveLength(1);
  return ids[0] ?? '';
}

describe.each(CHANNELS)('a chat channel of type $type', ({ type, chat, template, place }) => {
  const guardrail = { Ref: idOf('AWS::IAM::ManagedPolicy', 'Guardrail', template) };
  const role = idOf('AWS::IAM::Role', 'Chat', template);

  test('a chat channel receives only alerts and has the role and the guardrail of the stack', () => {
    template.resourceCountIs(type, 1);
    template.hasResource(type, {
      Properties: {
        ConfigurationName: 'auth0-connection-auditor-sample',
        ...place,
        SnsTopicArns: [{ Ref: idOf('AWS::SNS::Topic', 'Alerts', template) }],
        IamRoleArn: { 'Fn::GetAtt': [role, 'Arn'] },
        GuardrailPolicies: [guardrail],
        UserRoleRequired: false,
        LoggingLevel: 'ERROR',
      },
    });
  });

  test('the guardrail of a chat channel denies everything', () => {
    template.resourceCountIs('AWS::IAM::ManagedPolicy', 1);
    template.hasResourceProperties('AWS::IAM::ManagedPolicy', {
      PolicyDocument: { Statement: [{ Effect: 'Deny', Action: '*', Resource: '*' }] },
    });
  });

  test('the role of a chat channel is denied everything and has no policy that allows an action', () => {
    const found = template.findResources('AWS::IAM::Role')[role];
    expect(found?.Properties.ManagedPolicyArns).toEqual([guardrail]);
    expect(found?.Properties.Policies).toBeUndefined();
    expect(found?.Properties.AssumeRolePolicyDocument.Statement).toEqual([
      { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'chatbot.amazonaws.com' } },
    ]);
    const attached = Object.values(template.findResources('AWS::IAM::Policy')).flatMap(
      ({ Properties }): { Ref: string }[] => Properties.Roles,
    );
    expect(attached).not.toContainEqual({ Ref: role });
  });

  test('a chat channel changes no right on the topics or on their key', () => {
    const without = templateOf();
    for (const kind of ['AWS::KMS::Key', 'AWS::SNS::Topic', 'AWS::SNS::TopicPolicy', 'AWS::SNS::Subscription']) {
      expect(template.findResources(kind)).toEqual(without.findResources(kind));
    }
  });

  test('a chat channel is subscribed to an existing alerts topic', () => {
    const existingAlertsTopicArn = 'arn:aws:sns:eu-central-1:123456789012:everyones-alerts';
    templateOf({ chat, existingAlertsTopicArn }).hasResourceProperties(type, {
      SnsTopicArns: [existingAlertsTopicArn],
    });
  });

  test('a chat channel is subscribed to both topics if alarms have a separate topic', () => {
    const alarmsTopicArn = 'arn:aws:sns:eu-central-1:123456789012:everyones-alarms';
    templateOf({ chat, alarmsTopicArn }).hasResourceProperties(type, {
      SnsTopicArns: [{ Ref: idOf('AWS::SNS::Topic', 'Alerts', template) }, alarmsTopicArn],
    });
  });

  test('cdk-nag reports no violation for a chat channel', () => {
    const app = createApp();
    stackOf({ chat, securityHub: true }, app);
    expect(new AwsSolutionsChecks(app).validateScope(app).violations).toEqual([]);
  });

  test('the test alert for a chat channel has the only form that the service shows', () => {
    const { Value } = template.findOutputs('SendTestAlert').SendTestAlert ?? {};
    const command = Value['Fn::Join'][1].filter((part: unknown) => typeof part === 'string').join('');
    const [, message] = /--message-structure json --message '(.*)'$/.exec(command) ?? [];
    const bodies: { default: string; https: string } = JSON.parse(message ?? '');
    expect(bodies.default).toBe('Test: you will receive alerts from auth0-connection-auditor.');
    expect(JSON.parse(bodies.https)).toEqual({
      version: '1.0',
      source: 'custom',
      content: { textType: 'client-markdown', title: 'Test alert', description: bodies.default },
    });
    template.hasOutput('SendTestAlert', { Description: Match.stringLikeRegexp('and to the chat channel') });
  });
});

test('a stack without chat has no channel, no role and no guardrail for it', () => {
  const template = templateOf();
  for (const type of [SLACK, TEAMS, 'AWS::IAM::ManagedPolicy']) template.resourceCountIs(type, 0);
  expect(Object.keys(template.findResources('AWS::IAM::Role')).filter((id) => id.includes('Chat'))).toEqual([]);
});
