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
  it('are what travels, with the defaults', () => {
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

  it('are those that it states', () => {
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
    ['nobody', {}, false],
  ])('of an environment with %s say whether it names a receiver of alerts', (_who, named, namesReceiver) => {
    expect(withDefaults({ ...sampleEnvironment, recipients: [], ...named })).toMatchObject({ namesReceiver });
  });

  it('hold domains without https:// and a slash at their end', () => {
    const pasted = { domain: 'https://login.example.com/', canonicalDomain: 'https://sample.eu.auth0.com/' };
    expect(withDefaults({ ...sampleEnvironment, ...pasted })).toMatchObject({
      domain: 'login.example.com',
      canonicalDomain: 'sample.eu.auth0.com',
    });
  });

  it('are one error that names each bad setting, where some are bad', () => {
    const bad = { ...sampleEnvironment, domain: 'http://127.0.0.1:1', rateReservePercent: 91, recipients: ['team'] };
    expect(() => withDefaults(bad)).toThrow(SettingsError);
    expect(() => withDefaults(bad)).toThrow(
      /^The environment "sample" is not valid:\n- domain: .*\n- recipients\[0\]: .*\n- rateReservePercent: bad value: found 91; allowed: a whole number from 0 to 90$/,
    );
  });
});

describe('an environment that the linter refuses is refused with one error', () => {
  const RULE = { id: 'a', match: { strategy: 'oidc' }, expect: 'on_first_login', reason: 'r' } as const;
  test.each<[string, unknown, RegExp]>([
    ['a bad rule', { policy: { rules: [RULE, RULE], default: { expect: 'on_each_login' } } }, /policy\.rules\[1\]\.id/],
    [
      'a bad condition',
      { policy: { rules: [{ ...RULE, match: { tenant: 'a' } }], default: { expect: 'on_each_login' } } },
      /match\.tenant: unknown key/,
    ],
    ['remediate without caps', { mode: 'remediate' }, /- caps: mode remediate without caps/],
    ['a schedule that never fires', { schedule: { cron: '0 4 30 2 ? *', timeZone: 'Etc/UTC' } }, /does not fire/],
    ['a number that JSON has no form for', { rateReservePercent: 5n }, /rateReservePercent: bad value: found bigint/],
    ['a name that is no text', { name: Symbol('prod') }, /^The environment symbol is not valid/],
  ])('%s', (_claim, change, says) => {
    const environment = Object.assign({ ...sampleEnvironment }, change);
    expect(() => withDefaults(environment)).toThrow(SettingsError);
    expect(() => withDefaults(environment)).toThrow(says);
  });

  test.each(['null', '"prod"', '[]'])('%s for an environment', (text) => {
    const environment: Environment = JSON.parse(text);
    expect(() => withDefaults(environment)).toThrow(SettingsError);
  });
});

test('the password of an address is not printed', () => {
  const bad = {
    ...sampleEnvironment,
    domain: 'user:Planted-secret@example.com',
    docsUrl: 'https://me:Planted-secret@git.example.com',
  };
  expect(() => withDefaults(bad)).toThrow(/found "\*\*\*@example\.com"/);
  expect(() => withDefaults(bad)).not.toThrow(/Planted/);
});

test('a schema without one setting, or with one too many, does not compile', () => {
  type Shape = { [Key in keyof Required<Environment>]: unknown };
  const { docsUrl, ...rest } = environmentShape;
  // @ts-expect-error docsUrl has no schema
  rest satisfies Shape;
  // @ts-expect-error no setting has this name
  ({ ...rest, docsUrl, docUrl: docsUrl }) satisfies Shape;
  expect(Object.keys(environmentShape)).toContain('docsUrl');
});
