import type { LoginKey } from '../connection/fills';
import type { RootAttributes } from '../connection/setting';
import type { StrategyGroup } from '../connection/strategies';
import type { Severity } from '../contract';

/** What should hold, and what to do about it when it does not. */
export interface Expectation {
  /** The value that should hold, or the several that may. */
  readonly expect: RootAttributes | readonly RootAttributes[];
  /**
   * The value a repair writes.
   * @default the expected value; with several, a repair is left to a person
   */
  readonly repairTo?: RootAttributes | undefined;
  /**
   * How bad a deviation is.
   * @default by direction: a value that stops users from being created is worse than one that overwrites profiles
   */
  readonly severity?: Severity | undefined;
  /** Why it should hold; printed in the finding. */
  readonly reason?: string | undefined;
  /**
   * `false`: a deviation is reported and never repaired, whatever the environment's mode.
   * @default the environment's mode decides
   */
  readonly remediate?: false | undefined;
  /**
   * `true`: a repair may write `never_on_login`, which also stops new users from being created. Needs a `reason`.
   * @default such a repair is left to a person
   */
  readonly allowNeverOnLogin?: true | undefined;
  /**
   * The options that Auth0 may fill in at a repair although they can change how users log in. A connection that lacks
   * others is left to a person.
   * @default none
   */
  readonly allowFilledKeys?: readonly LoginKey[] | undefined;
  /**
   * `true`: the value must be written there; an unset one may not stand for Auth0's default.
   * @default an unset value counts as on_each_login
   */
  readonly mustBeExplicit?: true | undefined;
}

/** An expectation for some connections; the first rule that matches decides. */
export interface Rule extends Expectation {
  /** Names the rule in findings; lower-case letters, digits and hyphens. */
  readonly id: string;
  readonly match: Match;
}

export type OneOrMore<T extends string> = T | readonly T[];

/** What a policy that does not say otherwise gives, in days. */
export const DEFAULT_GRACE_DAYS = 7;
export const DEFAULT_NOTICE_DAYS = 14;

/** One value stands for a list of one. */
export function listOf<T extends string>(oneOrMore: OneOrMore<T>): readonly T[] {
  return typeof oneOrMore === 'string' ? [oneOrMore] : oneOrMore;
}

/**
 * Which connections. All given conditions must hold; the values in a list are alternatives. `name`, `displayName` and
 * the values of `metadata` are globs for the whole text: `*` is any text, `?` one character, all else is itself, and
 * upper and lower case differ.
 */
export interface Match {
  /** The connection's id (`con_…`). */
  readonly id?: OneOrMore<string> | undefined;
  /** A strategy by its name, also one that we do not know. */
  readonly strategy?: OneOrMore<string> | undefined;
  /** Strategies by kind. A strategy that we do not know is in no group. */
  readonly group?: OneOrMore<StrategyGroup> | undefined;
  readonly name?: OneOrMore<string> | undefined;
  /** What users see on the login button. A connection without one does not match. */
  readonly displayName?: OneOrMore<string> | undefined;
  /** Each key must be there, with a matching value. */
  readonly metadata?: Readonly<Record<string, OneOrMore<string>>> | undefined;
  /** Whether the connection is promoted to the domain level, for third-party applications. */
  readonly isDomainConnection?: boolean | undefined;
}

/** Who lets a connection deviate, and until when. */
export interface Permission {
  readonly reason: string;
  /** The person or team to ask. */
  readonly owner: string;
  readonly ticket: string;
  /** The last day on which it holds, `YYYY-MM-DD`, to its end in the time zone of the schedule. */
  readonly expires: string;
}

/** A permission for the connection with this id, or for those whose name matches; exactly one of the two. */
export interface Exemption extends Permission {
  readonly id?: string | undefined;
  /** A glob for the whole name, as in `match`. */
  readonly name?: string | undefined;
}

/** What should hold for every connection of one tenant. */
export interface Policy {
  /** Where an editor finds the JSON Schema; without meaning for the audit. */
  readonly $schema?: string | undefined;
  readonly rules?: readonly Rule[] | undefined;
  /** Holds for every connection that no rule matches. */
  readonly default: Expectation;
  readonly exemptions?: readonly Exemption[] | undefined;
  /**
   * For how many days after its exemption expired a connection is reported, but not repaired.
   * @default 7
   */
  readonly graceDays?: number | undefined;
  /**
   * How many days before its last day an exemption is announced to expire.
   * @default 14
   */
  readonly noticeDays?: number | undefined;
}
