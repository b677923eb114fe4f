import { Match, type Template } from 'aws-cdk-lib/assertions';
import { AwsSolutionsChecks } from 'cdk-nag';
import { createHistory } from '../../../lambda/history/keep';
import { createApp, stackOf, templateOf } from '../synthesize';

const sample = templateOf();
const [bucket = ''] = Object.keys(sample.findResources('AWS::S3::Bucket'));
const bucketArn = { 'Fn::GetAtt': [bucket, 'Arn'] };

describe('the history', () => {
  const [found] = Object.values(sample.findResources('AWS::S3::Bucket'));

  test('the history is one versioned and encrypted bucket without public access', () => {
    sample.resourceCountIs('AWS::S3::Bucket', 1);
    sample.hasResourceProperties('AWS::S3::Bucket', {
      BucketName: Match.absent(),
      VersioningConfiguration: { Status: 'Enabled' },
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
      },
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
      OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
    });
  });

  test('the history bucket refuses requests without TLS', () => {
    sample.hasResourceProperties('AWS::S3::BucketPolicy', {
      Bucket: { Ref: bucket },
      PolicyDocument: {
        Statement: [
          {
            Effect: 'Deny',
            Principal: { AWS: '*' },
            Action: 's3:*',
            Resource: [bucketArn, { 'Fn::Join': ['', [bucketArn, '/*']] }],
            Condition: { Bool: { 'aws:SecureTransport': 'false' } },
          },
        ],
      },
    });
  });

  test('the history bucket is kept when the stack is deleted', () => {
    expect(found).toMatchObject({ DeletionPolicy: 'RetainExceptOnCreate', UpdateReplacePolicy: 'Retain' });
  });

  test('records expire after 400 days, unfinished uploads after 1 day, and other objects 30 days after an overwrite', () => {
    expect(found?.Properties.LifecycleConfiguration).toEqual({
      Rules: [
        { Id: 'RunRecords', Status: 'Enabled', Prefix: 'sample.eu.auth0.com/runs/', ExpirationInDays: 400 },
        { Id: 'UnfinishedUploads', Status: 'Enabled', AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 } },
        { Id: 'NoncurrentVersions', Status: 'Enabled', NoncurrentVersionExpiration: { NoncurrentDays: 30 } },
      ],
    });
  });

  test('state, lease, claims and policies never expire, because only records are in the folder that expires', async () => {
    const expires = (key: string) => key.startsWith('sample.eu.auth0.com/runs/');
    const store = {
      read: async (key: string) => ({ text: '', version: placeOf(key) }),
      write: async () => 'version',
      placeOf,
    };
    const seen = new Set<string>();
    function placeOf(key: string): string {
      seen.add(key);
      return key;
    }
    const history = createHistory(store, 'sample.eu.auth0.com');
    await expect(history.readState()).rejects.toThrow();
    await expect(history.readRun('some-run')).rejects.toThrow();
    await history.readLease();
    await history.readClaims();
    await expect(history.readPolicy('0123456789abcdef')).rejects.toThrow();
    expect([...seen].map((key) => [key, expires(key)])).toEqual([
      ['sample.eu.auth0.com/lease.json', false],
      ['sample.eu.auth0.com/state.json', false],
      ['sample.eu.auth0.com/runs/some-run.json', true],
      ['sample.eu.auth0.com/claims.json', false],
      ['sample.eu.auth0.com/policies/0123456789abcdef.json', false],
    ]);
  });

  test('records are kept for the days that the environment sets, in the folder that runs use', () => {
    templateOf({ historyRetentionDays: 30, domain: 'Login.Example.com:8443' }).hasResourceProperties(
      'AWS::S3::Bucket',
      {
        LifecycleConfiguration: {
          Rules: Match.arrayWith([
            Match.objectLike({ Prefix: 'login.example.com%3A8443/runs/', ExpirationInDays: 30 }),
          ]),
        },
      },
    );
  });

  describe('the history of a tenant with a custom domain', () => {
    const custom = templateOf({
      domain: 'Login.Acme.com',
      canonicalDomain: 't.eu.auth0.com',
      historyRetentionDays: 30,
    });

    test('the history of a custom domain is in the folder of the own domain, and records in the former folder expire too', () => {
      custom.hasResourceProperties('AWS::S3::Bucket', {
        LifecycleConfiguration: {
          Rules: [
            { Id: 'RunRecords', Status: 'Enabled', Prefix: 't.eu.auth0.com/runs/', ExpirationInDays: 30 },
            { Id: 'FormerRunRecords', Status: 'Enabled', Prefix: 'login.acme.com/runs/', ExpirationInDays: 30 },
            { Id: 'UnfinishedUploads', Status: 'Enabled', AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 } },
            { Id: 'NoncurrentVersions', Status: 'Enabled', NoncurrentVersionExpiration: { NoncurrentDays: 30 } },
          ],
        },
      });
    });

    test('the function can read the former folder, and can write only the lease there', () => {
      const objects = (place: string) => ({ 'Fn::Join': ['', [bucketArn, place]] });
      expect(grantsOn(custom)).toEqual([
        {
          Effect: 'Allow',
          Action: ['s3:AbortMultipartUpload', 's3:GetObject', 's3:PutObject'],
          Resource: objects('/t.eu.auth0.com/*'),
        },
        { Effect: 'Allow', Action: 's3:GetObject', Resource: objects('/login.acme.com/*') },
        { Effect: 'Allow', Action: 's3:PutObject', Resource: objects('/login.acme.com/lease.json') },
        { Effect: 'Allow', Action: 's3:ListBucket', Resource: bucketArn },
      ]);
    });

    test('the history has no former folder if both domains are the same', () => {
      const same = templateOf({ canonicalDomain: 'SAMPLE.eu.auth0.com' });
      expect(same.findResources('AWS::S3::Bucket')).toEqual(sample.findResources('AWS::S3::Bucket'));
      expect(grantsOn(same)).toEqual(grantsOn(sample));
      expect(grantsOn(sample)).toHaveLength(2);
    });
  });
});

describe('the history of an earlier deployment', () => {
  const existing = templateOf({ existingHistoryBucketName: 'old-history' });
  const oldArn = { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':s3:::old-history']] };
  const inFolder = { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':s3:::old-history/sample.eu.auth0.com/*']] };

  test('an existing history bucket is used without a bucket or a bucket policy in the stack', () => {
    existing.resourceCountIs('AWS::S3::Bucket', 0);
    existing.resourceCountIs('AWS::S3::BucketPolicy', 0);
    existing.hasResourceProperties('AWS::Lambda::Function', {
      Environment: { Variables: Match.objectLike({ HISTORY_BUCKET: 'old-history' }) },
    });
  });

  test('the function has the same rights on an existing history bucket as on a created bucket', () => {
    expect(grantsOn(existing)).toEqual([
      { Effect: 'Allow', Action: ['s3:AbortMultipartUpload', 's3:GetObject', 's3:PutObject'], Resource: inFolder },
      { Effect: 'Allow', Action: 's3:ListBucket', Resource: oldArn },
    ]);
  });

  test.each([{}, { account: '123456789012', region: 'eu-west-1' }])(
    'cdk-nag reports no violation for an existing history bucket in %j',
    (place) => {
      const app = createApp();
      stackOf({ ...place, existingHistoryBucketName: 'old-history', canonicalDomain: 't.eu.auth0.com' }, app);
      expect(new AwsSolutionsChecks(app).validateScope(app).violations).toEqual([]);
    },
  );
});

/** The rights of the function in the bucket. */
function grantsOn(template: Template): object[] {
  return Object.values(template.findResources('AWS::IAM::Policy')).flatMap(({ Properties }) =>
    Properties.PolicyDocument.Statement.filter((statement: object) => JSON.stringify(statement).includes('"s3:')),
  );
}
