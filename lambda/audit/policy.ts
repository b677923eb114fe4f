import * as z from 'zod';
import { SEVERITIES, type Severity } from '../contract';
import { type Connection, ROOT_ATTRIBUTES, type RootAttributes } from './ports';
import { STRATEGY_NAMES } from './strategies';

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
}

/** An expectation for some connections; the first rule that matches decides. */
export interface Rule extends Expectation {
  readonly id: string;
  readonly match: { readonly strategy: string | readonly string[] };
}

/** What should hold for every connection of one tenant. */
export interface Policy {
  readonly rules?: readonly Rule[] | undefined;
  /** Holds for every connection that no rule matches. */
  readonly default: Expectation;
}

/** The expectation for one connection, with the rule it comes from (`default` where no rule matched). */
export interface ResolvedExpectation {
  readonly rule: string;
  readonly allowed: readonly RootAttributes[];
  readonly repairTo: RootAttributes | undefined;
  readonly severity: Severity | undefined;
  readonly reason: string | undefined;
}

export function resolveExpectation(policy: Policy, connection: Connection): ResolvedExpectation {
  const rule = policy.rules?.find(({ match }) => listOf(match.strategy).includes(connection.strategy));
  const { expect, repairTo, severity, reason } = rule ?? policy.default;
  const allowed = listOf(expect);
  return {
    rule: rule?.id ?? 'default',
    allowed,
    repairTo: repairTo ?? (allowed.length === 1 ? allowed[0] : undefined),
    severity,
    reason,
  };
}

const rootAttributes = z.enum(ROOT_ATTRIBUTES);
const expectation = {
  expect: z.union([rootAttributes, z.array(rootAttributes).min(1)], {
    error: `expected ${ROOT_ATTRIBUTES.join(', ')}, or a list of them`,
  }),
  repairTo: rootAttributes.optional(),
  severity: z.enum(SEVERITIES).optional(),
  reason: z.string().min(1).max(500).optional(),
};
const strategy = z.enum(STRATEGY_NAMES, { error: 'expected a strategy that Auth0 documents' });
const policySchema = z.strictObject({
  rules: z
    .array(
      z.strictObject({
        id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/, 'expected lower-case letters, digits and hyphens'),
        match: z.strictObject({ strategy: z.union([strategy, z.array(strategy).min(1)]) }),
        ...expectation,
      }),
    )
    .optional(),
  default: z.strictObject(expectation),
});

export type ParsedPolicy =
  | { readonly ok: true; readonly policy: Policy }
  | { readonly ok: false; readonly problems: readonly string[] };

/** Reads a policy from JSON. Every problem is named at once, each with its path inside the policy. */
export function parsePolicy(value: unknown): ParsedPolicy {
  const parsed = policySchema.safeParse(value);
  if (!parsed.success) {
    return { ok: false, problems: parsed.error.issues.map((issue) => `${pathOf(issue.path)}: ${issue.message}`) };
  }
  const problems = contradictions(parsed.data);
  return problems.length === 0 ? { ok: true, policy: parsed.data } : { ok: false, problems };
}

function contradictions(policy: Policy): string[] {
  const seen = new Set<string>();
  return [
    ...(policy.rules ?? []).flatMap((rule, index) => {
      const path = `rules[${index}]`;
      const repeated = seen.has(rule.id) || rule.id === 'default';
      seen.add(rule.id);
      return [
        ...(repeated ? [`${path}.id: '${rule.id}' is taken; each rule needs an id of its own`] : []),
        ...repairOutside(rule, path),
      ];
    }),
    ...repairOutside(policy.default, 'default'),
  ];
}

function repairOutside({ expect, repairTo }: Expectation, path: string): string[] {
  const allowed = listOf(expect);
  return repairTo === undefined || allowed.includes(repairTo)
    ? []
    : [`${path}.repairTo: '${repairTo}' is not among the expected values (${allowed.join(', ')})`];
}

function listOf<T extends string>(oneOrMore: T | readonly T[]): readonly T[] {
  return typeof oneOrMore === 'string' ? [oneOrMore] : oneOrMore;
}

function pathOf(path: readonly PropertyKey[]): string {
  const text = path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('');
  return text.replace(/^\./, '') || 'policy';
}
