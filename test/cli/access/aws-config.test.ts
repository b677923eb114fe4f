import { configureAws, inRegionOf } from '../../../cli/access/aws-config';

const ENVIRONMENT = { region: 'eu-central-1', profile: 'auditor' };

describe('the identity for AWS', () => {
  it.each([
    { variables: {}, profile: 'auditor' },
    { variables: { AWS_PROFILE: '' }, profile: 'auditor' },
    { variables: { AWS_REGION: 'us-east-1' }, profile: 'auditor' },
    { variables: { AWS_PROFILE: 'mine' }, profile: undefined },
    { variables: { AWS_ACCESS_KEY_ID: 'made-up' }, profile: undefined },
    { variables: { AWS_WEB_IDENTITY_TOKEN_FILE: '/token' }, profile: undefined },
  ])('the profile with the variables $variables is $profile', ({ variables, profile }) => {
    expect(configureAws(ENVIRONMENT, variables, undefined)).toEqual({
      region: 'eu-central-1',
      ...(profile === undefined ? {} : { profile }),
    });
  });
});

it.each([
  { arn: 'arn:aws:secretsmanager:us-east-1:111122223333:secret:x', region: 'us-east-1' },
  { arn: 'a-name', region: 'eu-central-1' },
  { arn: 'arn:aws:s3:::bucket', region: 'eu-central-1' },
])('the resource $arn is read in $region', ({ arn, region }) => {
  expect(inRegionOf(arn, { region: 'eu-central-1' })).toEqual({ region });
});
