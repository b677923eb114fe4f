import fc from 'fast-check';
import { GROUPS, STRATEGY_NAMES } from '../../lambda/connection/strategies';
import { lintPolicy } from '../../lambda/policy/lint';
import type { PolicyProblemCode } from '../../lambda/policy/problem';
import { describeProblems } from '../../lambda/report/words/problems';
import { NOW } from '../connection/sample-connection';
import { anyPolicy } from './arbitrary';

const codesOf = (policy: unknown) =>
  lintPolicy(policy, { file: 'prod.json', now: NOW, timeZone: 'UTC' }).map(
    ({ severity, code, path }) => `${severity} ${code} ${path}`,
  );

const R = { expect: 'on_first_login', reason: 'Users edit their profiles.' };
const P = { reason: 'Migration.', owner: 'ann', ticket: 'ID-1', expires: '2027-01-31' };
const EACH = { expect: 'on_each_login' };
const rules = (...matches: readonly object[]) => ({
  rules: matches.map((match, index) => ({ id: `r${index}`, match, ...R })),
  default: EACH,
});
const rule = (parts: object) => ({ rules: [{ id: 'r0', match: { strategy: 'oidc' }, ...R, ...parts }], default: EACH });
const exemptions = (...parts: readonly object[]) => ({
  default: EACH,
  exemptions: parts.map((part) => ({ ...P, ...part })),
});

/** [problem, a policy that has the problem, the expected line, a corrected policy] */
const CASES: readonly (readonly [string, unknown, string, unknown])[] = [
  ['an undocumented value', { default: { expect: 'always' } }, 'error BAD_VALUE default.expect', { default: EACH }],
  ['a policy without a default', { rules: [] }, 'error BAD_VALUE default', { rules: [], default: EACH }],
  [
    'an unknown strategy',
    rules({ strategy: 'smlp' }),
    'warning UNKNOWN_STRATEGY rules[0].match.strategy',
    rules({ strategy: 'samlp' }),
  ],
  [
    'an unknown strategy in a list',
    rules({ strategy: ['oidc', 'smlp'] }),
    'warning UNKNOWN_STRATEGY rules[0].match.strategy[1]',
    rules({ strategy: ['oidc', 'samlp'] }),
  ],
  [
    'an unknown strategy next to a group, although the rule matches nothing',
    rules({ strategy: 'tomorrow', group: 'social' }),
    'warning UNKNOWN_STRATEGY rules[0].match.strategy',
    rules({ strategy: 'github', group: 'social' }),
  ],
  [
    'a strategy name with an invalid character',
    rules({ strategy: 'saml p' }),
    'error BAD_VALUE rules[0].match.strategy',
    rules({ strategy: 'samlp' }),
  ],
  [
    'an unknown group',
    rules({ group: 'saml' }),
    'error BAD_VALUE rules[0].match.group',
    rules({ group: 'enterprise' }),
  ],
  ['an empty list', rules({ strategy: [] }), 'error BAD_VALUE rules[0].match.strategy', rules({ strategy: ['oidc'] })],
  ['a match without a condition', rules({}), 'error BAD_VALUE rules[0].match', rules({ name: '*' })],
  [
    'a metadata condition without a key',
    rules({ metadata: {} }),
    'error BAD_VALUE rules[0].match.metadata',
    rules({ metadata: { tier: 'gold' } }),
  ],
  [
    'the metadata key __proto__',
    rules(JSON.parse('{"metadata": {"__proto__": "gold"}}')),
    'error BAD_VALUE rules[0].match.metadata',
    rules(JSON.parse('{"metadata": {"proto": "gold"}}')),
  ],
  [
    'the metadata key __proto__ next to another key',
    rules(JSON.parse('{"metadata": {"__proto__": "gold", "tier": "gold"}}')),
    'error BAD_VALUE rules[0].match.metadata.__proto__',
    rules({ metadata: { tier: 'gold' } }),
  ],
  [
    'a rule id with invalid characters',
    rule({ id: 'My rule' }),
    'error BAD_VALUE rules[0].id',
    rule({ id: 'my-rule' }),
  ],
  [
    'a rule with the id of the default',
    rule({ id: 'default' }),
    'error BAD_VALUE rules[0].id',
    rule({ id: 'defaults' }),
  ],
  ['an unknown severity', rule({ severity: 'bad' }), 'error BAD_VALUE rules[0].severity', rule({ severity: 'high' })],
  ['remediate: true', rule({ remediate: true }), 'error BAD_VALUE rules[0].remediate', rule({ remediate: false })],
  ['an unknown key of a rule', rule({ expects: 'x' }), 'error UNKNOWN_KEY rules[0].expects', rule({})],
  ['an unknown condition', rules({ nam: 'x' }), 'error UNKNOWN_KEY rules[0].match.nam', rules({ name: 'x' })],
  [
    'a graceDays value that is not a whole number',
    { default: EACH, graceDays: 1.5 },
    'error BAD_VALUE graceDays',
    { default: EACH, graceDays: 0 },
  ],
  [
    'a negative noticeDays value',
    { default: EACH, noticeDays: -1 },
    'error BAD_VALUE noticeDays',
    { default: EACH, noticeDays: 30 },
  ],
  ['a text instead of a policy', 'policy', 'error BAD_VALUE policy', { default: EACH }],
  [
    'a rule id that another rule has',
    {
      rules: [
        { id: 'a', match: { name: 'x' }, ...R },
        { id: 'a', match: { name: 'y' }, ...R },
      ],
      default: EACH,
    },
    'error DUPLICATE_RULE_ID rules[1].id',
    rules({ name: 'x' }, { name: 'y' }),
  ],
  [
    'two rules for the same connections',
    rules({ strategy: ['oidc', 'okta'] }, { strategy: ['okta', 'oidc'] }),
    'error DUPLICATE_RULE rules[1].match',
    rules({ strategy: 'oidc' }, { strategy: ['okta', 'oidc'] }),
  ],
  [
    'a rule whose group an earlier rule matches',
    rules({ group: 'enterprise' }, { strategy: 'samlp', name: 'acme-*' }),
    'error UNREACHABLE_RULE rules[1].match',
    rules({ strategy: 'samlp', name: 'acme-*' }, { group: 'enterprise' }),
  ],
  [
    'a rule whose strategies several earlier rules match together',
    rules({ strategy: 'samlp' }, { strategy: 'oidc' }, { strategy: ['oidc', 'samlp'] }),
    'error UNREACHABLE_RULE rules[2].match',
    rules({ strategy: 'samlp' }, { strategy: 'oidc' }, { strategy: ['oidc', 'samlp', 'okta'] }),
  ],
  [
    'a rule that two complementary earlier rules match',
    rules({ isDomainConnection: true }, { isDomainConnection: false }, { name: 'x' }),
    'error UNREACHABLE_RULE rules[2].match',
    rules({ isDomainConnection: true }, { name: 'x' }),
  ],
  [
    'a rule whose names an earlier glob matches',
    rules({ name: 'acme-*' }, { name: ['acme-eu-*', 'acme-1'] }),
    'error UNREACHABLE_RULE rules[1].match',
    rules({ name: 'acme-*' }, { name: ['acme-eu-*', 'acme'] }),
  ],
  [
    'a rule whose ids earlier rules match',
    rules({ id: 'con_1' }, { id: 'con_2' }, { id: ['con_1', 'con_2'] }),
    'error UNREACHABLE_RULE rules[2].match',
    rules({ id: 'con_1' }, { id: 'con_2', name: 'x' }, { id: ['con_1', 'con_2'] }),
  ],
  [
    'a rule whose metadata an earlier rule matches',
    rules({ metadata: { tier: '*' } }, { metadata: { tier: 'gold', team: 'a' } }),
    'error UNREACHABLE_RULE rules[1].match',
    rules({ metadata: { tier: '*', team: 'b' } }, { metadata: { tier: 'gold', team: 'a' } }),
  ],
  [
    'a rule after a rule that matches everything',
    rules({ name: '*' }, { strategy: 'oidc' }),
    'error UNREACHABLE_RULE rules[1].match',
    rules({ displayName: '*' }, { strategy: 'oidc' }),
  ],
  [
    'a strategy outside the group',
    rules({ strategy: 'github', group: 'enterprise' }),
    'error IMPOSSIBLE_MATCH rules[0].match',
    rules({ strategy: ['github', 'oidc'], group: 'enterprise' }),
  ],
  [
    'a rule for passwordless connections only',
    rules({ group: 'passwordless', name: 'x' }),
    'error SETTING_CANNOT_APPLY rules[0].match',
    rules({ group: ['passwordless', 'social'], name: 'x' }),
  ],
  [
    'a repair to a value that is not expected',
    rule({ repairTo: 'on_each_login' }),
    'error REPAIR_OUTSIDE_EXPECT rules[0].repairTo',
    rule({ repairTo: 'on_first_login' }),
  ],
  [
    'a default that repairs to a value that it does not expect',
    { default: { expect: 'on_each_login', repairTo: 'on_first_login' } },
    'error REPAIR_OUTSIDE_EXPECT default.repairTo',
    { default: { expect: ['on_each_login', 'on_first_login'], repairTo: 'on_first_login' } },
  ],
  [
    'a repair to never_on_login',
    rule({ expect: 'never_on_login' }),
    'error NEVER_ON_LOGIN_NOT_ALLOWED rules[0].expect',
    rule({ expect: 'never_on_login', allowNeverOnLogin: true }),
  ],
  [
    'a repair to never_on_login where several values are expected',
    rule({ expect: ['never_on_login', 'on_first_login'], repairTo: 'never_on_login' }),
    'error NEVER_ON_LOGIN_NOT_ALLOWED rules[0].repairTo',
    rule({ expect: ['never_on_login', 'on_first_login'], repairTo: 'on_first_login' }),
  ],
  [
    'allowNeverOnLogin without a reason',
    rule({ expect: 'never_on_login', allowNeverOnLogin: true, reason: undefined }),
    'error NEVER_ON_LOGIN_WITHOUT_REASON rules[0].reason',
    rule({ expect: 'never_on_login', remediate: false }),
  ],
  [
    'a mustBeExplicit rule that misleads the Dashboard',
    rule({ match: { group: 'enterprise' }, expect: 'on_each_login', mustBeExplicit: true }),
    'error EXPLICIT_MISLEADS_DASHBOARD rules[0].mustBeExplicit',
    rule({ match: { strategy: ['oidc', 'okta'] }, expect: 'on_each_login', mustBeExplicit: true }),
  ],
  [
    'a mustBeExplicit default that misleads the Dashboard',
    { default: { ...EACH, mustBeExplicit: true } },
    'error EXPLICIT_MISLEADS_DASHBOARD default.mustBeExplicit',
    { ...rules({ group: 'enterprise' }), default: { ...EACH, mustBeExplicit: true } },
  ],
  [
    'an exemption without a reason',
    exemptions({ id: 'con_1', reason: undefined }),
    'error BAD_VALUE exemptions[0].reason',
    exemptions({ id: 'con_1' }),
  ],
  [
    'an exemption with a blank reason',
    exemptions({ id: 'con_1', reason: '  ' }),
    'error BAD_VALUE exemptions[0].reason',
    exemptions({ id: 'con_1' }),
  ],
  [
    'an exemption without an owner',
    exemptions({ id: 'con_1', owner: undefined }),
    'error BAD_VALUE exemptions[0].owner',
    exemptions({ id: 'con_1' }),
  ],
  [
    'an exemption without a ticket',
    exemptions({ id: 'con_1', ticket: '' }),
    'error BAD_VALUE exemptions[0].ticket',
    exemptions({ id: 'con_1' }),
  ],
  [
    'an exemption without a last day',
    exemptions({ id: 'con_1', expires: undefined }),
    'error BAD_VALUE exemptions[0].expires',
    exemptions({ id: 'con_1' }),
  ],
  [
    'an exemption until a day that does not exist',
    exemptions({ id: 'con_1', expires: '2027-02-29' }),
    'error BAD_VALUE exemptions[0].expires',
    exemptions({ id: 'con_1', expires: '2028-02-29' }),
  ],
  [
    'an exemption until a date with a time',
    exemptions({ id: 'con_1', expires: '2027-02-28T00:00:00Z' }),
    'error BAD_VALUE exemptions[0].expires',
    exemptions({ id: 'con_1', expires: '2027-02-28' }),
  ],
  ['an exemption without id and name', exemptions({}), 'error BAD_VALUE exemptions[0]', exemptions({ id: 'con_1' })],
  [
    'an exemption with both id and name',
    exemptions({ id: 'con_1', name: 'x' }),
    'error BAD_VALUE exemptions[0]',
    exemptions({ name: 'x' }),
  ],
  [
    'two exemptions for one id',
    exemptions({ id: 'a' }, { id: 'a', ticket: 'ID-2' }),
    'error DUPLICATE_EXEMPTION exemptions[1].id',
    exemptions({ id: 'a' }, { name: 'a' }),
  ],
  [
    'two exemptions for one name',
    exemptions({ name: 'a*' }, { name: 'a*' }),
    'error DUPLICATE_EXEMPTION exemptions[1].name',
    exemptions({ name: 'a*' }, { name: 'ab*' }),
  ],
  [
    'an expired exemption',
    exemptions({ id: 'a', expires: '2026-11-22' }),
    'warning EXPIRED_EXEMPTION exemptions[0].expires',
    exemptions({ id: 'a', expires: '2026-11-23' }),
  ],
  [
    'an exemption for every name',
    exemptions({ name: '*' }),
    'warning BROAD_EXEMPTION exemptions[0].name',
    exemptions({ name: 'a*' }),
  ],
  [
    'a placeholder of a baseline',
    exemptions({ id: 'a', owner: 'TO BE FILLED IN' }),
    'warning PLACEHOLDER_LEFT exemptions[0].owner',
    exemptions({ id: 'a', owner: 'ann' }),
  ],
  [
    'a placeholder as the reason of a rule',
    rule({ reason: 'TO BE FILLED IN: why on_each_login is expected here' }),
    'warning PLACEHOLDER_LEFT rules[0].reason',
    rule({ reason: 'To be filled in by the directory.' }),
  ],
  [
    'a placeholder in the middle of a text',
    exemptions({ id: 'a', reason: 'A migration, TODO until when' }),
    'warning PLACEHOLDER_LEFT exemptions[0].reason',
    exemptions({ id: 'a', reason: 'A migration of the todo list' }),
  ],
  [
    'a placeholder in small letters before a colon',
    rule({ reason: 'to be filled in: why this holds' }),
    'warning PLACEHOLDER_LEFT rules[0].reason',
    rule({ reason: 'The directory fills this in: see the wiki' }),
  ],
  [
    'a placeholder in angle brackets',
    rule({ reason: '<reason>' }),
    'warning PLACEHOLDER_LEFT rules[0].reason',
    rule({ reason: 'Only tenants with < 5 users and > 2 apps' }),
  ],
  [
    'a placeholder as the ticket',
    exemptions({ id: 'a', ticket: 'tbd' }),
    'warning PLACEHOLDER_LEFT exemptions[0].ticket',
    exemptions({ id: 'a', ticket: 'TODO-12' }),
  ],
  [
    'a placeholder in a condition',
    rule({ match: { metadata: { tier: ['gold', 'REPLACE_ME'] } } }),
    'warning PLACEHOLDER_LEFT rules[0].match.metadata.tier[1]',
    rule({ match: { metadata: { tier: ['gold', 'REPLACE_MENT'] } } }),
  ],
  ['a rule without a reason', rule({ reason: undefined }), 'warning NO_REASON rules[0].reason', rule({})],
  [
    'several expected values without repairTo',
    rule({ expect: ['on_first_login', 'on_each_login'] }),
    'warning NO_REPAIR_TARGET rules[0].repairTo',
    rule({ expect: ['on_first_login', 'on_each_login'], remediate: false }),
  ],
  [
    'allowNeverOnLogin without effect',
    rule({ allowNeverOnLogin: true }),
    'warning NO_EFFECT rules[0].allowNeverOnLogin',
    rule({}),
  ],
  [
    'mustBeExplicit where an unset value is not expected',
    rule({ mustBeExplicit: true }),
    'warning NO_EFFECT rules[0].mustBeExplicit',
    rule({}),
  ],
];

test.each(CASES)('the linter reports %s, and not the corrected policy', (_claim, wrong, said, right) => {
  expect(codesOf(wrong)).toEqual([said]);
  expect(codesOf(right)).not.toContain(said);
  expect(codesOf(right).filter((line) => line.startsWith('error'))).toEqual([]);
});

test.each([
  ['oidcc', 'oidc'],
  ['SAMLP', 'samlp'],
  ['google-oauth', 'google-oauth2'],
  ['notion_mcp', 'notion-mcp'],
  ['tomorrow', undefined],
  ['xy', undefined],
])('the suggestion of the linter for the unknown strategy %s is %s', (strategy, near) => {
  const [problem] = lintPolicy(rules({ strategy }), { file: 'prod.json', now: NOW, timeZone: 'UTC' });
  expect(problem).toMatchObject({ severity: 'warning', code: 'UNKNOWN_STRATEGY', found: `"${strategy}"` });
  const suggestion = near === undefined ? '' : `; did you mean ${near}?`;
  expect(problem?.message).toBe(`the auditor does not know this strategy${suggestion}`);
});

test.each([
  [
    'a rule for an unknown strategy is unreachable after a rule for any name',
    { name: '*' },
    { strategy: 'tomorrow' },
    ['error UNREACHABLE_RULE'],
  ],
  [
    'a rule for an unknown strategy is a duplicate after another rule for this strategy',
    { strategy: 'tomorrow' },
    { strategy: ['tomorrow'] },
    ['error DUPLICATE_RULE'],
  ],
  [
    'a rule for an unknown strategy is reachable after a rule for another unknown strategy',
    { strategy: 'the-day-after' },
    { strategy: 'tomorrow' },
    [],
  ],
  [
    'a rule for an unknown strategy is reachable after a rule for every group',
    { group: [...GROUPS] },
    { strategy: 'tomorrow' },
    [],
  ],
  [
    'a rule for an unknown strategy is reachable after a rule for every known strategy',
    { strategy: [...STRATEGY_NAMES] },
    { strategy: 'tomorrow' },
    [],
  ],
])('%s', (_, earlier, later, said) => {
  const errors = codesOf(rules(earlier, later)).filter((line) => line.startsWith('error'));
  expect(errors).toEqual(said.map((line) => `${line} rules[1].match`));
});

test('every problem code has a case in the table', () => {
  const all: Readonly<Record<PolicyProblemCode, true>> = {
    BAD_VALUE: true,
    UNKNOWN_KEY: true,
    DUPLICATE_RULE_ID: true,
    DUPLICATE_RULE: true,
    UNREACHABLE_RULE: true,
    IMPOSSIBLE_MATCH: true,
    SETTING_CANNOT_APPLY: true,
    REPAIR_OUTSIDE_EXPECT: true,
    NEVER_ON_LOGIN_NOT_ALLOWED: true,
    NEVER_ON_LOGIN_WITHOUT_REASON: true,
    EXPLICIT_MISLEADS_DASHBOARD: true,
    DUPLICATE_EXEMPTION: true,
    UNKNOWN_STRATEGY: true,
    EXPIRED_EXEMPTION: true,
    BROAD_EXEMPTION: true,
    PLACEHOLDER_LEFT: true,
    NO_REASON: true,
    NO_REPAIR_TARGET: true,
    NO_EFFECT: true,
  };
  const covered = new Set(CASES.map(([, , said]) => said.split(' ')[1]));
  expect(Object.keys(all).filter((code) => !covered.has(code))).toEqual([]);
});

describe('several problems', () => {
  const policy = {
    rules: [
      { id: 'Bad id', match: { strategy: 'smlp' }, expect: 'on_first_login', repairTo: 'on_each_login' },
      { id: 'b', match: { group: 'passwordless' }, expect: 'always' },
    ],
    default: { expect: 'never_on_login' },
    exemptions: [{ id: 'con_1' }],
  };

  test('a bad value does not hide the other problems of its rule', () => {
    expect(codesOf(policy)).toEqual(
      [
        'error NEVER_ON_LOGIN_NOT_ALLOWED default.expect',
        'error BAD_VALUE exemptions[0].expires',
        'error BAD_VALUE exemptions[0].owner',
        'error BAD_VALUE exemptions[0].reason',
        'error BAD_VALUE exemptions[0].ticket',
        'error BAD_VALUE rules[0].id',
        'error REPAIR_OUTSIDE_EXPECT rules[0].repairTo',
        'warning UNKNOWN_STRATEGY rules[0].match.strategy',
        'warning NO_REASON rules[0].reason',
        'error BAD_VALUE rules[1].expect',
        'error SETTING_CANNOT_APPLY rules[1].match',
      ].sort((a, b) => Number(a.startsWith('warning')) - Number(b.startsWith('warning'))),
    );
  });

  test('each problem names the file, the path, the found value and the allowed values', () => {
    const [problem] = lintPolicy({ default: { expect: 'always' } }, { file: 'environments/prod.ts', under: 'policy' });
    expect(problem).toEqual({
      severity: 'error',
      code: 'BAD_VALUE',
      file: 'environments/prod.ts',
      path: 'policy.default.expect',
      message: 'bad value',
      found: '"always"',
      allowed: 'on_each_login, on_first_login, never_on_login, or a list of them',
    });
  });

  test('the text for operators fits into 80 columns', () => {
    const text = describeProblems(lintPolicy(policy, { file: 'prod.json' }));
    expect(Math.max(...text.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(80);
    expect(text).toContain(
      'error prod.json: rules[1].expect\n  bad value (BAD_VALUE)\n  found    "always"\n  allowed  on_each_login, on_first_login, ',
    );
    expect(text).toMatch(/\n9 errors, 2 warnings\.$/);
    expect(describeProblems([])).toBe('No problems.');
  });

  test('the found value is shown with invisible characters escaped', () => {
    const [problem] = lintPolicy({ default: { expect: 'a\u202Eb\u001B[31m' } }, { file: 'p' });
    expect(problem?.found).toBe('"a\\u202Eb\\u001b[31m"');
  });

  test('an expiry date is compared in the time zone of the schedule, and only if the time is known', () => {
    const expired = exemptions({ id: 'a', expires: '2026-11-22' });
    const late = Date.UTC(2026, 10, 22, 23, 30);
    expect(lintPolicy(expired, { file: 'p', now: late, timeZone: 'UTC' })).toEqual([]);
    expect(lintPolicy(expired, { file: 'p', now: late, timeZone: 'Europe/Berlin' })).toHaveLength(1);
    expect(lintPolicy(expired, { file: 'p' })).toEqual([]);
  });
});

test('the linter returns a list of problems for any value', () => {
  fc.assert(fc.property(fc.anything(), (value) => Array.isArray(lintPolicy(value, { file: 'p', now: NOW }))));
  fc.assert(fc.property(anyPolicy, (value) => Array.isArray(lintPolicy(value, { file: 'p', now: NOW }))));
});

test('the linter reads 500 rules and 5,000 exemptions without a problem', () => {
  const large = {
    rules: Array.from({ length: 500 }, (_, index) => ({
      id: `r${index}`,
      match: { name: `n${index}-*`, strategy: ['oidc', 'samlp'] },
      ...R,
    })),
    default: EACH,
    exemptions: Array.from({ length: 5_000 }, (_, index) => ({ ...P, id: `con_${index}` })),
  };
  expect(codesOf(large)).toEqual([]);
});
