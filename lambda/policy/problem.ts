import { escapeCharacter } from '../connection/escape-character';

/** What a linter calls wrong. Codes are public: a pipeline may match on them. */
export type ProblemCode = PolicyProblemCode | EnvironmentProblemCode;

export type PolicyProblemCode =
  | 'BAD_VALUE'
  | 'UNKNOWN_KEY'
  | 'DUPLICATE_RULE_ID'
  | 'DUPLICATE_RULE'
  | 'UNREACHABLE_RULE'
  | 'IMPOSSIBLE_MATCH'
  | 'SETTING_CANNOT_APPLY'
  | 'REPAIR_OUTSIDE_EXPECT'
  | 'NEVER_ON_LOGIN_NOT_ALLOWED'
  | 'NEVER_ON_LOGIN_WITHOUT_REASON'
  | 'EXPLICIT_MISLEADS_DASHBOARD'
  | 'DUPLICATE_EXEMPTION'
  | 'EXPIRED_EXEMPTION'
  | 'BROAD_EXEMPTION'
  | 'PLACEHOLDER_LEFT'
  | 'NO_REASON'
  | 'NO_REPAIR_TARGET'
  | 'NO_EFFECT';

/** Of an environment outside its policy; `BAD_VALUE` and `UNKNOWN_KEY` are said of both. */
export type EnvironmentProblemCode =
  | 'DUPLICATE_NAME'
  | 'UNKNOWN_TIME_ZONE'
  | 'BAD_CRON'
  | 'NEVER_FIRES'
  | 'LONG_GAP'
  | 'SKIPPED_TIME'
  | 'NO_CAPS'
  | 'CAPS_ALLOW_NOTHING'
  | 'TENANT_REMEDIATED_TWICE'
  | 'EXPECTATIONS_DIFFER'
  | 'NO_RECIPIENTS'
  | 'NO_TENANT';

/** One thing that a policy says and cannot mean. An error stops a deploy; a warning does so only on request. */
export interface Problem {
  readonly severity: 'error' | 'warning';
  readonly code: ProblemCode;
  /** The path inside the policy, such as `rules[2].match.strategy`. */
  readonly path: string;
  /** What is wrong, in a few words. */
  readonly message: string;
  readonly found: string;
  readonly allowed: string;
}

/** A policy's content as a text of bounded length without unseen characters. */
export function show(value: unknown): string {
  const text = value === undefined ? 'nothing' : (JSON.stringify(value) ?? typeof value);
  const characters = Array.from(text.slice(0, 240));
  const kept = characters.length > 100 ? `${characters.slice(0, 100).join('')}…` : text;
  return kept.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, escapeCharacter);
}

export function pathOf(keys: readonly PropertyKey[]): string {
  const text = keys.map((key) => (typeof key === 'number' ? `[${key}]` : `.${visible(String(key))}`)).join('');
  return text.replace(/^\./, '') || 'policy';
}

function visible(key: string): string {
  return /^[\w$-]{1,100}$/.test(key) ? key : show(key);
}
