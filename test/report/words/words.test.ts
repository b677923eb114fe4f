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

describe('what drifted', () => {
  test.each([
    [
      'an unset value is named with its default',
      findingOf(),
      "value is on_each_login (not set: Auth0's default), policy expects on_first_login",
    ],
    [
      'a value that was written is named as it is',
      findingOf({ effective: 'never_on_login', source: 'explicit' }),
      'value is never_on_login, policy expects on_first_login',
    ],
    [
      'several values may be allowed',
      findingOf({ effective: 'never_on_login', source: 'explicit', expected: ['on_each_login', 'on_first_login'] }),
      'value is never_on_login, policy expects on_each_login or on_first_login',
    ],
    [
      "an undocumented value's text is not part of the sentence",
      findingOf({ code: 'UNDOCUMENTED_VALUE', actual: 'evil' }),
      'value is not documented by Auth0, policy expects on_first_login',
    ],
    [
      'what could not be seen has no value',
      findingOf({ code: 'OPTIONS_HIDDEN', effective: null, source: null }),
      'options hidden, policy expects on_first_login',
    ],
  ])('%s', (_claim, finding, words) => {
    expect(describeDrift(finding)).toBe(words);
  });
});

describe('why it matters', () => {
  test.each([
    ['on_each_login', /overwrites name/],
    ['on_first_login', /keeps the old name/],
    ['never_on_login', /does not create users/],
  ] as const)('%s has its effect on users', (effective, words) => {
    expect(explainEffect(findingOf({ effective }))).toMatch(words);
  });

  test('hidden options name the scope', () => {
    expect(explainEffect(findingOf({ code: 'OPTIONS_HIDDEN' }))).toContain('read:connections_options');
  });

  test.each(CODES)('%s has an effect of its own', (code) => {
    expect(explainEffect(findingOf({ code }))).toMatch(/^[A-Z].*\.$/);
  });

  test('every change of value says what changes for users', () => {
    for (const from of ROOT_ATTRIBUTES) {
      for (const to of ROOT_ATTRIBUTES) expect(explainTransition(from, to)).toMatch(/^[A-Z].*\.$/);
    }
    for (const to of ROOT_ATTRIBUTES) expect(explainTransition(null, to)).toMatch(/^Afterwards, .*\.$/);
  });

  test('every change says what to check before it is made', () => {
    for (const from of [...ROOT_ATTRIBUTES, null]) {
      for (const to of ROOT_ATTRIBUTES.filter((value) => value !== from)) {
        expect(explainTransition(from, to)).toMatch(/First (check|look)/);
      }
    }
  });
});

describe('what a repair does', () => {
  test.each([
    [
      'set',
      findingOf(),
      /^Set options\.set_user_root_attributes to on_first_login and keep all other options\. Afterwards,/,
    ],
    [
      'remove',
      findingOf({ effective: 'on_first_login', repair: remove() }),
      /^Delete the key .* means on_each_login.*overwrites edits/,
    ],
    [
      'set, where Auth0 fills in options',
      findingOf({ repair: set('on_first_login', { fills: ['schema_version', 'attribute_map'] }) }),
      /keep all other options\. With this write, Auth0 also adds missing options: schema_version, attribute_map\. Afterwards,/,
    ],
    [
      'by hand, where Auth0 would fill in what can change a login',
      findingOf({ repair: { action: 'manual', reason: 'write_fills', keys: ['connection_settings.pkce', 'type'] } }),
      /^Manual\. The connection lacks options .* allowFilledKeys .* Missing options: connection_settings\.pkce, type\./,
    ],
    [
      'by hand',
      findingOf({ repair: { action: 'manual', reason: 'unproven_strategy' } }),
      /^Manual\. No published schema of Auth0/,
    ],
  ])('%s', (_claim, finding, words) => {
    expect(describeRepair(finding)).toMatch(words);
  });

  test('every reason for a person has words of its own', () => {
    expect(new Set(MANUAL_REASONS.map(explainManual)).size).toBe(MANUAL_REASONS.length);
  });
});

describe('what became of a repair', () => {
  const planned = findingOf();

  test('every outcome has words and a name of its own, each a sentence', () => {
    const words = OUTCOMES.map((outcome) => describeEnding({ ...planned, outcome }));
    for (const each of words) expect(each).toMatch(/^[A-Z].*\.$/);
    expect(new Set(words).size).toBe(OUTCOMES.length);
    expect(new Set(OUTCOMES.map((outcome) => nameEnding({ outcome, stopped: null }))).size).toBe(OUTCOMES.length);
  });

  test('every reason to stop has words and a name of its own', () => {
    for (const stopped of STOP_REASONS) {
      expect(explainStop(stopped)).toMatch(/^[A-Z].*\.$/);
      expect(nameStop(stopped)).toMatch(/^[a-z ]{5,14}$/);
      expect(describeEnding({ ...planned, outcome: 'skipped_stopped', stopped })).toContain(nameStop(stopped));
    }
    expect(new Set(STOP_REASONS.map(explainStop)).size).toBe(STOP_REASONS.length);
  });

  test('every reason for a quarantine has words and a name of its own', () => {
    for (const quarantine of QUARANTINES) {
      expect(describeEnding({ ...planned, outcome: 'quarantined', quarantine })).toMatch(/^[A-Z].*\.$/);
      expect(QUARANTINE_WORDS[quarantine].name).toMatch(/^[a-z ]{5,14}$/);
    }
    const names = QUARANTINES.map((quarantine) => nameEnding({ outcome: 'quarantined', stopped: null, quarantine }));
    expect(new Set(names).size).toBe(QUARANTINES.length);
  });

  test('the words of Auth0 are quoted where a connection rests, and once where its repair failed', () => {
    const ended = { ...planned, refusal: 'Invalid certificate.', detail: 'PATCH: 400 Invalid certificate.' };
    const resting = describeEnding({ ...ended, outcome: 'quarantined', quarantine: 'refused' });
    expect(resting).toContain("Auth0's message: Invalid certificate.");
    expect(describeEnding({ ...ended, outcome: 'failed' })).not.toContain("Auth0's message");
  });

  test('why it was refused when it was read again is said', () => {
    const ended = describeEnding({ ...planned, outcome: 'skipped_unsafe', unsafe: 'masked_secret' });
    expect(ended).toContain(explainManual('masked_secret'));
  });

  test('what Auth0 said is harmless', () => {
    expect(describeEnding({ ...planned, outcome: 'failed', detail: '<!here> https://evil.example' })).toMatch(
      /nothing was changed\. \\u003C!here\\u003E https\[:\]\/\/evil\[\.\]example$/,
    );
  });

  test('a change is told by its raw values, absence included', () => {
    expect(describeChange(changeOf())).toBe('not set -> on_first_login');
    expect(describeChange(changeOf({ before: 'never_on_login', after: null }))).toBe('never_on_login -> not set');
  });
});

test.each(OTHER_WRITERS)('other writers: %s never says that there were none', (otherWriters) => {
  expect(describeOtherWriters(otherWriters)).not.toMatch(/\bnone\b(?! found)|\bno other/i);
});

test('a plan over the cap is only told by a run that reports', () => {
  const notice = { code: 'CAP_EXCEEDED', planned: 41, allowed: 25 } as const;
  expect(describeNotice(notice, 'report')).toMatch(
    /^41 repairs planned, 25 allowed: in remediate mode nothing would be repaired\./,
  );
  expect(describeNotice(notice, 'remediate')).toContain('nothing was repaired.');
});

test.each(STRATEGY_NAMES)('%s has its place in the Dashboard', (strategy) => {
  const { group } = strategyOf(strategy);
  expect(GROUPS).toContain(group);
  expect(dashboardPath(strategy)?.toLowerCase()).toContain(`authentication > ${group}`);
});

test('a strategy that is not known has no place in the Dashboard, and no report names one', () => {
  expect(dashboardPath('tomorrow')).toBeUndefined();
  const connection = { id: 'con_1', name: 'acme', displayName: null, strategy: 'tomorrow' };
  const finding = findingOf({ connection, repair: { action: 'manual', reason: 'unknown_strategy' } });
  expect(describeRemedy(finding)).toBe(describeRepair(finding));
  const report = reportOf({ findings: [finding] });
  const texts = [...FORMATS.map((format) => writeFormat(format, report, { columns: 80 })), writeMail(report).body];
  for (const text of texts) expect(text).not.toMatch(/Authentication (>|\\u003E|&gt;) /);
});

test('several types of one group are named together, each once', () => {
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
  ])('begins, in the tenant %s, with %s', (host, tenant) => {
    expect(at(host)).toBe(`https://manage.auth0.com/dashboard/${tenant}/connections/database/${id}/settings`);
  });

  test.each([
    ['a custom domain', 'login.example.com'],
    ['a private cloud', 'acme.acme-prod.auth0app.com'],
    ['a region that no page of Auth0 names', 'acme.us-5.auth0.com'],
    ['the sandbox', '127.0.0.1:4010'],
    ['a port', 'acme.eu.auth0.com:8443'],
    ['a domain that only ends like one', 'acme.eu.auth0.com.example.com'],
    ['a domain that only looks like one', 'acme.euxauth0.com'],
    ['a tenant with a slash', 'acme/../x.eu.auth0.com'],
    ['no name', 'eu.auth0.com'],
    ['a line break', 'acme.eu.auth0.com\n'],
  ])('is not known of %s', (_, host) => {
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
  ])('of the strategy %s opens the %s', (strategy, opens, path) => {
    expect(dashboardLink('acme.eu.auth0.com', { id, strategy })).toEqual({
      address: `https://manage.auth0.com/dashboard/eu/acme/connections/${path}`,
      opens,
    });
  });

  test.each(['sms', 'email', 'tomorrow', '../x', ''])('is not known of the strategy "%s"', (strategy) => {
    expect(at('acme.eu.auth0.com', strategy)).toBeUndefined();
  });

  test.each([
    'con_1',
    'con_k3uMFpYAAdLQl3bO/../../x',
    'con_k3uMFpYAAdLQl3b?',
    'con_k3uMFpYAAdLQl3bO\n',
    'con_k3uMFpYAAdLQl3bÖ',
    `${id}a`,
    '',
  ])('does not hold the id %j', (of) => {
    for (const strategy of ['auth0', 'github']) expect(at('acme.eu.auth0.com', strategy, of)).toBeUndefined();
    expect(at('acme.eu.auth0.com', 'okta', of)).toBe(
      'https://manage.auth0.com/dashboard/eu/acme/connections/enterprise/okta',
    );
  });

  it('is one of a known form whatever host, id and strategy are', () => {
    const text = fc.oneof(hostileText, fc.constantFrom('acme.eu.auth0.com', id, ...STRATEGY_NAMES));
    fc.assert(
      fc.property(text, text, text, (host, of, strategy) => {
        const link = dashboardLink(host, { id: of, strategy });
        if (link !== undefined) expect(link.address).toMatch(DASHBOARD_ADDRESS);
      }),
    );
  });

  test('that several connections share is listed once', () => {
    const connections = ['samlp', 'auth0', 'samlp'].map((strategy) => ({ id, strategy }));
    expect(dashboardLinks('acme.eu.auth0.com', connections).map(({ opens }) => opens)).toEqual(['list', 'connection']);
  });
});

test('every failure has a name for the subject and a remedy', () => {
  for (const reason of Object.keys(REASONS) as FailureReason[]) {
    expect(nameFailure(reason)).toMatch(/^[a-z ]{5,20}$/);
    expect(remedyFor(reason)).toMatch(/^[A-Z].*\.$/);
  }
});

test('an unknown strategy in a notice is harmless', () => {
  expect(describeNotice({ code: 'UNKNOWN_STRATEGY', strategy: '<!here>', connections: 2 }, 'report')).toMatch(
    /^2 connections of the strategy \\u003C!here\\u003E, /,
  );
});
