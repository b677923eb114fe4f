import * as z from 'zod';
import type { Connection } from '../connection/connection';
import { GROUPS, STRATEGY_NAMES, strategyOf } from '../connection/strategies';
import { anyGlob, covers } from './glob';
import { listOf, type Match, type OneOrMore } from './policy';
import { hasContent, oneOf, oneOrMore, text, textLike } from './schema-parts';

/** One condition on a connection. `on` is its path in the match, such as `strategy` or `metadata.tier`. */
export interface Condition {
  readonly on: string;
  readonly holds: (connection: Connection) => boolean;
}

/** The definition of one kind of condition, for the schema, the matcher, the linter and docs/policy.md. */
export interface ConditionKind<T> {
  /** Editors and docs/policy.md show the description of this schema. */
  readonly schema: z.ZodType<T | undefined>;
  readonly compile: (value: T) => readonly Condition[];
  readonly reach: ReachOfStrategies<T> | ReachOfValues<T>;
}

/** Only the strategy of a connection decides. */
interface ReachOfStrategies<T> {
  readonly by: 'strategy';
  readonly admits: (value: T) => (strategy: string) => boolean;
}

/**
 * How the linter determines whether earlier rules cover a value. The value is cut into parts, and one earlier rule has
 * to cover each part. Sound, not complete: "covered" is proven, "not covered" can mean "not detected".
 */
interface ReachOfValues<T> {
  readonly by: 'value';
  readonly parts: (value: T) => readonly T[];
  /**
   * The parts of a match that does not state the condition. Empty if such a match also matches what no value covers.
   */
  readonly unstated: readonly T[];
  readonly covers: (wide: T) => (part: T) => boolean;
}

/** The value of each condition that is stated. */
export type Conditions = { readonly [Key in keyof Match]-?: NonNullable<Match[Key]> };

/** A match, by its conditions, for code that handles any condition. */
export type StatedConditions = { readonly [Key in keyof Conditions]?: Conditions[Key] | undefined };

const STRATEGY_NAME = 'the name of a strategy, such as samlp: letters, digits, hyphens';
const strategyName = textLike(/^[A-Za-z0-9][\w-]{0,99}$/, STRATEGY_NAME).meta({ examples: [...STRATEGY_NAMES] });

const globs = oneOrMore(text(300), 'a text with * and ? as wildcards, or a list of them');

/** All conditions that a match can state. A key of `Match` without a row here does not compile. */
export const CONDITIONS = {
  id: {
    schema: oneOrMore(text(200), 'a connection id, or a list of them').optional().describe("The connection's id."),
    compile: (value) => {
      const ids = new Set(listOf(value));
      return [{ on: 'id', holds: ({ id }) => ids.has(id) }];
    },
    reach: { by: 'value', parts: listOf, unstated: [], covers: includesAll },
  },
  strategy: {
    schema: oneOrMore(strategyName, `${STRATEGY_NAME}, or a list of them`)
      .optional()
      .describe(
        'The name of a strategy. Auth0 adds strategies every month, so the linter warns of an unknown name and does not refuse it.',
      ),
    ...byStrategy('strategy', (value: OneOrMore<string>) => {
      const strategies = new Set(listOf(value));
      return (strategy) => strategies.has(strategy);
    }),
  },
  group: {
    schema: oneOrMore(oneOf(GROUPS), `${GROUPS.join(', ')}, or a list of them`)
      .optional()
      .describe(
        `The group of a strategy: ${GROUPS.join(', ')}. A strategy that the auditor does not know is in no group.`,
      ),
    ...byStrategy('group', (value: Conditions['group']) => {
      const groups = new Set(listOf(value));
      return (strategy) => {
        const { group } = strategyOf(strategy);
        return group !== null && groups.has(group);
      };
    }),
  },
  name: {
    schema: globs.optional().describe('The whole name of the connection, with * and ? as wildcards.'),
    compile: (value) => {
      const matches = anyGlob(listOf(value));
      return [{ on: 'name', holds: ({ name }) => matches(name) }];
    },
    // Every connection has a name, so `*` covers a match that does not state a name.
    reach: { by: 'value', parts: listOf, unstated: ['*'], covers: coversAlternatives },
  },
  displayName: {
    schema: globs
      .optional()
      .describe(
        'The whole display name (on the login button), with * and ? as wildcards. A connection without a display name does not match.',
      ),
    compile: (value) => {
      const matches = anyGlob(listOf(value));
      const holds = ({ displayName }: Connection) => displayName !== undefined && matches(displayName);
      return [{ on: 'displayName', holds }];
    },
    reach: { by: 'value', parts: (value) => [value], unstated: [], covers: coversAlternatives },
  },
  metadata: {
    schema: z
      .record(text(255), globs, { error: 'an object of keys and texts' })
      .refine(hasContent, { error: 'at least one key with a value' })
      .meta({ minProperties: 1 })
      .optional()
      .describe('Metadata keys, each with a value or a list of values. * and ? are wildcards.'),
    compile: (value) =>
      Object.entries(value).map(([key, patterns]) => {
        const matches = anyGlob(listOf(patterns));
        const holds = ({ metadata }: Connection) => Object.hasOwn(metadata, key) && matches(metadata[key] ?? '');
        return { on: `metadata.${key}`, holds };
      }),
    reach: { by: 'value', parts: (value) => [value], unstated: [], covers: coversKeys },
  },
  isDomainConnection: {
    schema: z
      .boolean({ error: 'true or false' })
      .optional()
      .describe('Whether the connection is promoted to the domain level.'),
    compile: (value) => [{ on: 'isDomainConnection', holds: ({ isDomainConnection }) => isDomainConnection === value }],
    reach: {
      by: 'value',
      parts: (value) => [value],
      unstated: [true, false],
      covers: (wide) => (part) => wide === part,
    },
  },
} satisfies { readonly [Key in keyof Conditions]: ConditionKind<Conditions[Key]> };

/** A condition on the strategy alone: it matches exactly the connections whose strategy it admits. */
function byStrategy<T>(on: string, admits: ReachOfStrategies<T>['admits']) {
  return {
    compile: (value: T): readonly Condition[] => {
      const isAdmitted = admits(value);
      return [{ on, holds: ({ strategy }) => isAdmitted(strategy) }];
    },
    reach: { by: 'strategy', admits },
  } as const;
}

function includesAll(wide: OneOrMore<string>): (narrow: OneOrMore<string>) => boolean {
  const values = new Set(listOf(wide));
  return (narrow) => listOf(narrow).every((value) => values.has(value));
}

/** A pattern of `wide` covers each pattern of `narrow`. */
function coversAlternatives(wide: OneOrMore<string>): (narrow: OneOrMore<string>) => boolean {
  return (narrow) => listOf(narrow).every((pattern) => listOf(wide).some((wider) => covers(wider, pattern)));
}

function coversKeys(wide: Conditions['metadata']): (narrow: Conditions['metadata']) => boolean {
  return (narrow) =>
    Object.entries(wide).every(([key, patterns]) => {
      const stated = Object.hasOwn(narrow, key) ? narrow[key] : undefined;
      return stated !== undefined && coversAlternatives(patterns)(stated);
    });
}
