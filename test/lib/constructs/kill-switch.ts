import { stackOf, templateOf } from '../synthesize';

const sample = templateOf();

describe('the kill switch', () => {
  test('the properties of the kill switch never change, because a change would overwrite stop with allow', () => {
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

  test('the properties of the kill switch are the same for all settings of an environment', () => {
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

  test('the tags of the stack, which the kill switch has too, stay the same', () => {
    const stack = stackOf({ tags: { team: 'identity' } });
    expect(stack.tags.tagValues()).toEqual({ application: 'auth0-connection-auditor', environment: 'sample' });
  });
});
