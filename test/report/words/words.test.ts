import fc from 'fast-check';
import { FORMATS } from '../../../cli/formats/format-names';
import { writeFormat } from '../../../cli/formats/formats';
import { ROOT_ATTRIBUTES } from '../../../lambda/connection/setting';
import { GROUPS, STRATEGY_NAMES, strategyOf } from '../../../lambda/connection/strategies';
import type { FailureReason } from '../../../lambda/connection/tenant';
import { writeMail } from '../../../lambda/report/mail/mail';
import { dashboardLink, dashboardLinks, dashboardPath } from '../../../lambda/report/words/dashboard';
import { describeDrift, explainEffect, explainTransition } from '../../../lambda/report/words/finding';
import { nameFailure, remedyFor } from '../../../lambda/report/words/incomplete';
import { describeNotice } from '../../../lambda/report/words/notice';
import { describeChange, describeEnding, nameEnding, QUARANTINE_WORDS } from '../../../lambda/report/words/outcome';
import { describeRemedy, describeRepair, explainManual } from '../../../lambda/report/words/repair';
import { describeOtherWriters } from '../../../lambda/report/words/run';
import { explainStop, nameStop } from '../../../lambda/report/words/stop';
import { remove, set } from '../../judge/sample-repair';
import {
  CODES,
  DASHBOARD_ADDRESS,
  hostileText,
  MANUAL_REASONS,
  OTHER_WRITERS,
  OUTCOMES,
  QUARANTINES,
  STOP_REASONS,
} from '../hostile-reports';
import { changeOf } from '../remediation-samples';
import { findingOf, reportOf } from '../report-samples';

const REASONS: Readonly<Record<FailureReason, true>> = {
  setup_needed: true,
  secret_unusable: true,
  credentials_refused: true,
  audience_refused: true,
  scope_missing: true,
  request_refused: true,
  unreachable: true,
  no_answer: true,
  bad_answer: true,
  listing_never_ends: true,
  listing_short: true,
  listing_empty: true,
  out_of_time: true,
  interrupted: true,
  log_too_long: true,
  internal: true,
};

describe('the drift of a finding', () => {
  test.each([
    [
      'the drift of an unset value names the default',
      findingOf(),
      "value is on_each_login (not set: Auth0's default), policy expects on_first_login",
    ],
    [
      'the drift of an explicit value names the value',
      findingOf({ effective: 'never_on_login', source: 'explicit' }),
      'value is never_on_login, policy expects on_first_login',
    ],
    [
      'the drift lists several expected values',
      findingOf({ effective: 'never_on_login', source: 'explicit', expected: ['on_each_login', 'on_first_login'] }),
      'value is never_on_login, policy expects on_each_login or on_first_login',
    ],
    [
      'the drift never contains the text of an undocumented value',
      findingOf({ code: 'UNDOCUMENTED_VALUE', actual: 'evil' }),
      'value is not documented by Auth0, policy expects on_first_login',
    ],
    [
      'the drift of hidden options names no value',
      findingOf({ code: 'OPTIONS_HIDDEN', effective: null, source: null }),
      'options hidden, policy expects on_first_login',
    ],
  ])('%s', (_claim, finding, words) => {
    expect(describeDrift(finding)).toBe(words);
  });
});

describe('the effect of a finding', () => {
  test.each([
    ['on_each_login', /overwrites name/],
    ['on_first_login', /keeps the old name/],
    ['never_on_login', /does not create users/],
  ] as const)('the effect of the value %s on users is explained', (effective, words) => {
    expect(explainEffect(findingOf({ effective }))).toMatch(words);
  });

  test('the effect of hidden options names the missing scope', () => {
    expect(explainEffect(findingOf({ code: 'OPTIONS_HIDDEN' }))).toContain('read:connections_options');
  });

  test.each(CODES)('the effect of the code %s is explained in sentences', (code) => {
    expect(explainEffect(findingOf({ code }))).toMatch(/^[A-Z].*\.$/);
  });

  test('each change of the value has a text on its effect on users', () => {
    for (const from of ROOT_ATTRIBUTES) {
      for (const to of ROOT_ATTRIBUTES) expect(explainTransition(from, to)).toMatch(/^[A-Z].*\.$/);
    }
    for (const to of ROOT_ATTRIBUTES) expect(explainTransition(null, to)).toMatch(/^Afterwards, .*\.$/);
  });

  test('each change of the value has a text on what to check first', () => {
    for (const from of [...ROOT_ATTRIBUTES, null]) {
      for (const to of ROOT_ATTRIBUTES.filter((value) => value !== from)) {
        expect(explainTransition(from, to)).toMatch(/First (check|look)/);
      }
    }
  });
});

describe('the description of a repair', () => {
  test.each([
    [
      'a repair that sets the value keeps all other options and states the effect',
      findingOf(),
      /^Set options\.set_user_root_attributes to on_first_login and keep all other options\. Afterwards,/,
    ],
    [
      'a repair that deletes the key states what a missing key means',
      findingOf({ effective: 'on_first_login', repair: remove() }),
      /^Delete the key .* means on_each_login.*overwrites edits/,
    ],
    [
      'a repair that sets the value names the options that Auth0 adds',
      findingOf({ repair: set('on_first_login', { fills: ['schema_version', 'attribute_map'] }) }),
      /keep all other options\. With this write, Auth0 also adds missing options: schema_version, attribute_map\. Afterwards,/,
    ],
    [
      'a manual fix because of missing options names these options',
      findingOf({ repair: { action: 'manual', reason: 'write_fills', keys: ['connection_settings.pkce', 'type'] } }),
      /^Manual\. The connection lacks options .* allowFilledKeys .* Missing options: connection_settings\.pkce, type\./,
    ],
    [
      'a manual fix states its reason',
      findingOf({ repair: { action: 'manual', reason: 'unproven_strategy' } }),
      /^Manual\. No published schema of Auth0/,
    ],
  ])('%s', (_claim, finding, words) => {
    expect(describeRepair(finding)).toMatch(words);
  });

  test('each manual reason has a different text', () => {
    expect(new Set(MANUAL_REASONS.map(explainManual)).size).toBe(MANUAL_REASONS.length);
  });
});

describe('the ending of a repair', () => {
  const planned = findingOf();

  test('each outcome has a different text and a different name', () => {
    const words = OUTCOMES.map((outcome) => describeEnding({ ...planned, outcome }));
    for (const each of words) expect(each).toMatch(/^[A-Z].*\.$/);
    expect(new Set(words).size).toBe(OUTCOMES.length);
    expect(new Set(OUTCOMES.map((outcome) => nameEnding({ outcome, stopped: null }))).size).toBe(OUTCOMES.length);
  });

  test('each stop reason has a different text and a short name', () => {
    for (const stopped of STOP_REASONS) {
      expect(explainStop(stopped)).toMatch(/^[A-Z].*\.$/);
      expect(nameStop(stopped)).toMatch(/^[a-z ]{5,14}$/);
      expect(describeEnding({ ...planned, outcome: 'skipped_stopped', stopped })).toContain(nameStop(stopped));
    }
    expect(new Set(STOP_REASONS.map(explainStop)).size).toBe(STOP_REASONS.length);
  });

  test('each quarantine reason has a text and a different name', () => {
    for (const quarantine of QUARANTINES) {
      expect(describeEnding({ ...planned, outcome: 'quarantined', quarantine })).toMatch(/^[A-Z].*\.$/);
      expect(QUARANTINE_WORDS[quarantine].name).toMatch(/^[a-z ]{5,14}$/);
    }
    const names = QUARANTINES.map((quarantine) => nameEnding({ outcome: 'quarantined', stopped: null, quarantine }));
    expect(new Set(names).size).toBe(QUARANTINES.length);
  });

  test("Auth0's message is quoted for a paused connection, and not repeated for a failed repair", () => {
    const ended = { ...planned, refusal: 'Invalid certificate.', detail: 'PATCH: 400 Invalid certificate.' };
    const paused = describeEnding({ ...ended, outcome: 'quarantined', quarantine: 'refused' });
    expect(paused).toContain("Auth0's message: Invalid certificate.");
    expect(describeEnding({ ...ended, outcome: 'failed' })).not.toContain("Auth0's message");
  });

  test('the ending of a skipped repair contains the manual reason that the last read found', () => {
    const ended = describeEnding({ ...planned, outcome: 'skipped_unsafe', unsafe: 'masked_secret' });
    expect(ended).toContain(explainManual('masked_secret'));
  });

  test("Auth0's message is made harmless", () => {
    expect(describeEnding({ ...planned, outcome: 'failed', detail: '<!here> https://evil.example' })).toMatch(
      /nothing was changed\. \\u003C!here\\u003E https\[:\]\/\/evil\[\.\]example$/,
    );
  });

  test('a change is described by its raw values, also if a value is not set', () => {
    expect(describeChange(changeOf())).toBe('not set -> on_first_login');
    expect(describeChange(changeOf({ before: 'never_on_login', after: null }))).toBe('never_on_login -> not set');
  });
});

test.each(OTHER_WRITERS)('the text on other writers for %s never claims that there were none', (otherWriters) => {
  expect(describeOtherWriters(otherWriters)).not.toMatch(/\bnone\b(?! found)|\bno other/i);
});

test('the notice on an exceeded cap states what remediate mode would do, or that nothing was repaired', () => {
  const notice = { code: 'CAP_EXCEEDED', planned: 41, allowed: 25 } as const;
  expect(describeNotice(notice, 'report')).toMatch(
    /^41 repairs planned, 25 allowed: in remediate mode nothing would be repaired\./,
  );
  expect(describeNotice(notice, 'remediate')).toContain('nothing was repaired.');
});

test.each(STRATEGY_NAMES)('the strategy %s has a path in the Dashboard', (strategy) => {
  const { group } = strategyOf(strategy);
  expect(GROUPS).toContain(group);
  expect(dashboardPath(strategy)?.toLowerCase()).toContain(`authentication > ${group}`);
});

test('an unknown strategy has no path in the Dashboard, and no report prints one', () => {
  expect(dashboardPath('tomorrow')).toBeUndefined();
  const connection = { id: 'con_1', name: 'acme', displayName: null, strategy: 'tomorrow' };
  const finding = findingOf({ connection, repair: { action: 'manual', reason: 'unknown_strategy' } });
  expect(describeRemedy(finding)).toBe(describeRepair(finding));
  const report = reportOf({ findings: [finding] });
  const texts = [...FORMATS.map((format) => writeFormat(format, report, { columns: 80 })), writeMail(report).body];
  for (const text of texts) expect(text).not.toMatch(/Authentication (>|\\u003E|&gt;) /);
});

test('the path in the Dashboard names each of several types one time', () => {
  expect(dashboardPath('samlp', 'waad', 'samlp')).toContain('Enterprise > SAML or Microsoft Azure AD > (connection)');
  expect(dashboardPath('adfs')).toContain('Enterprise > (type) > (connection)');
});

describe('the address of a connection in the Dashboard', () => {
  const id = 'con_k3uMFpYAAdLQl3bO';
  const at = (host: string, strategy = 'auth0', of = id) => dashboardLink(host, { id: of, strategy })?.address;

  test.each([
    ['acme.us.auth0.com', 'us/acme'],
    ['acme.eu.auth0.com', 'eu/acme'],
    ['acme-9.au.auth0.com', 'au/acme-9'],
    ['acme.jp.auth0.com', 'jp/acme'],
    ['acme.uk.auth0.com', 'uk/acme'],
    ['acme.ca.auth0.com', 'ca/acme'],
    ['acme.auth0.com', 'us/acme'],
  ])('the Dashboard address for the tenant %s starts with %s', (host, tenant) => {
    expect(at(host)).toBe(`https://manage.auth0.com/dashboard/${tenant}/connections/database/${id}/settings`);
  });

  test.each([
    ['a custom domain', 'login.example.com'],
    ['a private cloud', 'acme.acme-prod.auth0app.com'],
    ['a region that no page of Auth0 names', 'acme.us-5.auth0.com'],
    ['the sandbox', '127.0.0.1:4010'],
    ['a domain with a port', 'acme.eu.auth0.com:8443'],
    ['a domain that only starts with a tenant domain', 'acme.eu.auth0.com.example.com'],
    ['a domain without a dot before auth0.com', 'acme.euxauth0.com'],
    ['a tenant with a slash', 'acme/../x.eu.auth0.com'],
    ['a domain without a tenant name', 'eu.auth0.com'],
    ['a domain with a line break', 'acme.eu.auth0.com\n'],
  ])('the Dashboard address is unknown for %s', (_, host) => {
    expect(at(host)).toBeUndefined();
  });

  test.each([
    ['auth0', 'connection', `database/${id}/settings`],
    ['google-oauth2', 'connection', `social/${id}/settings`],
    ['okta', 'connection', `enterprise/okta/${id}/provisioning`],
    ['samlp', 'list', 'enterprise/samlp'],
    ['oidc', 'list', 'enterprise/oidc'],
    ['ad', 'list', 'enterprise/ad'],
    ['waad', 'list', 'enterprise/waad'],
    ['adfs', 'list', 'enterprise'],
    ['google-apps', 'list', 'enterprise'],
  ])('the Dashboard address for the strategy %s opens the %s', (strategy, opens, path) => {
    expect(dashboardLink('acme.eu.auth0.com', { id, strategy })).toEqual({
      address: `https://manage.auth0.com/dashboard/eu/acme/connections/${path}`,
      opens,
    });
  });

  test.each(['sms', 'email', 'tomorrow', '../x', ''])(
    'the Dashboard address is unknown for the strategy "%s"',
    (strategy) => {
      expect(at('acme.eu.auth0.com', strategy)).toBeUndefined();
    },
  );

  test.each([
    'con_1',
    'con_k3uMFpYAAdLQl3bO/../../x',
    'con_k3uMFpYAAdLQl3b?',
    'con_k3uMFpYAAdLQl3bO\n',
    'con_k3uMFpYAAdLQl3bÖ',
    `${id}a`,
    '',
  ])('the Dashboard address never contains the invalid id %j', (of) => {
    for (const strategy of ['auth0', 'github']) expect(at('acme.eu.auth0.com', strategy, of)).toBeUndefined();
    expect(at('acme.eu.auth0.com', 'okta', of)).toBe(
      'https://manage.auth0.com/dashboard/eu/acme/connections/enterprise/okta',
    );
  });

  it('the Dashboard address has a known form for any host, id and strategy', () => {
    const text = fc.oneof(hostileText, fc.constantFrom('acme.eu.auth0.com', id, ...STRATEGY_NAMES));
    fc.assert(
      fc.property(text, text, text, (host, of, strategy) => {
        const link = dashboardLink(host, { id: of, strategy });
        if (link !== undefined) expect(link.address).toMatch(DASHBOARD_ADDRESS);
      }),
    );
  });

  test('a Dashboard address of several connections is listed only one time', () => {
    const connections = ['samlp', 'auth0', 'samlp'].map((strategy) => ({ id, strategy }));
    expect(dashboardLinks('acme.eu.auth0.com', connections).map(({ opens }) => opens)).toEqual(['list', 'connection']);
  });
});

test('each failure reason has a name for the subject and a remedy', () => {
  for (const reason of Object.keys(REASONS) as FailureReason[]) {
    expect(nameFailure(reason)).toMatch(/^[a-z ]{5,20}$/);
    expect(remedyFor(reason)).toMatch(/^[A-Z].*\.$/);
  }
});

test('an unknown strategy in a notice is harmless', () => {
  expect(describeNotice({ code: 'UNKNOWN_STRATEGY', strategy: '<!here>', connections: 2 }, 'report')).toMatch(
    /^Unknown strategy \\u003C!here\\u003E: 2 connections/,
  );
});
