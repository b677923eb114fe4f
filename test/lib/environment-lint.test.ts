import { describeProblem, lintEnvironments } from '../../lib/environment-lint';
import { sampleEnvironment } from './sample-environment';

const SECRET = 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:auth0/auditor-AbC123';

/** What the linter says of the sample with these settings changed. */
function lint(changes: Record<string, unknown>): string[] {
  return lintEnvironments([{ ...sampleEnvironment, ...changes }]).map(describeProblem);
}

test('the sample itself has no problem, or the table below would prove nothing', () => {
  expect(lint({})).toEqual([]);
});

describe('each setting: a value that is refused, what is said of it, and a value that is not', () => {
  test.each([
    ['name', 'Prod_EU', /name: 'Prod_EU' found; allowed is up to 32 lower-case letters/, 'prod-eu2'],
    ['account', 123456789012, /account: 123456789012 found; .* in quotes/, '123456789012'],
    ['region', 'Frankfurt', /region: 'Frankfurt' found/, 'us-gov-west-1'],
    ['domain', 'https://sample.auth0.com', /domain: 'https:.*without scheme/, 'login.example.com'],
    ['domain', 'http://localhost:8080', /domain: 'http:\/\/localhost:8080' found/, 'localhost:8443'],
    ['domain', 'sample.auth0.com/', /domain: .*without scheme, path/, 'sample.auth0.com'],
    ['canonicalDomain', 'http://127.0.0.1:8080', /canonicalDomain: /, 'sample.eu.auth0.com'],
    ['schedule', { timeZone: 'Etc/UTC' }, /schedule\.cron: nothing is no text/, sampleEnvironment.schedule],
    ['schedule', { cron: '30 4 * * *', timeZone: 'Etc/UTC' }, /schedule\.cron: .* has 5 fields/, undefined],
    [
      'schedule',
      { cron: '0 4 30 2 ? *', timeZone: 'Etc/UTC' },
      /schedule\.cron: .* does not fire for years/,
      undefined,
    ],
    ['schedule', { cron: '0 4 ? * 2 *', timeZone: 'Etc/UTC' }, /schedule\.cron: .* up to 168 hours without/, undefined],
    [
      'schedule',
      { cron: '0 4 1/7 * ? *', timeZone: 'Etc/UTC' },
      /at most 144 hours/,
      { cron: '0 4 1/6 * ? *', timeZone: 'Etc/UTC' },
    ],
    [
      'schedule',
      { cron: '30 4 * * ? *', timeZone: 'Europe/Berln' },
      /schedule\.timeZone: 'Europe\/Berln' is no IANA time zone; allowed is one such as/,
      { cron: '30 4 * * ? *', timeZone: 'America/Argentina/Buenos_Aires' },
    ],
    [
      'schedule',
      { cron: '30 4 * * ? *', timeZone: '+02:00' },
      /'\+02:00' is no IANA time zone/,
      { cron: '30 4 * * ? *', timeZone: 'Etc/GMT-2' },
    ],
    ['mode', 'Remediate', /mode: 'Remediate' found; allowed is one of report, remediate/, 'remediate'],
    ['mode', undefined, /mode: nothing found/, 'report'],
    ['policy', undefined, /policy: /, sampleEnvironment.policy],
    [
      'policy',
      { default: { expect: 'always' } },
      /policy\.default\.expect: /,
      { default: { expect: 'on_first_login' } },
    ],
    ['recipients', 'team@example.com', /recipients: 'team@example.com' found; allowed is a list/, []],
    ['recipients', ['team'], /recipients\[0\]: 'team' found; allowed is an e-mail/, ['team@example.com']],
    ['recipients', ['a@x.org', 'a@x.org'], /recipients\[1\]: .*each address once/, ['a@x.org', 'b@x.org']],
    ['logRetentionDays', 31, /logRetentionDays: 31 found; allowed is one of 1, 3, 5/, 365],
    ['rateReservePercent', 91, /rateReservePercent: 91 found; .* from 0 to 90/, 0],
    ['rateReservePercent', '20', /rateReservePercent: '20' found/, 90],
    ['reservedConcurrency', 0, /reservedConcurrency: 0 found; .* from 1 to 1000/, 1],
    ['reservedConcurrency', 1.5, /reservedConcurrency: 1.5 found/, undefined],
    ['existingSecretArn', 'auth0/auditor', /existingSecretArn: .*complete ARN/, SECRET],
    ['existingSecretArn', SECRET.slice(0, -7), /six characters AWS appends/, undefined],
    [
      'existingAlertsTopicArn',
      'arn:aws:sns:eu-central-1:123456789012:alerts.fifo',
      /existingAlertsTopicArn: .*not FIFO/,
      'arn:aws:sns:eu-central-1:123456789012:alerts',
    ],
    ['recipient', 'team@example.com', /recipient: is no setting; allowed are name, account/, undefined],
  ])('%s: %j', (setting, refused, said, accepted) => {
    expect(lint({ [setting]: refused })).toEqual([expect.stringMatching(said)]);
    expect(lint(accepted === undefined ? {} : { [setting]: accepted })).toEqual([]);
  });
});

test('every problem says the file first', () => {
  expect(lint({ mode: 'off' })).toEqual([expect.stringMatching(/^environments\/sample\.ts: mode: /)]);
});

test('all problems of all environments come at once', () => {
  const problems = lintEnvironments([
    { ...sampleEnvironment, domain: '', recipients: ['nobody'], rateReservePercent: -1 },
    { ...sampleEnvironment, name: 'other', mode: 'audit', region: '' },
  ]);
  expect(problems.map(({ file, path }) => `${file} ${path}`)).toEqual([
    'environments/sample.ts domain',
    'environments/sample.ts recipients[0]',
    'environments/sample.ts rateReservePercent',
    'environments/other.ts region',
    'environments/other.ts mode',
  ]);
});

test('a name is taken once; the second one is told', () => {
  const twice = lintEnvironments([sampleEnvironment, { ...sampleEnvironment, domain: 'b.auth0.com' }]);
  expect(twice.map(describeProblem)).toEqual([expect.stringMatching(/name: 'sample' found; .* no other environment/)]);
  expect(lintEnvironments([sampleEnvironment, { ...sampleEnvironment, name: 'other' }])).toEqual([]);
});

test.each([[undefined], [null], [42], ['dev']])(
  'what is no environment at all (%p) does not break the linter',
  (value) => {
    expect(lintEnvironments([value]).map(describeProblem)[0]).toMatch(/^environments\/index\.ts \[0\]: name: nothing/);
  },
);
