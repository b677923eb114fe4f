import { checkPlace } from '../../../lib/environment/place-checks';

const KEY = 'arn:aws:kms:eu-central-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab';

describe('the key of a topic', () => {
  test.each(['existingKeyArn', 'existingAlertsTopicKeyArn'])(
    'the key %s must be in the region of the stack',
    (setting) => {
      const place = { region: 'us-east-1', account: '123456789012' };
      expect(checkPlace({ ...place, [setting]: KEY })).toMatchObject([{ code: 'OTHER_REGION', path: setting }]);
      expect(checkPlace({ ...place, [setting]: KEY.replace('eu-central-1', 'us-east-1') })).toEqual([]);
    },
  );

  test.each(['existingKeyArn', 'existingAlertsTopicKeyArn'])('the key %s can be in another account', (setting) => {
    expect(checkPlace({ region: 'eu-central-1', account: '210987654321', [setting]: KEY })).toEqual([]);
  });
});

test('an ARN without a known region of the stack is accepted', () => {
  expect(checkPlace({ existingKeyArn: KEY })).toEqual([]);
});

test('an ARN whose partition contradicts its region is not compared with other ARNs', () => {
  const fields = { existingSecretArn: 'arn:aws:secretsmanager:cn-north-1:123456789012:secret:a', existingKeyArn: KEY };
  expect(checkPlace(fields)).toMatchObject([{ code: 'OTHER_PARTITION', path: 'existingSecretArn' }]);
});
