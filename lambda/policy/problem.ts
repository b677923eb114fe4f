import { escapeEach, UNSEEN } from '../connection/escape-character';

/** The facts about a kind of problem: whether it stops a deploy, and its meaning. */
export interface ProblemFacts {
  readonly severity: Problem['severity'];
  readonly meaning: string;
}

/** The problems that the linter reports about a policy. Codes are public: a pipeline can match on them. */
export const POLICY_PROBLEMS = {
  BAD_VALUE: { severity: 'error', meaning: 'A value is missing, or is not an allowed value.' },
  UNKNOWN_KEY: { severity: 'error', meaning: 'The auditor does not know this key; it might be misspelt.' },
  DUPLICATE_RULE_ID: { severity: 'error', meaning: 'Two rules have the same id.' },
  DUPLICATE_RULE: { severity: 'error', meaning: 'Two rules match the same connections; the first one decides.' },
  UNREACHABLE_RULE: { severity: 'error', meaning: 'Earlier rules match every connection that this rule could match.' },
  IMPOSSIBLE_MATCH: { severity: 'error', meaning: 'No connection can meet all conditions of this match.' },
  SETTING_CANNOT_APPLY: {
    severity: 'error',
    meaning: 'The rule matches only strategies that do not have the setting.',
  },
  REPAIR_OUTSIDE_EXPECT: { severity: 'error', meaning: '`repairTo` is not one of the expected values.' },
  NEVER_ON_LOGIN_NOT_ALLOWED: {
    severity: 'error',
    meaning:
      'A repair would write `never_on_login` without permission. This value also stops new users from being created.',
  },
  NEVER_ON_LOGIN_WITHOUT_REASON: { severity: 'error', meaning: '`allowNeverOnLogin` needs a `reason`.' },
  EXPLICIT_MISLEADS_DASHBOARD: {
    severity: 'error',
    meaning: 'For these strategies the Dashboard shows an explicit `on_each_login` as switched off.',
  },
  DUPLICATE_EXEMPTION: { severity: 'error', meaning: 'Two exemptions name the same connections.' },
  UNKNOWN_STRATEGY: {
    severity: 'warning',
    meaning: 'The auditor does not know this strategy: it might be misspelt, or new in Auth0.',
  },
  EXPIRED_EXEMPTION: { severity: 'warning', meaning: 'The last day of the exemption has passed.' },
  BROAD_EXEMPTION: {
    severity: 'warning',
    meaning: 'The name in the exemption is only wildcards, so it can match any connection.',
  },
  PLACEHOLDER_LEFT: {
    severity: 'warning',
    meaning: 'A text is still a placeholder, for example from a drafted policy.',
  },
  NO_REASON: { severity: 'warning', meaning: 'The rule has no `reason`, so a finding cannot explain why it matters.' },
  NO_REPAIR_TARGET: {
    severity: 'warning',
    meaning: 'Several values are expected, and there is no `repairTo`.',
  },
  NO_EFFECT: { severity: 'warning', meaning: 'The key has no effect here.' },
} as const satisfies Readonly<Record<string, ProblemFacts>>;
export type PolicyProblemCode = keyof typeof POLICY_PROBLEMS;

/** One mistake in a file that a user writes. An error stops a deploy; a warning does so only on request. */
export interface Problem {
  readonly severity: 'error' | 'warning';
  readonly code: string;
  /** The path inside the file, such as `rules[2].match.strategy`. */
  readonly path: string;
  /** What is wrong, in a few words. */
  readonly message: string;
  readonly found: string;
  readonly allowed: string;
}

/** Makes problems from the codes of a table. The code decides the severity. */
export function problemsOf<Code extends string>(table: { readonly [One in Code]: ProblemFacts }) {
  return (code: Code, path: string, words: Pick<Problem, 'message' | 'found' | 'allowed'>): Problem => ({
    severity: table[code].severity,
    code,
    path,
    ...words,
  });
}

/** A problem of a policy. */
export const policyProblem = problemsOf(POLICY_PROBLEMS);

/** One problem in one line: the path, what is wrong, the found value, the allowed values. */
export function problemLine({ path, message, found, allowed }: Problem): string {
  return `${path}: ${message}: found ${found}; allowed: ${allowed}`;
}

/** A value as a text of bounded length, without invisible characters and without the password of a URL. */
export function show(value: unknown): string {
  const text = (value === undefined ? 'nothing' : toText(value)).replace(/[^\s"/@:]+:[^\s"/@]+@/g, '***@');
  const characters = Array.from(text.slice(0, 240));
  const kept = characters.length > 100 ? `${characters.slice(0, 100).join('')}…` : text;
  return escapeEach(kept, UNSEEN);
}

/** The JSON text of a value, or the type of a value without a JSON form. */
function toText(value: unknown): string {
  try {
    return JSON.stringify(value) ?? typeof value;
  } catch {
    return typeof value;
  }
}

/** `rules[2].match`, or `whole` if the path is empty. */
export function pathOf(keys: readonly PropertyKey[], whole: string): string {
  const text = keys.map((key) => (typeof key === 'number' ? `[${key}]` : `.${visible(String(key))}`)).join('');
  return text.replace(/^\./, '') || whole;
}

function visible(key: string): string {
  return /^[\w$-]{1,100}$/.test(key) ? key : show(key);
}
