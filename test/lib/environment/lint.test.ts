import type { PolicyProblemCode } from '../../../lambda/policy/problem';
import { lintEnvironments } from '../../../lib/environment/lint';
import type { EnvironmentProblemCode } from '../../../lib/environment/problem';
import { sampleEnvironment } from './sample-environment';

const SECRET = 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:auth0/auditor-AbC123';
const TOPIC = 'arn:aws:sns:eu-central-1:123456789012:alerts';
const KEY = 'arn:aws:kms:eu-central-1:123456789012:key/11111111-2222-3333-4444-555555555555';
const DOCS = 'https://github.com/acme/connection-auditor/blob/main/docs';
const NOW = Date.parse('2027-03-01T12:00:00Z');
const CAPS = { maxChanges: 20, maxPercent: 5 };
const SLACK = { workspaceId: 'T0123ABCD', channelId: 'C0123ABCD' };
const TEAMS = {
  teamId: '00000000-1111-2222-3333-444444444444',
  tenantId: '55555555-6666-7777-8888-999999999999',
  channelId: '19%3aabc_def%40thread.tacv2',
  channelName: 'Identity alerts',
};

type Settings = Record<string, unknown>;

const SUBNET = 'subnet-0123456789abcdef0';
const VPC = { subnetIds: [SUBNET], securityGroupIds: ['sg-01234567'] };
const manyAccounts = (count: number) => Array.from({ length: count }, (_, index) => String(111_122_223_333 + index));
const manyTags = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`key${index}`, 'x']));

/** The problems of environments as one line each. Each environment is the sample with changed settings. */
function lint(...changes: Settings[]): string[] {
  return lintEnvironments(
    changes.map((settings) => ({ ...sampleEnvironment, ...settings })),
    NOW,
  ).map(({ severity, code, path, message, found, allowed }) =>
    [severity, code, `${path}:`, `${message};`, `found ${found};`, `allowed ${allowed}`].join(' '),
  );
}

const daily = (cron: string, timeZone = 'Europe/Berlin') => ({ cron, timeZone });
const cannotBeRead: Settings = { schedule: daily('30 4 * * ? *', 'Europe/Berln') };
const exemption = {
  id: 'con_abc',
  reason: 'A migration runs.',
  owner: 'identity',
  ticket: 'ID-1',
  expires: '2027-03-01',
};
const exempt = (changes: Settings) => ({ ...sampleEnvironment.policy, exemptions: [{ ...exemption, ...changes }] });

test('the sample environment has no lint problem', () => {
  expect(lint({})).toEqual([]);
});

const REFUSED_AND_ACCEPTED: readonly [path: string, refused: Settings, said: RegExp, accepted: Settings][] = [
  ['name', { name: 'Prod_EU' }, /found "Prod_EU"; allowed up to 32 lower-case letters/, { name: 'prod-eu2' }],
  ['name', { name: undefined }, /missing; found nothing;/, { name: 'dev' }],
  ['account', { account: 123456789012 }, /found 123456789012; .* in quotes/, { account: '123456789012' }],
  ['region', { region: 'Frankfurt' }, /found "Frankfurt"/, { region: 'us-gov-west-1' }],
  ['region', { region: 'eu-central' }, /such as eu-central-1/, { region: 'eusc-de-east-1' }],
  ['domain', { domain: 'https://sample.auth0.com/x' }, /without path/, { domain: 'b.us.auth0.com' }],
  ['domain', { domain: 'http://localhost:8080' }, /found "http:\/\/localhost:8080"/, { domain: 'b.auth0.com:8443' }],
  ['domain', { domain: 'sample.auth0.com/x' }, /without path/, { domain: 'https://sample.auth0.com/' }],
  ['canonicalDomain', { canonicalDomain: 'http://127.0.0.1:1' }, /./, { canonicalDomain: 'sample.eu.auth0.com' }],
  ['schedule', { schedule: '30 4 * * ? *' }, /an object with the keys cron, timeZone/, {}],
  ['schedule.enabled', { schedule: { ...daily('30 4 * * ? *'), enabled: 'no' } }, /allowed true, false/, {}],
  ['mode', { mode: 'Remediate' }, /found "Remediate"; allowed report, remediate/, { mode: 'report' }],
  ['mode', { mode: undefined }, /missing/, { mode: 'remediate', caps: CAPS }],
  ['caps', { caps: 20 }, /an object with the keys maxChanges, maxPercent/, { caps: CAPS }],
  ['caps.maxChanges', { caps: { maxPercent: 5 } }, /missing/, { caps: CAPS }],
  ['caps.maxChanges', { caps: { ...CAPS, maxChanges: 0.5 } }, /0 to 100000/, { caps: { ...CAPS, maxChanges: 100000 } }],
  ['caps.maxPercent', { caps: { ...CAPS, maxPercent: 101 } }, /from 0 to 100/, { caps: { ...CAPS, maxPercent: 100 } }],
  ['caps.maxPercent', { caps: { ...CAPS, maxPercent: -1 } }, /from 0 to 100/, { caps: { ...CAPS, maxPercent: 0 } }],
  ['quarantine.repairs', { quarantine: { repairs: 0, days: 7 } }, /1 to 100/, { quarantine: { repairs: 1, days: 1 } }],
  ['quarantine.days', { quarantine: { repairs: 3 } }, /missing/, { quarantine: { repairs: 100, days: 365 } }],
  ['policy', { policy: undefined }, /missing/, {}],
  [
    'policy.default.expect',
    { policy: { default: { expect: 'always' } } },
    /found "always"/,
    { policy: { default: { expect: 'on_first_login' } } },
  ],
  ['recipients', { recipients: 'team@x.org' }, /a list/, { recipients: ['team@x.org'] }],
  ['recipients[0]', { recipients: ['team'] }, /an e-mail address/, { recipients: ['team@x.org'] }],
  [
    'recipients[1]',
    { recipients: ['a@x.org', 'a@x.org'] },
    /each address once/,
    { recipients: ['a@x.org', 'b@x.org'] },
  ],
  ['chat', { chat: '#alerts' }, /an object with the keys slack, teams/, { chat: { slack: SLACK } }],
  ['chat', { chat: {} }, /allowed either slack or teams/, { chat: { teams: TEAMS } }],
  ['chat', { chat: { slack: SLACK, teams: TEAMS } }, /allowed either slack or teams/, {}],
  ['chat.slack.workspaceId', { chat: { slack: { ...SLACK, workspaceId: 'my workspace' } } }, /T0123ABCD/, {}],
  ['chat.slack.channelId', { chat: { slack: { ...SLACK, channelId: '#alerts' } } }, /C0123ABCD/, {}],
  ['chat.teams.teamId', { chat: { teams: { ...TEAMS, teamId: 'Identity' } } }, /from the console/, {}],
  ['chat.teams.tenantId', { chat: { teams: { ...TEAMS, tenantId: undefined } } }, /missing/, {}],
  ['chat.teams.channelId', { chat: { teams: { ...TEAMS, channelId: '19:abc@thread.tacv2' } } }, /channel's link/, {}],
  ['chat.teams.channelName', { chat: { teams: { ...TEAMS, channelName: '' } } }, /up to 256/, {}],
  ['cadence', { cadence: 7 }, /an object with the keys/, { cadence: { reminderDays: 1, weeklyAllClear: false } }],
  [
    'cadence.reminderDays',
    { cadence: { reminderDays: 0, weeklyAllClear: true } },
    /from 1 to 365/,
    { cadence: { reminderDays: 365, weeklyAllClear: true } },
  ],
  ['cadence.weeklyAllClear', { cadence: { reminderDays: 7 } }, /missing; .* true, false/, {}],
  ['namePeople', { namePeople: 'no' }, /found "no"; allowed true, false/, { namePeople: false }],
  ['securityHub', { securityHub: 'import' }, /found "import"; allowed true, false/, { securityHub: true }],
  ['docsUrl', { docsUrl: 'docs' }, /the https address of the docs folder/, { docsUrl: `${DOCS}/` }],
  [
    'docsUrl',
    { docsUrl: `${DOCS}?ref=main` },
    /lower-case host; letters, digits and \. _ ~ - in its path/,
    { docsUrl: DOCS },
  ],
  ['logRetentionDays', { logRetentionDays: 31 }, /found 31; allowed 1, 3, 5/, { logRetentionDays: 365 }],
  ['historyRetentionDays', { historyRetentionDays: 0 }, /from 1 to 3653/, { historyRetentionDays: 3653 }],
  ['rateReservePercent', { rateReservePercent: 91 }, /from 0 to 90/, { rateReservePercent: 0 }],
  ['rateReservePercent', { rateReservePercent: '20' }, /found "20"/, { rateReservePercent: 90 }],
  ['memorySize', { memorySize: 511 }, /a whole number of megabytes from 512 to 10240/, { memorySize: 512 }],
  ['memorySize', { memorySize: 10_241 }, /found 10241/, { memorySize: 10_240 }],
  ['memorySize', { memorySize: 1024.5 }, /a whole number/, { memorySize: 1024 }],
  ['reservedConcurrency', { reservedConcurrency: 1.5 }, /from 1 to 1000/, { reservedConcurrency: 1 }],
  [
    'findingsSubscriberAccounts',
    { findingsSubscriberAccounts: '111122223333' },
    /up to 50 AWS account ids; \[\] for none/,
    { findingsSubscriberAccounts: [] },
  ],
  [
    'findingsSubscriberAccounts',
    { findingsSubscriberAccounts: manyAccounts(51) },
    /up to 50 AWS account ids/,
    { findingsSubscriberAccounts: manyAccounts(50) },
  ],
  ['findingsSubscriberAccounts[0]', { findingsSubscriberAccounts: ['1111'] }, /of 12 digits/, {}],
  [
    'findingsSubscriberAccounts[1]',
    { findingsSubscriberAccounts: ['111122223333', '111122223333'] },
    /each account once/,
    { findingsSubscriberAccounts: ['111122223333', '111122224444'] },
  ],
  ['vpc', { vpc: SUBNET }, /an object with the keys subnetIds, securityGroupIds/, { vpc: VPC }],
  ['vpc.subnetIds', { vpc: { ...VPC, subnetIds: [] } }, /1 to 16 ids, such as subnet-/, {}],
  ['vpc.subnetIds[1]', { vpc: { ...VPC, subnetIds: [SUBNET, SUBNET] } }, /each id once/, {}],
  ['vpc.securityGroupIds', { vpc: { subnetIds: [SUBNET] } }, /missing; .* 1 to 5 ids, such as sg-/, {}],
  ['vpc.securityGroupIds[0]', { vpc: { ...VPC, securityGroupIds: [SUBNET] } }, /an id such as sg-/, {}],
  ['tags', { tags: ['team'] }, /up to 48 keys/, { tags: {} }],
  ['tags', { tags: manyTags(49) }, /up to 48 keys/, { tags: manyTags(48) }],
  ['tags.team', { tags: { team: 1 } }, /a text of up to 256/, { tags: { team: '', 'Größe: a/b=c+d@e': 'Ärger 1' } }],
  ['tags.team', { tags: { team: '<b' } }, /a text of up to 256/, { tags: { team: 'a'.repeat(256) } }],
  ['tags."AWS:team"', { tags: { 'AWS:team': 'x' } }, /does not begin with aws:/, { tags: { 'my-aws:team': 'x' } }],
  ['tags.""', { tags: { '': 'x' } }, /a key of 1 to 128/, { tags: { ['a'.repeat(128)]: 'x' } }],
  ['tags.Environment', { tags: { Environment: 'x' } }, /the stack sets application and environment/, {}],
  ['tags.Team', { tags: { team: 'x', Team: 'x' } }, /regardless of case/, { tags: { team: 'x', teams: 'x' } }],
  ['terminationProtection', { terminationProtection: 'yes' }, /true, false/, { terminationProtection: true }],
  ['awsProfile', { awsProfile: 'two\nlines' }, /a profile of ~\/\.aws\/config/, { awsProfile: 'My Team/prod@eu+1' }],
  ['awsProfile', { awsProfile: '' }, /a profile of ~\/\.aws\/config/, { awsProfile: 'p' }],
  ['existingSecretArn', { existingSecretArn: 'auth0/auditor' }, /complete ARN/, { existingSecretArn: SECRET }],
  ['existingSecretArn', { existingSecretArn: SECRET.slice(0, -7) }, /six characters AWS appends/, {}],
  ['existingKeyArn', { existingKeyArn: KEY.replace('key/', 'alias/') }, /not of an alias/, { existingKeyArn: KEY }],
  [
    'existingKeyArn',
    { existingKeyArn: KEY.slice(0, -1) },
    /the ARN of a KMS key/,
    { existingKeyArn: KEY.replace(/[^/]*$/, `mrk-${'0'.repeat(32)}`) },
  ],
  [
    'existingAlertsTopicKeyArn',
    { existingAlertsTopicKeyArn: TOPIC, existingAlertsTopicArn: TOPIC },
    /the ARN of a KMS key/,
    { existingAlertsTopicKeyArn: KEY, existingAlertsTopicArn: TOPIC },
  ],
  ...['a', 'My-bucket', 'my..bucket', '192.168.0.1', '-bucket', 's3://bucket'].map(
    (name): (typeof REFUSED_AND_ACCEPTED)[number] => [
      'existingHistoryBucketName',
      { existingHistoryBucketName: name },
      /the name of an S3 bucket, without s3:\/\//,
      { existingHistoryBucketName: 'my.bucket-1' },
    ],
  ),
  ['existingAlertsTopicArn', { existingAlertsTopicArn: `${TOPIC}.fifo` }, /FIFO/, { existingAlertsTopicArn: TOPIC }],
];

describe('values of each setting', () => {
  test.each(REFUSED_AND_ACCEPTED)(
    'the setting %s refuses a bad value and accepts a good value (row %#)',
    (path, refused, said, accepted) => {
      const problems = lint(refused);
      expect(problems).toEqual([expect.stringMatching(said)]);
      expect(problems[0]?.startsWith(`error BAD_VALUE ${path}: `)).toBe(true);
      expect(lint(accepted)).toEqual([]);
    },
  );
});

/** The environments that have the problem, then environments that almost have it. */
const ERRORS: readonly [
  code: EnvironmentProblemCode | PolicyProblemCode,
  path: string,
  said: RegExp,
  bad: Settings[],
  good: Settings[],
][] = [
  ['UNKNOWN_KEY', 'recipient', /an object with the keys name, account/, [{ recipient: 'a@example.com' }], [{}]],
  ['UNKNOWN_KEY', 'caps.max', /maxChanges, maxPercent/, [{ caps: { ...CAPS, max: 1 } }], [{ caps: CAPS }]],
  ['DUPLICATE_NAME', 'name', /"sample"/, [{}, { domain: 'b.auth0.com' }], [{}, { name: 'b', domain: 'b.auth0.com' }]],
  ['BAD_CRON', 'schedule.cron', /is not a string; found nothing/, [{ schedule: { timeZone: 'Etc/UTC' } }], [{}]],
  ['BAD_CRON', 'schedule.cron', /has 5 fields/, [{ schedule: daily('30 4 * * *') }], [{}]],
  [
    'NEVER_FIRES',
    'schedule.cron',
    /for a year or more/,
    [{ schedule: daily('0 4 30 2 ? *') }],
    [{ schedule: daily('0 4 * 2,3,4,5,6,7,8,9,10,11,12,1 ? *') }],
  ],
  [
    'LONG_GAP',
    'schedule.cron',
    /up to 62 days .* a run at least once a month: a gap of at most 35 days and 1 hour/,
    [{ schedule: daily('0 4 1 1/2 ? *', 'Europe/Berlin') }],
    [{ schedule: daily('0 4 ? * 2 *') }],
  ],
  [
    'LONG_GAP',
    'schedule.cron',
    /up to 61 days/,
    [{ schedule: daily('0 4 31 * ? *', 'Etc/UTC') }],
    [{ schedule: daily('0 4 1 * ? *', 'Etc/UTC') }],
  ],
  [
    'LONG_GAP',
    'schedule.cron',
    /up to 92 days/,
    [{ schedule: daily('0 4 L 1/3 ? *', 'Etc/UTC') }],
    [{ schedule: daily('0 4 L-3 * ? *', 'Etc/UTC') }],
  ],
  [
    'UNKNOWN_TIME_ZONE',
    'schedule.timeZone',
    /found "Europe\/Berln"; allowed a name such as/,
    [cannotBeRead],
    [{ schedule: daily('30 4 * * ? *', 'America/Argentina/Buenos_Aires') }],
  ],
  [
    'UNKNOWN_TIME_ZONE',
    'schedule.timeZone',
    /found "\+02:00"/,
    [{ schedule: daily('30 4 * * ? *', '+02:00') }],
    [{ schedule: daily('30 4 * * ? *', 'Etc/GMT-2') }],
  ],
  [
    'UNKNOWN_TIME_ZONE',
    'schedule.timeZone',
    /not a name of the tz database; found "PST"/,
    [{ schedule: daily('30 4 * * ? *', 'PST') }],
    [{ schedule: daily('30 4 * * ? *', 'PST8PDT') }],
  ],
  [
    'UNKNOWN_TIME_ZONE',
    'schedule.timeZone',
    /found "europe\/berlin"; allowed .* upper and lower case/,
    [{ schedule: daily('30 4 * * ? *', 'europe/berlin') }],
    [{ schedule: daily('30 4 * * ? *', 'Europe/Berlin') }],
  ],
  ['NO_CAPS', 'caps', /required in remediate/, [{ mode: 'remediate' }], [{ mode: 'remediate', caps: CAPS }]],
  ['NO_CAPS', 'caps', /required in remediate/, [{ mode: 'remediate' }], [{ mode: 'report' }]],
  [
    'CAPS_ALLOW_NOTHING',
    'caps.maxChanges',
    /allows no repair in remediate mode/,
    [{ mode: 'remediate', caps: { ...CAPS, maxChanges: 0 } }],
    [{ mode: 'report', caps: { ...CAPS, maxChanges: 0 } }],
  ],
  [
    'TENANT_REMEDIATED_TWICE',
    'mode',
    /sample\.eu\.auth0\.com, which is also the tenant of environments\/sample\.ts/,
    [
      { mode: 'remediate', caps: CAPS },
      { name: 'b', domain: 'https://Sample.EU.auth0.com/', mode: 'remediate', caps: CAPS },
    ],
    [{ mode: 'remediate', caps: CAPS }, { name: 'b' }],
  ],
  [
    'TENANT_REMEDIATED_TWICE',
    'mode',
    /two environments repair the same tenant/,
    [
      { domain: 'login.x.org', canonicalDomain: 'sample.eu.auth0.com', mode: 'remediate', caps: CAPS },
      { name: 'b', mode: 'remediate', caps: CAPS },
    ],
    [
      { domain: 'login.x.org', canonicalDomain: 'a.eu.auth0.com', mode: 'remediate', caps: CAPS },
      { name: 'b', mode: 'remediate', caps: CAPS },
    ],
  ],
  [
    'SECRET_OF_TWO_TENANTS',
    'existingSecretArn',
    /is also the secret of environments\/sample\.ts, which has another tenant/,
    [{ existingSecretArn: SECRET }, { name: 'b', domain: 'b.eu.auth0.com', existingSecretArn: SECRET }],
    [{ existingSecretArn: SECRET }, { name: 'b', existingSecretArn: SECRET }],
  ],
  [
    'KEY_WITHOUT_TOPIC',
    'existingAlertsTopicKeyArn',
    /existingAlertsTopicArn is not set/,
    [{ existingAlertsTopicKeyArn: KEY }],
    [{ existingAlertsTopicKeyArn: KEY, existingAlertsTopicArn: TOPIC }],
  ],
  [
    'OTHER_REGION',
    'existingSecretArn',
    /another region than region eu-west-1; the function reads secrets of its own region only; .* allowed an ARN in eu-west-1/,
    [{ existingSecretArn: SECRET, region: 'eu-west-1' }],
    [{ existingSecretArn: SECRET, region: 'eu-central-1' }],
  ],
  [
    'OTHER_REGION',
    'existingAlertsTopicArn',
    /another region than region eu-west-1; an alarm notifies topics of its own region only/,
    [{ existingAlertsTopicArn: TOPIC, region: 'eu-west-1' }],
    [{ existingAlertsTopicArn: TOPIC, region: 'eu-central-1' }],
  ],
  [
    'OTHER_REGION', // without a region, the ARNs are compared with each other
    'existingAlertsTopicArn',
    /another region than us-east-1, the region of existingSecretArn/,
    [{ existingAlertsTopicArn: TOPIC, existingSecretArn: SECRET.replace('eu-central-1', 'us-east-1') }],
    [{ existingAlertsTopicArn: TOPIC, existingSecretArn: SECRET }],
  ],
  [
    'OTHER_PARTITION',
    'existingAlertsTopicArn',
    /another partition than region cn-north-1; .* allowed an ARN that begins with arn:aws-cn: and contains cn-north-1/,
    [{ existingAlertsTopicArn: TOPIC, region: 'cn-north-1' }],
    [{ existingAlertsTopicArn: TOPIC.replace('aws:sns:eu-central-1', 'aws-cn:sns:cn-north-1'), region: 'cn-north-1' }],
  ],
  [
    'OTHER_PARTITION',
    'existingSecretArn',
    /another partition than its own region eusc-de-east-1; .* begins with arn:aws-eusc:/,
    [{ existingSecretArn: SECRET.replace('eu-central-1', 'eusc-de-east-1') }],
    [{ existingSecretArn: SECRET.replace('aws:', 'aws-eusc:').replace('eu-central-1', 'eusc-de-east-1') }],
  ],
  [
    'NO_CHAT_SERVICE',
    'chat',
    /does not exist in us-gov-west-1/,
    [{ chat: { slack: SLACK }, region: 'us-gov-west-1' }],
    [{ chat: { slack: SLACK }, region: 'eu-central-1' }],
  ],
  [
    'NO_CHAT_SERVICE', // without a region, an ARN names the region
    'chat',
    /does not exist in cn-north-1/,
    [
      {
        chat: { teams: TEAMS },
        existingAlertsTopicArn: TOPIC.replace('aws:sns:eu-central-1', 'aws-cn:sns:cn-north-1'),
      },
    ],
    [{ chat: { teams: TEAMS }, existingAlertsTopicArn: TOPIC }],
  ],
  [
    'NEVER_ON_LOGIN_NOT_ALLOWED',
    'policy.default.expect',
    /./,
    [{ policy: { default: { expect: 'never_on_login', reason: 'Read only.' } } }],
    [{ policy: { default: { expect: 'never_on_login', reason: 'Read only.', allowNeverOnLogin: true } } }],
  ],
];

const WARNINGS: typeof ERRORS = [
  [
    'EXPIRED_EXEMPTION',
    'policy.exemptions[0].expires',
    /expired/,
    [{ policy: exempt({ expires: '2027-02-28' }) }],
    [{ policy: exempt({}) }],
  ],
  [
    'EXPIRED_EXEMPTION', // in Kiritimati it is already 2 March
    'policy.exemptions[0].expires',
    /expired/,
    [{ policy: exempt({}), schedule: daily('30 4 * * ? *', 'Pacific/Kiritimati') }],
    [{ policy: exempt({}), schedule: daily('30 4 * * ? *', 'Pacific/Pago_Pago') }],
  ],
  [
    'EXPECTATIONS_DIFFER',
    'policy',
    /also the tenant of environments\/sample\.ts/,
    [{}, { name: 'b', policy: { default: { expect: 'on_first_login' } } }],
    [{}, { name: 'b', policy: { default: { expect: ['on_each_login'], reason: 'In other words.' }, rules: [] } }],
  ],
  [
    'SKIPPED_TIME',
    'schedule.cron',
    /the run at 2027-03-28 02:30; found "30 2 \* \* \? \*" in Europe\/Berlin/,
    [{ schedule: daily('30 2 * * ? *') }],
    [{ schedule: daily('30 2 * * ? *', 'Etc/UTC') }],
  ],
  [
    'SCHEDULE_PAUSED',
    'schedule.enabled',
    /no run starts, and no alarm reports missing runs; found false/,
    [{ schedule: { ...daily('30 4 * * ? *'), enabled: false } }],
    [{ schedule: { ...daily('30 4 * * ? *'), enabled: true } }],
  ],
  ['NO_RECIPIENTS', 'recipients', /no one/, [{ recipients: [] }], [{ recipients: [], existingAlertsTopicArn: TOPIC }]],
  ['NO_RECIPIENTS', 'recipients', /no one/, [{ recipients: [] }], [{ recipients: [], chat: { slack: SLACK } }]],
  [
    'NO_CANONICAL_DOMAIN',
    'canonicalDomain',
    /domain is not under auth0\.com; .* found nothing; allowed the tenant's own domain/,
    [{ domain: 'https://login.x.org/' }],
    [{ domain: 'https://login.x.org/', canonicalDomain: 'sample.eu.auth0.com' }],
  ],
  [
    'NO_CANONICAL_DOMAIN', // a name that only ends in the same letters
    'canonicalDomain',
    /not under auth0\.com/,
    [{ domain: 'loginauth0.com' }],
    [{ domain: 'private.x.org', canonicalDomain: 'private.x.org' }],
  ],
  [
    'NO_CANONICAL_DOMAIN',
    'canonicalDomain',
    /is not under auth0\.com, but domain is; the two values are swapped/,
    [{ domain: 'sample.eu.auth0.com', canonicalDomain: 'login.x.org' }],
    [{ domain: 'login.x.org', canonicalDomain: 'sample.eu.auth0.com' }],
  ],
  [
    'RETENTION_IGNORED',
    'historyRetentionDays',
    /has no effect on an existing bucket; found 30/,
    [{ existingHistoryBucketName: 'old-history', historyRetentionDays: 30 }],
    [{ existingHistoryBucketName: 'old-history' }],
  ],
  [
    'NO_SECOND_WAY',
    'alarmsTopicArn',
    /is the topic of the alerts/,
    [{ existingAlertsTopicArn: TOPIC, alarmsTopicArn: TOPIC }],
    [{ existingAlertsTopicArn: TOPIC, alarmsTopicArn: `${TOPIC}-alarms` }],
  ],
  [
    'NO_ALARM_RECIPIENTS',
    'alarmRecipients',
    /no one receives alarms; found \[\]/,
    [{ alarmRecipients: [] }],
    [{ alarmRecipients: [], alarmsTopicArn: TOPIC }],
  ],
  [
    'OTHER_ACCOUNT',
    'existingSecretArn',
    /another account than 210987654321; the policy of the secret, .* allowed an ARN in 210987654321/,
    [{ existingSecretArn: SECRET, account: '210987654321' }],
    [{ existingSecretArn: SECRET, existingAlertsTopicArn: TOPIC, account: '123456789012' }],
  ],
  [
    'OTHER_ACCOUNT', // the accounts of a company can share a topic
    'existingSecretArn',
    /another account/,
    [{ existingSecretArn: SECRET, account: '210987654321' }],
    [{ existingAlertsTopicArn: TOPIC, account: '210987654321' }],
  ],
  ['NO_TENANT', 'domain', /SETUP NEEDED/, [{ domain: 'your-tenant.invalid' }], [{ domain: 'invalid.auth0.com' }]],
  [
    'NO_TENANT',
    'domain',
    /no tenant has this domain/,
    [{ domain: 'your-tenant.eu.auth0.com' }],
    [{ domain: 'my.eu.auth0.com' }],
  ],
  [
    'NO_TENANT',
    'domain',
    /is an example domain/,
    [{ domain: 'login.example.com' }],
    [{ domain: 'login.example.com.x.org', canonicalDomain: 'sample.eu.auth0.com' }],
  ],
  [
    'EXAMPLE_DOMAIN',
    'recipients[1]',
    /reserved for examples; found "identity-team@Example\.com"; allowed an address of your own domain/,
    [{ recipients: ['a@x.org', 'identity-team@Example.com'] }],
    [{ recipients: ['a@x.org', 'example.com@x.org'] }],
  ],
  ['EXAMPLE_DOMAIN', 'recipients[0]', /reserved/, [{ recipients: ['a@mail.test'] }], [{ recipients: ['a@test.org'] }]],
  ['EXAMPLE_DOMAIN', 'docsUrl', /reserved/, [{ docsUrl: 'https://example.com/docs' }], [{ docsUrl: DOCS }]],
  [
    'PLACEHOLDER_LEFT',
    'chat.teams.channelName',
    /this text is still a placeholder; found "TODO"/,
    [{ chat: { teams: { ...TEAMS, channelName: 'TODO' } } }],
    [{ chat: { teams: { ...TEAMS, channelName: 'TODO-list' } } }],
  ],
  [
    'PLACEHOLDER_LEFT',
    'policy.default.reason',
    /this text is still a placeholder/,
    [{ policy: { default: { expect: 'on_each_login', reason: 'TO BE FILLED IN: why' } } }],
    [{ policy: { default: { expect: 'on_each_login', reason: 'To be filled in by the directory at each login.' } } }],
  ],
];

describe('errors, which stop a deployment', () => {
  test.each(ERRORS)(
    'the error %s is reported at %s, but not for a similar valid setting (row %#)',
    (code, path, said, bad, good) => {
      const problems = lint(...bad);
      expect(problems).toEqual([expect.stringMatching(said)]);
      expect(problems[0]?.startsWith(`error ${code} ${path}: `)).toBe(true);
      expect(lint(...good)).toEqual([]);
    },
  );
});

describe('warnings', () => {
  test.each(WARNINGS)(
    'the warning %s is reported at %s, but not for a similar valid setting (row %#)',
    (code, path, said, bad, good) => {
      const problems = lint(...bad);
      expect(problems).toEqual([expect.stringMatching(said)]);
      expect(problems[0]?.startsWith(`warning ${code} ${path}: `)).toBe(true);
      expect(lint(...good)).toEqual([]);
    },
  );
});

test('every problem code of a value has a test case', () => {
  // environment-file.test.ts tests the other two codes, which concern files.
  const all: Readonly<Record<Exclude<EnvironmentProblemCode, 'NO_ENVIRONMENT' | 'NAME_IS_NOT_FILE'>, true>> = {
    DUPLICATE_NAME: true,
    UNKNOWN_TIME_ZONE: true,
    BAD_CRON: true,
    NEVER_FIRES: true,
    LONG_GAP: true,
    SKIPPED_TIME: true,
    SCHEDULE_PAUSED: true,
    NO_CAPS: true,
    CAPS_ALLOW_NOTHING: true,
    TENANT_REMEDIATED_TWICE: true,
    EXPECTATIONS_DIFFER: true,
    NO_RECIPIENTS: true,
    NO_CANONICAL_DOMAIN: true,
    SECRET_OF_TWO_TENANTS: true,
    KEY_WITHOUT_TOPIC: true,
    RETENTION_IGNORED: true,
    NO_SECOND_WAY: true,
    NO_ALARM_RECIPIENTS: true,
    OTHER_REGION: true,
    OTHER_PARTITION: true,
    OTHER_ACCOUNT: true,
    NO_CHAT_SERVICE: true,
    NO_TENANT: true,
    EXAMPLE_DOMAIN: true,
  };
  const covered = new Set<string>([...ERRORS, ...WARNINGS].map(([code]) => code));
  expect(Object.keys(all).filter((code) => !covered.has(code))).toEqual([]);
});

describe('a region or account of another form', () => {
  test.each([
    ['region', { region: 'Frankfurt', existingSecretArn: SECRET, existingAlertsTopicArn: TOPIC }],
    ['account', { account: '1234', existingSecretArn: SECRET }],
  ])('a malformed %s is one problem, and no ARN is compared with it', (setting, settings) => {
    expect(lint(settings)).toEqual([expect.stringMatching(`^error BAD_VALUE ${setting}: `)]);
  });
});

test('an exemption is not reported as expired if the current date is unknown', () => {
  expect(lintEnvironments([{ ...sampleEnvironment, policy: exempt({ expires: '2020-01-01' }) }])).toEqual([]);
});

test('dates are judged in UTC if the time zone is not valid', () => {
  expect(lint({ ...cannotBeRead, policy: exempt({ expires: '2027-02-28' }) })).toEqual([
    expect.stringMatching(/^error UNKNOWN_TIME_ZONE /),
    expect.stringMatching(/^warning EXPIRED_EXEMPTION /),
  ]);
});

test('a long gap is reported even if the time zone is not valid', () => {
  expect(lint({ schedule: daily('0 4 31 * ? *', 'Europe/Berln') })).toEqual([
    expect.stringMatching(/^error UNKNOWN_TIME_ZONE /),
    expect.stringMatching(/^error LONG_GAP .* 61 days/),
  ]);
});

test('the linter lists all problems of all environments, errors first, each with its file', () => {
  const problems = lintEnvironments([
    { ...sampleEnvironment, domain: '', recipients: [], rateReservePercent: -1 },
    { ...sampleEnvironment, name: 'other', mode: 'audit', policy: { default: {} }, region: '' },
  ]);
  expect(problems.map(({ severity, file, path }) => `${severity} ${file} ${path}`)).toEqual([
    'error environments/sample.ts domain',
    'error environments/sample.ts rateReservePercent',
    'error environments/other.ts region',
    'error environments/other.ts mode',
    'error environments/other.ts policy.default.expect',
    'warning environments/sample.ts recipients',
  ]);
});

test.each([[undefined], [null], [42], ['dev'], [[]]])(
  'the linter reports a value that is not an environment (%p) as a bad value',
  (value) => {
    const [first] = lintEnvironments([value], NOW);
    expect(first).toMatchObject({ file: 'environments [0]', code: 'BAD_VALUE', severity: 'error' });
  },
);
