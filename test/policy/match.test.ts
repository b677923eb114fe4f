import fc from 'fast-check';
import type { Connection } from '../../lambda/connection/connection';
import { CONDITIONS, type ConditionKind, type Conditions } from '../../lambda/policy/conditions';
import { resolveExpectation } from '../../lambda/policy/expectation';
import { compileGlob, covers } from '../../lambda/policy/glob';
import { compileMatch, MatchError } from '../../lambda/policy/match';
import { parsePolicy } from '../../lambda/policy/parse';
import type { Match, Policy, Rule } from '../../lambda/policy/policy';
import { findShadows, reachOf } from '../../lambda/policy/reach';
import { compiled, connectionWith } from '../connection/sample-connection';
import { anyConnection, anyName, anyPattern, anyPolicy, plainConnection, wideMatch } from './arbitrary';

const matches = (match: Match, connection: Connection) =>
  compileMatch(match, 'r').every(({ holds }) => holds(connection));

describe('a glob for the whole text', () => {
  test.each([
    ['acme', 'acme', true],
    ['acme', 'acme-eu', false],
    ['acme', 'eu-acme', false],
    ['acme-*', 'acme-eu', true],
    ['acme-*', 'acme-', true],
    ['acme-*', 'acme', false],
    ['acme-*', 'not-acme-eu', false],
    ['*-eu', 'acme-eu', true],
    ['*-eu', 'acme-eu-2', false],
    ['*', '', true],
    ['*', 'anything\nat all', true],
    ['a*c*e', 'abcde', true],
    ['a*c*e', 'abcdef', false],
    ['a*bc', 'abcbc', true],
    ['acme-?', 'acme-1', true],
    ['acme-?', 'acme-12', false],
    ['acme-?', 'acme-', false],
    ['?', '😀', true],
    ['??', '😀', false],
    ['Acme', 'acme', false],
    ['acme.eu', 'acmexeu', false],
    ['a+', 'aa', false],
    ['[ab]', 'a', false],
    ['[ab]', '[ab]', true],
    ['a|b', 'a', false],
    ['(x)$', '(x)$', true],
    ['a\\*', 'a*', false],
    ['a\\*', 'a\\b', true],
    ['é', 'e\u0301', false],
  ])('the glob %j matches the text %j: %s', (pattern, text, expected) => {
    expect(compileGlob(pattern).matches(text)).toBe(expected);
  });

  test('a glob matches the same texts as the equivalent regular expression', () => {
    const toRegExp = (pattern: string) =>
      new RegExp(
        `^${Array.from(pattern, (c) => (c === '*' ? '.*' : c === '?' ? '.' : c.replace(/[^\p{L}\p{N}]/u, (x) => `\\u{${x.codePointAt(0)?.toString(16)}}`))).join('')}$`,
        'su',
      );
    fc.assert(
      fc.property(anyPattern, anyName, (pattern, text) => {
        expect(compileGlob(pattern).matches(text)).toBe(toRegExp(pattern).test(text));
      }),
      { numRuns: 500 },
    );
  });

  // A matcher that tries every combination of the wildcards would never end.
  test('a glob with many wildcards reads a name of 20,000 characters to its end', () => {
    expect(compileGlob(`${'*a'.repeat(15)}*b`).matches('a'.repeat(20_000))).toBe(false);
  });

  test('a pattern that covers another pattern matches every text that the other pattern matches', () => {
    fc.assert(
      fc.property(anyPattern, anyPattern, anyName, (wide, narrow, text) => {
        if (covers(wide, narrow) && compileGlob(narrow).matches(text))
          expect(compileGlob(wide).matches(text)).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });

  test.each([
    ['*', 'acme', true],
    ['acme-*', 'acme-eu-*', true],
    ['acme-eu-*', 'acme-*', false],
    ['*?', '?*', true],
    ['?', '*', false],
    ['a*', '*a', false],
    ['a?c', 'abc', true],
    ['a?c', 'a*c', false],
  ])('the glob %j covers the glob %j: %s', (wide, narrow, expected) => {
    expect(covers(wide, narrow)).toBe(expected);
  });
});

describe('a match', () => {
  const acme = connectionWith({
    id: 'con_acme',
    name: 'acme-eu',
    displayName: 'Acme Europe',
    strategy: 'samlp',
    isDomainConnection: true,
    metadata: { tier: 'gold', region: 'eu' },
  });
  test.each<[string, Match, boolean]>([
    ['a match by id applies', { id: 'con_acme' }, true],
    ['a match by one of several ids applies', { id: ['con_x', 'con_acme'] }, true],
    ['a match by id does not read the id as a glob', { id: 'con_*' }, false],
    ['a match by strategy applies', { strategy: 'samlp' }, true],
    ['a match by one of several strategies applies', { strategy: ['oidc', 'samlp'] }, true],
    ['a match by another strategy does not apply', { strategy: 'oidc' }, false],
    ['a match by group applies', { group: 'enterprise' }, true],
    ['a match by one of several groups applies', { group: ['social', 'enterprise'] }, true],
    ['a match by another group does not apply', { group: 'social' }, false],
    ['a match by name applies', { name: 'acme-*' }, true],
    ['a match by one of several names applies', { name: ['zeta', 'acme-??'] }, true],
    ['a match by another name does not apply', { name: 'acme' }, false],
    ['a match by a name in another case does not apply', { name: 'ACME-EU' }, false],
    ['a match by display name applies', { displayName: 'Acme *' }, true],
    ['a match by display name does not read the name', { displayName: 'acme-eu' }, false],
    ['a match by metadata applies', { metadata: { tier: 'gold' } }, true],
    ['a match by one of several metadata values applies', { metadata: { tier: ['silver', 'gold'] } }, true],
    ['a match by a metadata key with any value applies', { metadata: { tier: '*' } }, true],
    ['a match by a missing metadata key does not apply', { metadata: { team: '*' } }, false],
    ['a match by a metadata key that every object inherits does not apply', { metadata: { constructor: '*' } }, false],
    ['a match by metadata does not apply if one key differs', { metadata: { tier: 'gold', region: 'us' } }, false],
    ['a match by domain-level connections applies', { isDomainConnection: true }, true],
    ['a match by connections that are not domain-level does not apply', { isDomainConnection: false }, false],
    [
      'a match applies if all its conditions are met',
      { strategy: 'samlp', name: 'acme-*', metadata: { tier: 'gold' } },
      true,
    ],
    [
      'a match does not apply if one of its conditions is not met',
      { strategy: 'samlp', name: 'zeta-*', metadata: { tier: 'gold' } },
      false,
    ],
  ])('%s', (_claim, match, expected) => {
    expect(matches(match, acme)).toBe(expected);
  });

  test('a connection without a display name matches no display name pattern, not even *', () => {
    expect(matches({ displayName: '*' }, connectionWith())).toBe(false);
  });

  test('an unknown strategy is in no group', () => {
    expect(
      matches({ group: ['database', 'enterprise', 'social', 'passwordless'] }, connectionWith({ strategy: 'new' })),
    ).toBe(false);
  });
});

describe('a rule for an unknown strategy', () => {
  const rules: Rule[] = [
    { id: 'new', match: { strategy: ['tomorrow', 'samlp'] }, expect: 'on_first_login' },
    { id: 'contradiction', match: { strategy: 'tomorrow', group: 'social' }, expect: 'on_first_login' },
    { id: 'named', match: { name: 'acme' }, expect: 'on_first_login' },
  ];
  const policy = { rules, default: { expect: 'on_each_login' } } satisfies Policy;

  test('a rule for an unknown strategy is read from JSON', () => {
    expect(parsePolicy(JSON.parse(JSON.stringify(policy)))).toEqual({ ok: true, policy });
  });

  test.each([
    ['a rule for an unknown strategy matches connections of that strategy', { strategy: 'tomorrow' }, 'new'],
    ['a rule for an unknown strategy matches the other strategies that it names', { strategy: 'samlp' }, 'new'],
    [
      'a rule for an unknown strategy does not match another unknown strategy',
      { strategy: 'the-day-after', name: 'acme' },
      'named',
    ],
    [
      'a rule for an unknown strategy does not match another known strategy',
      { strategy: 'github', name: 'other' },
      'default',
    ],
  ])('%s', (_, connection, expected) => {
    expect(resolveExpectation(compiled(policy), connectionWith(connection)).rule).toBe(expected);
  });
});

describe('an unknown condition', () => {
  const policy = {
    rules: [{ id: 'later', match: { tenant: 'a' }, expect: 'on_first_login' }],
    default: { expect: 'on_each_login' },
  };
  const fromJson = JSON.parse(JSON.stringify(policy));

  test('an unknown condition is refused by name when a policy is compiled, and never matches everything', () => {
    expect(() => compiled(fromJson)).toThrow(
      new MatchError(
        'rule later: unknown condition "tenant"; known conditions are id, strategy, group, name, displayName, metadata, isDomainConnection',
      ),
    );
  });

  test('an unknown condition is refused when a policy is read from JSON', () => {
    expect(parsePolicy(fromJson)).toEqual({
      ok: false,
      problems: [expect.stringContaining('rules[0].match.tenant: unknown key')],
    });
  });

  test('a table of conditions without one of its rows does not compile', () => {
    const { name: _, ...others } = CONDITIONS;
    // @ts-expect-error a table without one condition
    const table: { readonly [Key in keyof Conditions]: ConditionKind<Conditions[Key]> } = others;
    expect(Object.keys(table)).not.toContain('name');
  });
});

test.each([{}, { name: undefined }])('a match that states no condition (%j) is refused', (match) => {
  expect(() => compileMatch(match, 'open')).toThrow(
    'rule open: no condition, so the rule would match every connection',
  );
});

test.each([
  ['metadata without a key', { metadata: {} }],
  ['metadata that is a list', { metadata: [] }],
  ['metadata that is a text', { metadata: '' }],
  ['a name that is null', { name: null }],
  ['an invalid strategy name', { strategy: 'saml p' }],
  ['an empty list of ids', { id: [] }],
  ['the text "true" instead of true', { isDomainConnection: 'true' }],
])('a match with %s is refused, and never matches everything', (_claim, match) => {
  expect(() => compileMatch(JSON.parse(JSON.stringify(match)), 'odd')).toThrow(
    /^rule odd: bad value of the condition /,
  );
});

test('a key that every object inherits is not a condition', () => {
  expect(() => compileMatch(JSON.parse('{"name":"a","constructor":"x"}'), 'odd')).toThrow(
    'unknown condition "constructor"',
  );
});

test('two rules together shadow a rule with a list of names, and one rule alone does not', () => {
  const narrow: Match = { name: ['acme-eu', 'zeta-eu'] };
  const [acme, zeta] = [reachOf('acme', { name: 'acme-*' }), reachOf('zeta', { name: 'zeta-*' })];
  expect(findShadows(narrow, [acme, zeta])).toEqual(['acme', 'zeta']);
  expect(findShadows(narrow, [acme])).toEqual([]);
});

describe('precedence', () => {
  const rule = (id: string, match: Match): Rule => ({ id, match, expect: 'on_first_login' });
  const decide = (rules: readonly Rule[], connection: Connection) =>
    resolveExpectation(compiled({ rules, default: { expect: 'on_each_login' } }), connection).rule;
  const acme = connectionWith({ id: 'con_acme', name: 'acme', strategy: 'samlp' });

  test.each<[string, readonly Rule[], string]>([
    ['the default decides in a policy without rules', [], 'default'],
    ['the default decides if no rule matches', [rule('a', { name: 'zeta' })], 'default'],
    ['the first rule that matches decides', [rule('a', { strategy: 'samlp' }), rule('b', { name: 'acme' })], 'a'],
    ['a rule that does not match is skipped', [rule('a', { strategy: 'oidc' }), rule('b', { name: 'acme' })], 'b'],
    [
      'a rule by id has no precedence over an earlier rule',
      [rule('a', { strategy: 'samlp' }), rule('b', { id: 'con_acme' })],
      'a',
    ],
    [
      'a rule by id decides if it is the first rule',
      [rule('a', { id: 'con_acme' }), rule('b', { strategy: 'samlp' })],
      'a',
    ],
    [
      'a narrower rule has no precedence over an earlier rule',
      [rule('a', { name: '*' }), rule('b', { name: 'acme' })],
      'a',
    ],
  ])('%s', (_claim, rules, expected) => {
    expect(decide(rules, acme)).toBe(expected);
  });

  test('the index finds the same rule as a search from the top', () => {
    fc.assert(
      fc.property(anyPolicy, anyConnection, (policy, connection) => {
        const slow = (policy.rules ?? []).find(({ match }) => matches(match, connection))?.id ?? 'default';
        expect(resolveExpectation(compiled(policy), connection).rule).toBe(slow);
      }),
      { numRuns: 500 },
    );
  });

  test('a rule that is reported as unreachable decides no connection', () => {
    let proven = 0;
    fc.assert(
      fc.property(fc.array(wideMatch, { maxLength: 6 }), wideMatch, plainConnection, (earlier, match, connection) => {
        const shadows = findShadows(
          match,
          earlier.map((other, index) => reachOf(`${index}`, other)),
        );
        if (shadows.length === 0 || !matches(match, connection)) return;
        proven += 1;
        expect(earlier.some((other) => matches(other, connection))).toBe(true);
      }),
      { numRuns: 20_000, seed: 7 },
    );
    expect(proven).toBeGreaterThan(100);
  });
});
