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

describe('a glob is for the whole text', () => {
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
  ])('%j on %j: %s', (pattern, text, expected) => {
    expect(compileGlob(pattern).matches(text)).toBe(expected);
  });

  test('agrees with the regular expression that says the same', () => {
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

  test('a name made to be slow is not', () => {
    const started = performance.now();
    expect(compileGlob(`${'*a'.repeat(15)}*b`).matches('a'.repeat(20_000))).toBe(false);
    expect(performance.now() - started).toBeLessThan(2_000);
  });

  test('a pattern that covers another matches whatever that matches', () => {
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
  ])('%j covers %j: %s', (wide, narrow, expected) => {
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
    ['by id', { id: 'con_acme' }, true],
    ['by one of several ids', { id: ['con_x', 'con_acme'] }, true],
    ['ids are not globs', { id: 'con_*' }, false],
    ['by strategy', { strategy: 'samlp' }, true],
    ['by one of several strategies', { strategy: ['oidc', 'samlp'] }, true],
    ['by another strategy', { strategy: 'oidc' }, false],
    ['by group', { group: 'enterprise' }, true],
    ['by one of several groups', { group: ['social', 'enterprise'] }, true],
    ['by another group', { group: 'social' }, false],
    ['by name', { name: 'acme-*' }, true],
    ['by one of several names', { name: ['zeta', 'acme-??'] }, true],
    ['by another name', { name: 'acme' }, false],
    ['by name with another case', { name: 'ACME-EU' }, false],
    ['by display name', { displayName: 'Acme *' }, true],
    ['a name is not a display name', { displayName: 'acme-eu' }, false],
    ['by metadata', { metadata: { tier: 'gold' } }, true],
    ['by one of several metadata values', { metadata: { tier: ['silver', 'gold'] } }, true],
    ['by a metadata key with any value', { metadata: { tier: '*' } }, true],
    ['by a metadata key that is not there', { metadata: { team: '*' } }, false],
    ['by a metadata key that every object inherits', { metadata: { constructor: '*' } }, false],
    ['every metadata key must match', { metadata: { tier: 'gold', region: 'us' } }, false],
    ['by domain-level', { isDomainConnection: true }, true],
    ['by not domain-level', { isDomainConnection: false }, false],
    ['all given conditions must hold', { strategy: 'samlp', name: 'acme-*', metadata: { tier: 'gold' } }, true],
    ['one that does not hold is enough', { strategy: 'samlp', name: 'zeta-*', metadata: { tier: 'gold' } }, false],
  ])('%s', (_claim, match, expected) => {
    expect(matches(match, acme)).toBe(expected);
  });

  test('a connection without a display name matches none, not even *', () => {
    expect(matches({ displayName: '*' }, connectionWith())).toBe(false);
  });

  test('an unknown strategy is in no group', () => {
    expect(
      matches({ group: ['database', 'enterprise', 'social', 'passwordless'] }, connectionWith({ strategy: 'new' })),
    ).toBe(false);
  });
});

describe('a rule for a strategy that is not known', () => {
  const rules: Rule[] = [
    { id: 'new', match: { strategy: ['tomorrow', 'samlp'] }, expect: 'on_first_login' },
    { id: 'contradiction', match: { strategy: 'tomorrow', group: 'social' }, expect: 'on_first_login' },
    { id: 'named', match: { name: 'acme' }, expect: 'on_first_login' },
  ];
  const policy = { rules, default: { expect: 'on_each_login' } } satisfies Policy;

  test('is read from JSON and compiled', () => {
    expect(parsePolicy(JSON.parse(JSON.stringify(policy)))).toEqual({ ok: true, policy });
  });

  test.each([
    ['takes connections of that strategy', { strategy: 'tomorrow' }, 'new'],
    ['takes those of the others that it names', { strategy: 'samlp' }, 'new'],
    ['takes none of another one that is not known', { strategy: 'the-day-after', name: 'acme' }, 'named'],
    ['takes none of a strategy that is known', { strategy: 'github', name: 'other' }, 'default'],
  ])('%s', (_, connection, expected) => {
    expect(resolveExpectation(compiled(policy), connectionWith(connection)).rule).toBe(expected);
  });
});

describe('a condition that this version does not know', () => {
  const policy = {
    rules: [{ id: 'later', match: { tenant: 'a' }, expect: 'on_first_login' }],
    default: { expect: 'on_each_login' },
  };
  const fromJson = JSON.parse(JSON.stringify(policy));

  test('is refused by name when a policy is compiled, and never matches everything', () => {
    expect(() => compiled(fromJson)).toThrow(
      new MatchError(
        'rule later: unknown condition "tenant"; known conditions are id, strategy, group, name, displayName, metadata, isDomainConnection',
      ),
    );
  });

  test('is refused when a policy is read from JSON', () => {
    expect(parsePolicy(fromJson)).toEqual({
      ok: false,
      problems: [expect.stringContaining('rules[0].match.tenant: unknown key')],
    });
  });

  test('does not compile without a row in the table', () => {
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
  ['a text that is the name of no strategy', { strategy: 'saml p' }],
  ['an empty list of ids', { id: [] }],
  ['a text for true', { isDomainConnection: 'true' }],
])('a match with %s is refused, and never matches everything', (_claim, match) => {
  expect(() => compileMatch(JSON.parse(JSON.stringify(match)), 'odd')).toThrow(
    /^rule odd: bad value of the condition /,
  );
});

test('a key that every object inherits is no condition', () => {
  expect(() => compileMatch(JSON.parse('{"name":"a","constructor":"x"}'), 'odd')).toThrow(
    'unknown condition "constructor"',
  );
});

test('two rules together shadow a rule with a list of names, and one of them alone does not', () => {
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
    ['without rules the default decides', [], 'default'],
    ['where none matches the default decides', [rule('a', { name: 'zeta' })], 'default'],
    ['the first that matches decides', [rule('a', { strategy: 'samlp' }), rule('b', { name: 'acme' })], 'a'],
    ['one that does not match is passed over', [rule('a', { strategy: 'oidc' }), rule('b', { name: 'acme' })], 'b'],
    ['an id has no precedence of its own', [rule('a', { strategy: 'samlp' }), rule('b', { id: 'con_acme' })], 'a'],
    ['an id that stands first decides', [rule('a', { id: 'con_acme' }), rule('b', { strategy: 'samlp' })], 'a'],
    ['a narrower rule has no precedence', [rule('a', { name: '*' }), rule('b', { name: 'acme' })], 'a'],
  ])('%s', (_claim, rules, expected) => {
    expect(decide(rules, acme)).toBe(expected);
  });

  test('the index finds the rule that reading from the top would find', () => {
    fc.assert(
      fc.property(anyPolicy, anyConnection, (policy, connection) => {
        const slow = (policy.rules ?? []).find(({ match }) => matches(match, connection))?.id ?? 'default';
        expect(resolveExpectation(compiled(policy), connection).rule).toBe(slow);
      }),
      { numRuns: 500 },
    );
  });

  test('a rule that is called unreachable decides nothing', () => {
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
