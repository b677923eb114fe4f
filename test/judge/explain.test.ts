import fc from 'fast-check';
import { describeExplanation } from '../../cli/formats/explanation';
import { explain } from '../../lambda/judge/explain';
import type { Policy } from '../../lambda/policy/policy';
import { columnsOf } from '../../lambda/report/text/columns';
import { compiled, connectionWith, first } from '../connection/sample-connection';
import { anyConnection, anyPolicy } from '../policy/arbitrary';

const policy: Policy = {
  rules: [
    {
      id: 'gold',
      match: { metadata: { tier: 'gold' }, strategy: 'oidc' },
      expect: 'on_first_login',
      reason: 'Contract.',
    },
    { id: 'saml', match: { strategy: 'samlp' }, expect: 'on_each_login', reason: 'The directory is right.' },
    { id: 'late', match: { name: 'acme' }, expect: 'on_first_login', reason: 'Never reached by SAML.' },
  ],
  default: { expect: 'on_first_login' },
  exemptions: [
    { id: 'con_1', reason: 'Migration.', owner: 'ann', ticket: 'ID-1', expires: '2026-12-01' },
    { name: 'acm*', reason: 'Earlier.', owner: 'bob', ticket: 'ID-0', expires: '2026-11-20' },
  ],
};

test('an explanation names the rule that decides, and the conditions on which earlier rules did not match', () => {
  const found = explain(connectionWith({ strategy: 'samlp' }), compiled(policy));
  expect(found.expectation.rule).toBe('saml');
  expect(found.passed).toEqual([{ rule: 'gold', failed: ['strategy', 'metadata.tier'] }]);
});

test('an explanation names only the conditions of an earlier rule that did not match', () => {
  const found = explain(connectionWith({ strategy: 'samlp', metadata: { tier: 'gold' } }), compiled(policy));
  expect(found.passed).toEqual([{ rule: 'gold', failed: ['strategy'] }]);
});

test('an explanation lists no earlier rules if the first rule decides', () => {
  const found = explain(connectionWith({ strategy: 'oidc', metadata: { tier: 'gold' } }), compiled(policy));
  expect([found.expectation.rule, found.passed]).toEqual(['gold', []]);
});

test('an explanation has a finding if the options are hidden', () => {
  const hidden = { ...connectionWith({ strategy: 'samlp' }), options: { visibility: 'hidden' } } as const;
  expect(explain(hidden, compiled(policy)).finding).toMatchObject({ code: 'OPTIONS_HIDDEN' });
});

test('an explanation lists every rule if the default decides', () => {
  const found = explain(connectionWith({ name: 'zeta', strategy: 'okta' }), compiled(policy));
  expect(found.expectation.rule).toBe('default');
  expect(found.passed.map(({ rule }) => rule)).toEqual(['gold', 'saml', 'late']);
});

test('an explanation has no finding if the connection is compliant', () => {
  expect(explain(connectionWith({ strategy: 'samlp' }), compiled(policy)).finding).toBeNull();
});

test('the text of an explanation shows the exemption of an exempt connection', () => {
  const connection = connectionWith({ strategy: 'samlp' }, { rootAttributes: first });
  expect(describeExplanation(explain(connection, compiled(policy)))).toMatchInlineSnapshot(`
"Connection  acme (con_1, strategy samlp)
Decided by  Rule saml, the first that matches.
            Rule gold does not match: strategy, metadata.tier.
Expected    on_each_login. Why: The directory is right.
Actual      on_first_login.
Verdict     Noncompliant (WRONG_VALUE), severity medium: value is
            on_first_login, policy expects on_each_login.
Effect      Name, nickname, given name, family name and picture stay as the
            identity provider sent them at the first login. A user who is
            renamed in the directory keeps the old name in your applications.
Repair      Delete the key options.set_user_root_attributes and keep all other
            options. For this type, a missing key means on_each_login. If the
            key is set, the Dashboard shows the switch as off. Afterwards, the
            next login of each user overwrites edits made in Auth0. These edits
            cannot be restored. First check that no one relies on them.
            Outcome of a run: skipped_exempt. The connection is exempt, so it is
            not repaired.
Exemption   Exempt by id until the end of 2026-12-01 (8 days left). Reason:
            Migration. Owner: ann. Ticket: ID-1.
            Also by name acm*, until 2026-11-20; the exemption above lasts
            longer and applies. Reason: Earlier. Owner: bob. Ticket: ID-0."
`);
});

test('the text of an explanation shows why a repair is manual', () => {
  const connection = connectionWith(
    { id: 'con_2', name: 'shop', strategy: 'auth0' },
    { customDatabase: true, encryptedConfiguration: true },
  );
  expect(describeExplanation(explain(connection, compiled(policy)))).toMatchInlineSnapshot(`
"Connection  shop (con_2, strategy auth0)
Decided by  The default, because no rule matches.
            Rule gold does not match: strategy, metadata.tier.
            Rule saml does not match: strategy.
            Rule late does not match: name.
Expected    on_first_login.
Actual      Not set. Auth0 then uses on_each_login.
Verdict     Noncompliant (WRONG_VALUE), severity medium: value is on_each_login
            (not set: Auth0's default), policy expects on_first_login.
Effect      At each login the identity provider overwrites name, nickname, given
            name, family name and picture. Changes that users or your
            applications made to these fields are lost at the next login.
Repair      Manual. Auth0 returns the custom database's configuration as
            ciphertext. A write through the API would encrypt it a second time.
            Use the switch in the Dashboard, which does not change the
            configuration. Afterwards, changes in the directory, such as a new
            name, no longer reach existing profiles. First check that no
            application relies on these changes.
            Outcome of a run: skipped_unsafe. Needs a manual fix; nothing was
            written.
Exemption   None."
`);
});

test('the text of an explanation shows why the setting does not apply', () => {
  const connection = connectionWith({ id: 'con_3', name: 'sms\u202E<b>', strategy: 'sms' });
  expect(describeExplanation(explain(connection, compiled(policy)))).toMatchInlineSnapshot(`
"Connection  sms\\u202E\\u003Cb\\u003E (con_3, strategy sms)
Decided by  The default, because no rule matches.
            Rule gold does not match: strategy, metadata.tier.
            Rule saml does not match: strategy.
            Rule late does not match: name.
Expected    on_first_login.
Actual      Not set. Auth0 then uses on_each_login.
Verdict     Not applicable: passwordless connections do not have the setting.
Repair      None needed.
Exemption   None."
`);
});

test('the text of an explanation is harmless and 80 columns wide for any names', () => {
  fc.assert(
    fc.property(anyPolicy, anyConnection, (any, connection) => {
      const text = describeExplanation(explain(connection, compiled(any)));
      expect(text).not.toMatch(/[^\P{C}\n]/u);
      for (const line of text.split('\n')) expect(columnsOf(line)).toBeLessThanOrEqual(80);
    }),
  );
});
