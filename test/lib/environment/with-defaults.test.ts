import { SettingsError } from '../../../lambda/settings';
import type { Environment } from '../../../lib/environment/environment';
import { environmentShape } from '../../../lib/environment/schema';
import { withDefaults } from '../../../lib/environment/with-defaults';
import { sampleEnvironment } from './sample-environment';

const CHANGED: Partial<Environment> = {
  canonicalDomain: 'tenant.us.auth0.com',
  mode: 'remediate',
  caps: { maxChanges: 1, maxPercent: 5 },
  quarantine: { repairs: 2, days: 14 },
  cadence: { reminderDays: 3, weeklyAllClear: false },
  namePeople: false,
  securityHub: true,
  rateReservePercent: 0,
  docsUrl: 'https://example.com/docs',
};

describe('the settings of an environment', () => {
  it('the settings contain what the function reads, with defaults', () => {
    expect(withDefaults(sampleEnvironment)).toEqual({
      name: 'sample',
      domain: 'sample.eu.auth0.com',
      timeZone: 'Europe/Berlin',
      mode: 'report',
      quarantine: { repairs: 3, days: 7 },
      cadence: { reminderDays: 7, weeklyAllClear: true },
      namePeople: true,
      securityHub: false,
      rateReservePercent: 20,
      dueHours: 25 + 4,
      namesReceiver: true,
    });
  });

  it('the settings of an environment override the defaults', () => {
    expect(withDefaults({ ...sampleEnvironment, ...CHANGED })).toEqual({
      ...CHANGED,
      name: 'sample',
      domain: 'sample.eu.auth0.com',
      timeZone: 'Europe/Berlin',
      dueHours: 25 + 4,
      namesReceiver: true,
    });
  });

  it.each<[string, Partial<Environment>, boolean]>([
    ['a recipient', { recipients: ['a@x.org'] }, true],
    ['a chat', { chat: { slack: { workspaceId: 'T0', channelId: 'C0' } } }, true],
    ['a topic', { existingAlertsTopicArn: 'arn:aws:sns:eu-central-1:123456789012:alerts' }, true],
    ['a recipient of alarms alone', { alarmRecipients: ['a@x.org'] }, false],
    ['no recipient', {}, false],
  ])('the setting namesReceiver is correct for an environment with %s', (_who, named, namesReceiver) => {
    expect(withDefaults({ ...sampleEnvironment, recipients: [], ...named })).toMatchObject({ namesReceiver });
  });

  it('the settings contain domains without https:// and without a trailing slash', () => {
    const pasted = { domain: 'https://login.example.com/', canonicalDomain: 'https://sample.eu.auth0.com/' };
    expect(withDefaults({ ...sampleEnvironment, ...pasted })).toMatchObject({
      domain: 'login.example.com',
      canonicalDomain: 'sample.eu.auth0.com',
    });
  });

  it('several bad settings cause one error that lists each of them', () => {
    const bad = { ...sampleEnvironment, domain: 'http://127.0.0.1:1', rateReservePercent: 91, recipients: ['team'] };
    expect(() => withDefaults(bad)).toThrow(SettingsError);
    expect(() => withDefaults(bad)).toThrow(
      /^The environment "sample" is not valid:\n- domain: .*\n- recipients\[0\]: .*\n- rateReservePercent: bad value: found 91; allowed: a whole number from 0 to 90$/,
    );
  });
});

describe('an environment that the linter refuses', () => {
  const RULE = { id: 'a', match: { strategy: 'oidc' }, expect: 'on_first_login', reason: 'r' } as const;
  test.each<[string, unknown, RegExp]>([
    ['a bad rule', { policy: { rules: [RULE, RULE], default: { expect: 'on_each_login' } } }, /policy\.rules\[1\]\.id/],
    [
      'a bad condition',
      { policy: { rules: [{ ...RULE, match: { tenant: 'a' } }], default: { expect: 'on_each_login' } } },
      /match\.tenant: unknown key/,
    ],
    ['remediate mode without caps', { mode: 'remediate' }, /- caps: is required in remediate mode/],
    ['a schedule that never fires', { schedule: { cron: '0 4 30 2 ? *', timeZone: 'Etc/UTC' } }, /starts no run/],
    ['a number without a JSON form', { rateReservePercent: 5n }, /rateReservePercent: bad value: found bigint/],
    ['a name that is not a string', { name: Symbol('prod') }, /^The environment symbol is not valid/],
  ])('an environment with %s is refused with one error', (_claim, change, says) => {
    const environment = Object.assign({ ...sampleEnvironment }, change);
    expect(() => withDefaults(environment)).toThrow(SettingsError);
    expect(() => withDefaults(environment)).toThrow(says);
  });

  test.each(['null', '"prod"', '[]'])('the value %s is refused as an environment', (text) => {
    const environment: Environment = JSON.parse(text);
    expect(() => withDefaults(environment)).toThrow(SettingsError);
  });
});

test('the error does not print the password in a URL', () => {
  const bad = {
    ...sampleEnvironment,
    domain: 'user:Planted-secret@example.com',
    docsUrl: 'https://me:Planted-secret@git.example.com',
  };
  expect(() => withDefaults(bad)).toThrow(/found "\*\*\*@example\.com"/);
  expect(() => withDefaults(bad)).not.toThrow(/Planted/);
});

test('a schema with a missing or an additional setting does not compile', () => {
  type Shape = { [Key in keyof Required<Environment>]: unknown };
  const { docsUrl, ...rest } = environmentShape;
  // @ts-expect-error docsUrl has no schema
  rest satisfies Shape;
  // @ts-expect-error no setting has this name
  ({ ...rest, docsUrl, docUrl: docsUrl }) satisfies Shape;
  expect(Object.keys(environmentShape)).toContain('docsUrl');
});
