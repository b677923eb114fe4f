import { lowerMode, parseSettings, SettingsError } from '../lambda/settings';
import { ALERTS_ARN, FINDINGS_ARN, SECRET_ARN } from './aws/aws-clients';

const GOOD = {
  ENVIRONMENT_NAME: 'prod',
  AUTH0_DOMAIN: 'example.eu.auth0.com',
  AUTH0_CANONICAL_DOMAIN: '',
  AUDIT_MODE: 'report',
  SECRET_ARN,
  ALERTS_TOPIC_ARN: ALERTS_ARN,
  FINDINGS_TOPIC_ARN: FINDINGS_ARN,
  RATE_RESERVE_PERCENT: '20',
  SCHEDULE_TIME_ZONE: 'Europe/Berlin',
  HISTORY_BUCKET: 'auditor-history',
  KILL_SWITCH_PARAMETER: '/auth0-connection-auditor/prod/writes',
  MAX_CHANGES: '',
  MAX_PERCENT: '',
  QUARANTINE_REPAIRS: '',
  QUARANTINE_DAYS: '',
  REMINDER_DAYS: '',
  WEEKLY_ALL_CLEAR: '',
  NAME_PEOPLE: '',
  SECURITY_HUB: '',
};

function problemsOf(variables: Readonly<Record<string, string | undefined>>): string {
  try {
    parseSettings(variables);
  } catch (error) {
    if (error instanceof SettingsError) return error.message;
    throw error;
  }
  return '';
}

describe('settings', () => {
  it('are read from the variables that the stack sets', () => {
    expect(parseSettings(GOOD)).toMatchObject({
      environment: 'prod',
      address: { origin: 'https://example.eu.auth0.com', host: 'example.eu.auth0.com' },
      audience: 'https://example.eu.auth0.com/api/v2/',
      domainIsUnset: false,
      mode: 'report',
      secretArn: SECRET_ARN,
      alertsTopicArn: ALERTS_ARN,
      findingsTopicArn: FINDINGS_ARN,
      reservePercent: 20,
    });
  });

  const READINGS: readonly { claim: string; change: Record<string, string | undefined>; settings: object }[] = [
    { claim: 'an absent mode is report', change: { AUDIT_MODE: undefined }, settings: { mode: 'report' } },
    { claim: 'an empty mode is report', change: { AUDIT_MODE: '' }, settings: { mode: 'report' } },
    { claim: 'remediate is remediate', change: { AUDIT_MODE: 'remediate' }, settings: { mode: 'remediate' } },
    { claim: 'an absent reserve is 20', change: { RATE_RESERVE_PERCENT: undefined }, settings: { reservePercent: 20 } },
    { claim: 'no reserve is none', change: { RATE_RESERVE_PERCENT: '0' }, settings: { reservePercent: 0 } },
    {
      claim: 'the audience is of the canonical domain',
      change: { AUTH0_DOMAIN: 'login.example.com', AUTH0_CANONICAL_DOMAIN: 'example.eu.auth0.com' },
      settings: {
        address: { origin: 'https://login.example.com', host: 'login.example.com' },
        audience: 'https://example.eu.auth0.com/api/v2/',
      },
    },
    {
      claim: 'a sandbox is reached over http on loopback',
      change: { AUTH0_DOMAIN: 'http://127.0.0.1:4020' },
      settings: { address: { origin: 'http://127.0.0.1:4020', host: '127.0.0.1:4020' } },
    },
    {
      claim: 'a domain under .invalid is unset',
      change: { AUTH0_DOMAIN: 'your-tenant.invalid' },
      settings: { domainIsUnset: true },
    },
    { claim: 'without both caps there are none', change: { MAX_CHANGES: '5' }, settings: { caps: undefined } },
    {
      claim: 'two caps are caps',
      change: { MAX_CHANGES: '5', MAX_PERCENT: '10' },
      settings: { caps: { maxChanges: 5, maxPercent: 10 } },
    },
    {
      claim: 'without a cadence, people are reminded each week, and told each week that all is clear',
      change: {},
      settings: { cadence: { reminderDays: 7, weeklyAllClear: true } },
    },
    {
      claim: 'a cadence is a cadence',
      change: { REMINDER_DAYS: '3', WEEKLY_ALL_CLEAR: 'false' },
      settings: { cadence: { reminderDays: 3, weeklyAllClear: false } },
    },
    { claim: 'people are named', change: {}, settings: { withoutPeople: false } },
    { claim: 'people are named where said so', change: { NAME_PEOPLE: 'true' }, settings: { withoutPeople: false } },
    { claim: 'people are not named', change: { NAME_PEOPLE: 'false' }, settings: { withoutPeople: true } },
    { claim: 'nothing is imported', change: {}, settings: { importsToSecurityHub: false } },
    { claim: 'findings are imported', change: { SECURITY_HUB: 'import' }, settings: { importsToSecurityHub: true } },
    { claim: 'variables that are not ours do not matter', change: { PATH: '/bin' }, settings: { environment: 'prod' } },
    {
      claim: 'topics of other partitions are topics',
      change: { ALERTS_TOPIC_ARN: 'arn:aws-us-gov:sns:us-gov-west-1:111122223333:Alerts' },
      settings: { alertsTopicArn: 'arn:aws-us-gov:sns:us-gov-west-1:111122223333:Alerts' },
    },
  ];
  it.each(READINGS)('$claim', ({ change, settings }) => {
    expect(parseSettings({ ...GOOD, ...change })).toMatchObject(settings);
  });

  const WRONG: readonly { name: string; value: string; says: string }[] = [
    { name: 'AUTH0_DOMAIN', value: 'https://example.com', says: 'expected a domain such as' },
    { name: 'AUTH0_DOMAIN', value: 'http://example.com', says: 'expected a domain such as' },
    { name: 'AUTH0_CANONICAL_DOMAIN', value: 'example.com/', says: 'expected a domain such as' },
    { name: 'AUDIT_MODE', value: 'Remediate', says: "expected report or remediate, got 'Remediate'" },
    { name: 'AUDIT_MODE', value: 'true', says: "expected report or remediate, got 'true'" },
    { name: 'SECRET_ARN', value: 'my-secret', says: 'expected the ARN of secretsmanager' },
    { name: 'SECRET_ARN', value: ALERTS_ARN, says: 'expected the ARN of secretsmanager' },
    { name: 'ALERTS_TOPIC_ARN', value: SECRET_ARN, says: 'expected the ARN of sns' },
    { name: 'FINDINGS_TOPIC_ARN', value: 'Findings', says: 'expected the ARN of sns' },
    { name: 'SCHEDULE_TIME_ZONE', value: 'Mars/Olympus', says: 'expected an IANA time zone' },
    { name: 'HISTORY_BUCKET', value: 's3://bucket', says: 'expected the name of an S3 bucket' },
    { name: 'KILL_SWITCH_PARAMETER', value: 'writes', says: 'expected the name of an SSM parameter' },
    { name: 'MAX_CHANGES', value: '-1', says: 'expected a whole number from 0 to' },
    { name: 'MAX_PERCENT', value: '101', says: 'expected a whole number from 0 to 100' },
    { name: 'QUARANTINE_REPAIRS', value: '0', says: 'expected a whole number from 1 to' },
    { name: 'QUARANTINE_DAYS', value: '1.5', says: 'expected a whole number from 1 to' },
    { name: 'REMINDER_DAYS', value: '0', says: 'expected a whole number from 1 to 365' },
    { name: 'WEEKLY_ALL_CLEAR', value: 'yes', says: 'expected true or false' },
    { name: 'NAME_PEOPLE', value: 'False', says: 'expected true or false' },
    { name: 'SECURITY_HUB', value: 'true', says: 'expected import or nothing' },
    { name: 'RATE_RESERVE_PERCENT', value: 'a lot', says: 'expected a whole number from 0 to 90' },
    { name: 'RATE_RESERVE_PERCENT', value: '-1', says: 'expected a whole number from 0 to 90' },
    { name: 'RATE_RESERVE_PERCENT', value: '91', says: 'expected a whole number from 0 to 90' },
    { name: 'RATE_RESERVE_PERCENT', value: 'Infinity', says: 'expected a whole number from 0 to 90' },
    { name: 'RATE_RESERVE_PERCENT', value: ' ', says: 'expected a whole number from 0 to 90' },
  ];
  it.each(WRONG)('$name cannot be $value', ({ name, value, says }) => {
    expect(problemsOf({ ...GOOD, [name]: value })).toContain(`- ${name}: ${says}`);
  });

  const NEEDED = [
    'ENVIRONMENT_NAME',
    'AUTH0_DOMAIN',
    'SECRET_ARN',
    'ALERTS_TOPIC_ARN',
    'FINDINGS_TOPIC_ARN',
    'SCHEDULE_TIME_ZONE',
    'HISTORY_BUCKET',
    'KILL_SWITCH_PARAMETER',
  ];
  it.each(
    NEEDED.flatMap(
      (name) =>
        [
          [name, undefined],
          [name, ''],
        ] as const,
    ),
  )('%s: %p is missing', (name, value) => {
    expect(problemsOf({ ...GOOD, [name]: value })).toContain(`- ${name}: missing`);
  });

  it('that are all missing or wrong are all named at once, with the remedy', () => {
    const message = problemsOf({ AUDIT_MODE: 'on', RATE_RESERVE_PERCENT: 'x', AUTH0_CANONICAL_DOMAIN: '/' });
    for (const name of [...NEEDED, 'AUDIT_MODE', 'RATE_RESERVE_PERCENT', 'AUTH0_CANONICAL_DOMAIN']) {
      expect(message).toContain(`\n- ${name}: `);
    }
    expect(message).toContain('Deploy again, or set them right');
  });
});

describe('the mode of one run', () => {
  const EVENTS: readonly { event: unknown; mode: 'report' | 'remediate' }[] = [
    { event: undefined, mode: 'remediate' },
    { event: null, mode: 'remediate' },
    { event: {}, mode: 'remediate' },
    { event: 'report', mode: 'remediate' },
    { event: [], mode: 'remediate' },
    { event: { mode: 'remediate' }, mode: 'remediate' },
    { event: { mode: 'report' }, mode: 'report' },
    { event: { mode: 'REPORT' }, mode: 'report' },
    { event: { mode: 'Remediate' }, mode: 'report' },
    { event: { mode: '' }, mode: 'report' },
    { event: { mode: null }, mode: 'report' },
    { event: { mode: { $ne: null } }, mode: 'report' },
    { event: { mode: false }, mode: 'report' },
  ];
  it.each(EVENTS)('of a function that remediates, asked with $event, is $mode', ({ event, mode }) => {
    expect(lowerMode('remediate', event)).toBe(mode);
  });
  it.each(EVENTS)('of a function that reports, asked with $event, is report', ({ event }) => {
    expect(lowerMode('report', event)).toBe('report');
  });
});
