import { fingerprint } from '../../../lambda/fingerprint';
import type { Environment } from '../../../lib/environment/environment';
import { templateOf } from '../synthesize';

interface Row {
  readonly change: Partial<Environment>;
  /** The text that only the template with the change contains; `null`: the setting is not part of the template. */
  readonly shows: string | null;
}

const POLICY = { default: { expect: 'on_first_login' } } as const;
const SECRET = 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:auth0/auditor-AbC123';
const KEY = 'arn:aws:kms:eu-central-1:123456789012:key/11111111-2222-3333-4444-555555555555';
const BUCKET = 'connectionauditor-old-history';
const TOPIC = 'arn:aws:sns:eu-central-1:123456789012:everyones-alerts';

/** A setting without a row does not compile. */
const ROWS: Readonly<Record<keyof Required<Environment>, Row>> = {
  name: { change: { name: 'other' }, shows: '"name":"other"' },
  account: { change: { account: '123456789012' }, shows: '"aws:SourceAccount":"123456789012"' },
  region: { change: { region: 'eu-west-1' }, shows: '--region eu-west-1' },
  domain: { change: { domain: 'other.auth0.com' }, shows: '"AUTH0_DOMAIN":"other.auth0.com"' },
  canonicalDomain: { change: { canonicalDomain: 'a.auth0.com' }, shows: '"AUTH0_CANONICAL_DOMAIN":"a.auth0.com"' },
  schedule: { change: { schedule: { cron: '0 7 * * ? *', timeZone: 'Etc/UTC' } }, shows: 'cron(0 7 * * ? *)' },
  mode: { change: { mode: 'remediate', caps: { maxChanges: 1, maxPercent: 1 } }, shows: '"AUDIT_MODE":"remediate"' },
  caps: { change: { caps: { maxChanges: 21, maxPercent: 6 } }, shows: '"MAX_CHANGES":"21","MAX_PERCENT":"6"' },
  quarantine: {
    change: { quarantine: { repairs: 4, days: 8 } },
    shows: '"QUARANTINE_REPAIRS":"4","QUARANTINE_DAYS":"8"',
  },
  policy: { change: { policy: POLICY }, shows: `"POLICY_FINGERPRINT":"${fingerprint(POLICY)}"` },
  recipients: { change: { recipients: ['other@example.com'] }, shows: '"Endpoint":"other@example.com"' },
  alarmRecipients: { change: { alarmRecipients: ['on-call@example.com'] }, shows: '"Endpoint":"on-call@example.com"' },
  alarmsTopicArn: { change: { alarmsTopicArn: TOPIC }, shows: `"AlarmActions":["${TOPIC}"]` },
  alarmWarmUpHours: { change: { alarmWarmUpHours: 47 }, shows: '"WarmUpPeriodDurationInMinutes":2820' },
  dashboard: { change: { dashboard: true }, shows: 'AWS::CloudWatch::Dashboard' },
  chat: { change: { chat: { slack: { workspaceId: 'T0', channelId: 'C0' } } }, shows: '"SlackChannelId":"C0"' },
  cadence: {
    change: { cadence: { reminderDays: 3, weeklyAllClear: true } },
    shows: '"cadence":"{\\"reminderDays\\":3,',
  },
  namePeople: { change: { namePeople: false }, shows: '"namePeople":"false"' },
  securityHub: { change: { securityHub: true }, shows: '"securityHub":"true"' },
  docsUrl: { change: { docsUrl: 'https://example.com/docs' }, shows: '"docsUrl":"https://example.com/docs"' },
  logRetentionDays: { change: { logRetentionDays: 60 }, shows: '"RetentionInDays":60' },
  historyRetentionDays: { change: { historyRetentionDays: 41 }, shows: '"ExpirationInDays":41' },
  rateReservePercent: { change: { rateReservePercent: 37 }, shows: '"rateReservePercent":"37"' },
  existingSecretArn: { change: { existingSecretArn: SECRET }, shows: `"SECRET_ARN":"${SECRET}"` },
  existingAlertsTopicArn: { change: { existingAlertsTopicArn: TOPIC }, shows: `"ALERTS_TOPIC_ARN":"${TOPIC}"` },
  existingAlertsTopicKeyArn: {
    change: { existingAlertsTopicArn: TOPIC, existingAlertsTopicKeyArn: KEY },
    shows: `"Resource":["${KEY}",`,
  },
  existingKeyArn: { change: { existingKeyArn: KEY }, shows: `"KmsMasterKeyId":"${KEY}"` },
  existingHistoryBucketName: { change: { existingHistoryBucketName: BUCKET }, shows: `"HISTORY_BUCKET":"${BUCKET}"` },
  tags: { change: { tags: { team: 'identity' } }, shows: '{"Key":"team","Value":"identity"}' },
  terminationProtection: { change: { terminationProtection: true }, shows: null },
  awsProfile: { change: { awsProfile: 'identity-prod' }, shows: null },
  findingsSubscriberAccounts: {
    change: { findingsSubscriberAccounts: ['111122223333'] },
    shows: '"Sid":"SubscriberAccount111122223333"',
  },
  vpc: {
    change: { vpc: { subnetIds: ['subnet-0123456789abcdef0'], securityGroupIds: ['sg-0123456789abcdef0'] } },
    shows: '"VpcConfig":{"SecurityGroupIds":["sg-0123456789abcdef0"],"SubnetIds":["subnet-0123456789abcdef0"]}',
  },
  memorySize: { change: { memorySize: 2048 }, shows: '"MemorySize":2048' },
  reservedConcurrency: { change: { reservedConcurrency: 2 }, shows: '"ReservedConcurrentExecutions":2' },
};

const textOf = (change: Partial<Environment>) => JSON.stringify(templateOf(change).toJSON());

const VISIBLE = Object.entries(ROWS).flatMap(([name, { change, shows }]) =>
  shows === null ? [] : [{ name, change, shows }],
);
const INVISIBLE = Object.entries(ROWS).flatMap(([name, { change, shows }]) =>
  shows === null ? [{ name, change }] : [],
);

describe('a changed setting', () => {
  test.each(VISIBLE)('a changed $name is visible in the template and in cdk diff', ({ change, shows }) => {
    // Not `toContain`: it would print two whole templates.
    expect([textOf({}).includes(shows), textOf(change).includes(shows)]).toEqual([false, true]);
  });

  test.each(INVISIBLE)('a changed $name leaves the template unchanged', ({ change }) => {
    expect(textOf(change) === textOf({})).toBe(true);
  });

  test('the metadata of the function contain every setting of the function as a string that cdk diff prints', () => {
    const [found] = Object.values(templateOf().findResources('AWS::Lambda::Function'));
    expect(found?.Metadata.settings).toEqual({
      name: 'sample',
      domain: 'sample.eu.auth0.com',
      canonicalDomain: 'not set',
      timeZone: 'Europe/Berlin',
      mode: 'report',
      caps: 'not set',
      quarantine: '{"repairs":3,"days":7}',
      cadence: '{"reminderDays":7,"weeklyAllClear":true}',
      namePeople: 'true',
      securityHub: 'false',
      rateReservePercent: '20',
      dueHours: '29',
      namesReceiver: 'true',
      docsUrl: 'not set',
    });
  });
});
