import type { Connection } from '../connection/connection';
import { effectiveValue, type RootAttributes, type Setting } from '../connection/setting';
import { strategyOf } from '../connection/strategies';
import type { ResolvedExpectation } from '../policy/expectation';

export interface CodeFacts {
  /** The verdict of a connection with this finding. */
  readonly verdict: 'noncompliant' | 'indeterminate';
}

/**
 * The problem of a connection. Codes are public and consumers match on them: never rename or reuse one.
 * `report/words/finding.ts` has the words.
 */
export const FINDING_CODES = {
  WRONG_VALUE: { verdict: 'noncompliant' },
  UNDOCUMENTED_VALUE: { verdict: 'noncompliant' },
  NOT_EXPLICIT: { verdict: 'noncompliant' },
  OPTIONS_HIDDEN: { verdict: 'indeterminate' },
  OPTIONS_EMPTY: { verdict: 'indeterminate' },
} as const satisfies Readonly<Record<string, CodeFacts>>;
export type FindingCode = keyof typeof FINDING_CODES;

type CodeOf<Judged extends CodeFacts['verdict']> = {
  [Code in FindingCode]: (typeof FINDING_CODES)[Code]['verdict'] extends Judged ? Code : never;
}[FindingCode];

export type Verdict =
  | { readonly verdict: 'compliant' }
  | {
      readonly verdict: 'noncompliant';
      readonly code: CodeOf<'noncompliant'>;
      /** The value as read; `null` if the key is absent. */
      readonly actual: string | null;
      /** The value that Auth0 uses; `null` if the value is undocumented, so its effect is unknown. */
      readonly effective: RootAttributes | null;
      readonly source: 'explicit' | 'default';
      readonly expected: readonly RootAttributes[];
    }
  | {
      readonly verdict: 'not_applicable';
      readonly reason: 'strategy_without_setting' | 'no_custom_database' | 'import_mode';
    }
  | {
      readonly verdict: 'indeterminate';
      readonly code: CodeOf<'indeterminate'>;
      readonly expected: readonly RootAttributes[];
    };

/** Why the setting does not apply to a connection. */
export type NotApplicable = Extract<Verdict, { readonly verdict: 'not_applicable' }>['reason'];

/** A connection that has no finding. */
export interface WithoutFinding extends Pick<Connection, 'id' | 'name' | 'strategy'> {
  /** `null`: it is compliant. */
  readonly notApplicable: NotApplicable | null;
}

/** Judges one connection. It returns a verdict for every connection, and never a better verdict than the data supports. */
export function evaluate(
  connection: Connection,
  { allowed, mustBeExplicit }: Pick<ResolvedExpectation, 'allowed' | 'mustBeExplicit'>,
): Verdict {
  const { applies, onEachLoginBy } = strategyOf(connection.strategy);
  if (applies === 'never') return { verdict: 'not_applicable', reason: 'strategy_without_setting' };

  const { options } = connection;
  if (options.visibility !== 'visible') {
    const code = options.visibility === 'hidden' ? 'OPTIONS_HIDDEN' : 'OPTIONS_EMPTY';
    return { verdict: 'indeterminate', code, expected: allowed };
  }
  if (applies === 'custom_database' && !options.customDatabase) {
    return { verdict: 'not_applicable', reason: 'no_custom_database' };
  }
  if (applies === 'custom_database' && options.importMode) {
    return { verdict: 'not_applicable', reason: 'import_mode' };
  }
  // If an absent key expresses `on_each_login`, an explicit value would mislead the Dashboard.
  return compare(options.rootAttributes, allowed, mustBeExplicit && onEachLoginBy === 'value');
}

function compare(setting: Setting, expected: readonly RootAttributes[], mustBeExplicit: boolean): Verdict {
  if (setting.kind === 'undocumented') {
    return {
      verdict: 'noncompliant',
      code: 'UNDOCUMENTED_VALUE',
      actual: setting.text,
      effective: null,
      source: 'explicit',
      expected,
    };
  }
  const effective = effectiveValue(setting);
  const isExpected = expected.includes(effective);
  if (isExpected && !(mustBeExplicit && setting.kind === 'absent')) return { verdict: 'compliant' };
  return {
    verdict: 'noncompliant',
    code: isExpected ? 'NOT_EXPLICIT' : 'WRONG_VALUE',
    actual: setting.kind === 'absent' ? null : setting.value,
    effective,
    source: setting.kind === 'absent' ? 'default' : 'explicit',
    expected,
  };
}
