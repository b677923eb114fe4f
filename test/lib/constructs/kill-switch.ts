import { stackOf, templateOf } from '../synthesize';

const sample = templateOf();

describe('the kill switch', () => {
  test('has these properties to the letter: with any changed, a deploy would put allow over the stop of a person', () => {
    expect(sample.findResources('AWS::SSM::Parameter')).toEqual({
      AuditorKillSwitchParameter2CB62606: {
        Type: 'AWS::SSM::Parameter',
        Properties: {
          Name: '/auth0-connection-auditor/sample/writes',
          Type: 'String',
          Value: 'allow',
          Description: 'Only the value allow lets the Auth0 connection auditor change anything; any other stops it',
        },
      },
    });
  });

  test('has the same properties whatever the environment says', () => {
    const other = templateOf({
      mode: 'remediate',
      caps: { maxChanges: 1, maxPercent: 1 },
      domain: 'other.auth0.com',
      recipients: [],
      account: '123456789012',
      tags: { team: 'identity' },
    });
    expect(other.findResources('AWS::SSM::Parameter')).toEqual(sample.findResources('AWS::SSM::Parameter'));
  });

  test('has the tags of its stack, and these stay as they are', () => {
    const stack = stackOf({ tags: { team: 'identity' } });
    expect(stack.tags.tagValues()).toEqual({ application: 'auth0-connection-auditor', environment: 'sample' });
  });
});
