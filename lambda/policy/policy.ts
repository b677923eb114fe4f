import type { LoginKey } from '../connection/fills';
import type { RootAttributes } from '../connection/setting';
import type { StrategyGroup } from '../connection/strategies';
import type { Severity } from '../contract';

/** The expected value, and what to do about a deviation. */
export interface Expectation {
  /** The expected value, or a list of values that are allowed. */
  readonly expect: RootAttributes | readonly RootAttributes[];
  /**
   * The value that a repair writes.
   * @default the expected value; with several expected values, every repair is manual
   */
  readonly repairTo?: RootAttributes | undefined;
  /**
   * The severity of a deviation.
   * @default by direction: a value that stops users from being created is worse than a value that overwrites profiles
   */
  readonly severity?: Severity | undefined;
  /** Why this value is expected. The finding shows the reason. */
  readonly reason?: string | undefined;
  /**
   * `false`: a deviation is reported and never repaired, regardless of the environment's mode.
   * @default the environment's mode decides
   */
  readonly remediate?: false | undefined;
  /**
   * `true`: a repair is allowed to write `never_on_login`, which also stops new users from being created. Needs a
   * `reason`.
   * @default such a repair is manual
   */
  readonly allowNeverOnLogin?: true | undefined;
  /**
   * The options that Auth0 is allowed to fill in during a repair, although they can change how users log in. The repair
   * of a connection that lacks other such options is manual.
   * @default none
   */
  readonly allowFilledKeys?: readonly LoginKey[] | undefined;
  /**
   * `true`: the value must be set. An unset value does not count as Auth0's default.
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

/** The defaults of `graceDays` and `noticeDays`. */
export const DEFAULT_GRACE_DAYS = 7;
export const DEFAULT_NOTICE_DAYS = 14;

/** A single value is the same as a list with this value. */
export function listOf<T extends string>(oneOrMore: OneOrMore<T>): readonly T[] {
  return typeof oneOrMore === 'string' ? [oneOrMore] : oneOrMore;
}

/**
 * The conditions on a connection. A connection must meet all given conditions. The values in a list are alternatives.
 * `name`, `displayName` and the values of `metadata` are globs for the whole text: `*` is any text, `?` is one
 * character, and every other character is itself. Upper and lower case differ.
 */
export interface Match {
  /** The connection's id (`con_…`). */
  readonly id?: OneOrMore<string> | undefined;
  /** The name of a strategy; the auditor need not know the strategy. */
  readonly strategy?: OneOrMore<string> | undefined;
  /** The group of a strategy. A strategy that the auditor does not know is in no group. */
  readonly group?: OneOrMore<StrategyGroup> | undefined;
  readonly name?: OneOrMore<string> | undefined;
  /** The name that users see on the login button. A connection without a display name does not match. */
  readonly displayName?: OneOrMore<string> | undefined;
  /** Each key must be present, with a matching value. */
  readonly metadata?: Readonly<Record<string, OneOrMore<string>>> | undefined;
  /** Whether the connection is promoted to the domain level, for third-party applications. */
  readonly isDomainConnection?: boolean | undefined;
}

/** The permission for a connection to deviate: who is responsible, why, and until when. */
export interface Permission {
  readonly reason: string;
  /** The person or team to contact. */
  readonly owner: string;
  readonly ticket: string;
  /** The last day of the permission, `YYYY-MM-DD`, to the end of the day in the time zone of the schedule. */
  readonly expires: string;
}

/** A permission for the connection with this id, or for connections with a matching name; exactly one of the two. */
export interface Exemption extends Permission {
  readonly id?: string | undefined;
  /** A glob for the whole name, as in `match`. */
  readonly name?: string | undefined;
}

/** The expectations for all connections of one tenant. */
export interface Policy {
  /** The address of the JSON Schema for editors. The audit ignores it. */
  readonly $schema?: string | undefined;
  readonly rules?: readonly Rule[] | undefined;
  /** Applies to every connection that no rule matches. */
  readonly default: Expectation;
  readonly exemptions?: readonly Exemption[] | undefined;
  /**
   * The number of days after the expiry of an exemption in which its connections are reported, but not repaired.
   * @default 7
   */
  readonly graceDays?: number | undefined;
  /**
   * The number of days before the last day of an exemption in which its expiry is announced.
   * @default 14
   */
  readonly noticeDays?: number | undefined;
}
