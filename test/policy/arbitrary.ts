import fc from 'fast-check';
import type { Connection } from '../../lambda/connection/connection';
import { FILL_KEYS } from '../../lambda/connection/fills';
import { ROOT_ATTRIBUTES, type Setting } from '../../lambda/connection/setting';
import { ECHOED_FIELDS, GROUPS, STRATEGY_NAMES } from '../../lambda/connection/strategies';
import { keysOf } from '../../lambda/connection/tables';
import type { Conditions } from '../../lambda/policy/conditions';
import type { Exemption, Expectation, Match, Policy, Rule } from '../../lambda/policy/policy';
import { anyCharacter } from '../any-character';

// Few letters and few ids, so that patterns and connections meet often.
const word = fc.string({ unit: fc.constantFrom('a', 'b', '-', '😀'), minLength: 1, maxLength: 5 });
export const anyName = fc.oneof(word, fc.string({ minLength: 1, maxLength: 30, unit: anyCharacter }));
export const anyPattern = fc.string({
  unit: fc.constantFrom('a', 'b', '-', '😀', '*', '?'),
  minLength: 1,
  maxLength: 6,
});
const id = fc.constantFrom('con_1', 'con_2', 'con_3', 'con_4');
/** Strategies that a policy can name and that the auditor does not know. */
const UNKNOWN = ['tomorrow', 'the-day-after'] as const;
const strategy = fc.constantFrom(...STRATEGY_NAMES, ...UNKNOWN);

const anySetting: fc.Arbitrary<Setting> = fc.oneof(
  fc.constant<Setting>({ kind: 'absent' }),
  fc.constantFrom(...ROOT_ATTRIBUTES).map((value): Setting => ({ kind: 'documented', value })),
  anyName.map((text): Setting => ({ kind: 'undocumented', text })),
);

export const anyConnection: fc.Arbitrary<Connection> = fc.record({
  id,
  name: anyName,
  displayName: fc.option(anyName, { nil: undefined }),
  strategy: fc.oneof({ weight: 4, arbitrary: strategy }, { weight: 1, arbitrary: anyName }),
  isDomainConnection: fc.boolean(),
  metadata: fc.dictionary(fc.constantFrom('tier', 'team', 'constructor'), word),
  shown: fc.subarray([...ECHOED_FIELDS]),
  options: fc.oneof(
    { weight: 1, arbitrary: fc.constantFrom({ visibility: 'hidden' as const }, { visibility: 'empty' as const }) },
    {
      weight: 5,
      arbitrary: fc.record({
        visibility: fc.constant('visible' as const),
        rootAttributes: anySetting,
        customDatabase: fc.boolean(),
        importMode: fc.boolean(),
        encryptedConfiguration: fc.boolean(),
        bothPasswordSchemes: fc.boolean(),
        attributesConflict: fc.boolean(),
        maskedSecret: fc.boolean(),
        isAlone: fc.boolean(),
        lacks: fc.subarray([...keysOf(FILL_KEYS)]),
      }),
    },
  ),
});

const oneOrMore = <T>(value: fc.Arbitrary<T>) => fc.oneof(value, fc.array(value, { minLength: 1, maxLength: 3 }));

/** Any value for each condition. A condition that is missing here does not compile. */
const ANY_CONDITION: { readonly [Key in keyof Conditions]: fc.Arbitrary<Conditions[Key]> } = {
  id: oneOrMore(id),
  strategy: oneOrMore(fc.constantFrom('samlp', 'oidc', 'auth0', 'github', 'sms', ...UNKNOWN)),
  group: oneOrMore(fc.constantFrom(...GROUPS)),
  name: oneOrMore(anyPattern),
  displayName: oneOrMore(anyPattern),
  metadata: fc.dictionary(fc.constantFrom('tier', 'team', 'constructor'), oneOrMore(anyPattern), { minKeys: 1 }),
  isDomainConnection: fc.boolean(),
};
const anyMatch: fc.Arbitrary<Match> = fc
  .record(ANY_CONDITION, { requiredKeys: [] })
  .filter((match) => Object.keys(match).length > 0);

/** One or two wide conditions, so that rules overlap and connections match them. */
export const wideMatch: fc.Arbitrary<Match> = fc.oneof(
  fc.record({ strategy: fc.subarray(['samlp', 'oidc', 'github', 'tomorrow'], { minLength: 1 }), name: anyPattern }),
  fc.record({ strategy: fc.subarray(['samlp', 'oidc', 'github'], { minLength: 1 }) }),
  fc.record({ group: fc.constantFrom(...GROUPS), isDomainConnection: fc.boolean() }),
  fc.record({ name: fc.array(anyPattern, { minLength: 1, maxLength: 2 }) }),
  fc.record({ id: fc.subarray(['con_1', 'con_2'], { minLength: 1 }) }),
  fc.record({ displayName: anyPattern, metadata: fc.record({ tier: anyPattern }) }),
  // Each condition of the table alone, so that no condition is omitted.
  ...Object.entries<fc.Arbitrary<unknown>>(ANY_CONDITION).map(([key, value]) => fc.record({ [key]: value })),
);
export const plainConnection: fc.Arbitrary<Connection> = fc
  .tuple(
    anyConnection,
    fc.constantFrom('con_1', 'con_2'),
    fc.constantFrom('samlp', 'oidc', 'github', 'tomorrow'),
    word,
    word,
    word,
  )
  .map(([connection, id, strategy, name, displayName, tier]) => ({
    ...connection,
    id,
    strategy,
    name,
    displayName,
    metadata: { tier },
  }));

const anyExpectation: fc.Arbitrary<Expectation> = fc.record(
  {
    expect: oneOrMore(fc.constantFrom(...ROOT_ATTRIBUTES)),
    repairTo: fc.constantFrom(...ROOT_ATTRIBUTES),
    reason: word,
    remediate: fc.constant(false as const),
    allowNeverOnLogin: fc.constant(true as const),
    mustBeExplicit: fc.constant(true as const),
  },
  { requiredKeys: ['expect'] },
);

const anyExemption: fc.Arbitrary<Exemption> = fc
  .tuple(
    fc.oneof(
      id.map((value) => ({ id: value })),
      anyPattern.map((name) => ({ name })),
    ),
    fc.integer({ min: 1, max: 28 }),
  )
  .map(([target, day]) => ({
    ...target,
    reason: 'r',
    owner: 'o',
    ticket: 't',
    expires: `2026-11-${String(day).padStart(2, '0')}`,
  }));

/** A value with the shape of a policy; its content need not make sense. */
export const anyPolicy: fc.Arbitrary<Policy> = fc.record({
  rules: fc
    .array(fc.tuple(anyMatch, anyExpectation), { maxLength: 6 })
    .map((rules) => rules.map(([match, expectation], index): Rule => ({ id: `rule-${index}`, match, ...expectation }))),
  default: anyExpectation,
  exemptions: fc.array(anyExemption, { maxLength: 6 }),
});
