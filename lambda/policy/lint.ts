import { byText } from '../connection/by-text';
import { checkExemptions } from './check-exemptions';
import { checkExpectation } from './check-expectation';
import { checkRules } from './check-rules';
import { dayAt } from './days';
import { checkPlaceholders } from './placeholders';
import type { Problem } from './problem';
import { policySchema, readPieces } from './schema';
import { findBadValues } from './shape';

export interface LintContext {
  /** The file name in each problem. */
  readonly file: string;
  /** The path of the policy in the file, such as `policy`; absent if the policy is the whole file. */
  readonly under?: string | undefined;
  /** Milliseconds since the epoch. Without it, dates are not compared with today. */
  readonly now?: number | undefined;
  /**
   * The time zone of the schedule.
   * @default UTC
   */
  readonly timeZone?: string | undefined;
}

export interface FileProblem extends Problem {
  readonly file: string;
}

/**
 * All mistakes in a policy: errors first, each group in the order of the file. A bad value does not hide other
 * problems: every part that can be read is checked.
 */
export function lintPolicy(value: unknown, context: LintContext): readonly FileProblem[] {
  const { rules, exemptions, ...pieces } = readPieces(value);
  const today = context.now === undefined ? undefined : dayAt(context.now, context.timeZone ?? 'UTC');
  const problems = [
    ...findBadValues(policySchema, value, WHOLE),
    ...[...rules, pieces.default].flatMap(checkExpectation),
    ...checkRules(rules, pieces.default),
    ...checkExemptions(exemptions, today),
    ...checkPlaceholders(value, WHOLE),
  ];
  if (problems.length === 0) return [];
  const compare = inFile();
  return problems
    .map((problem) => ({ ...problem, path: placed(problem.path, context.under), file: context.file }))
    .sort((a, b) => byText(a.severity, b.severity) || compare(a.path, b.path));
}

/** The path in a problem of the whole policy. */
const WHOLE = 'policy';

/**
 * Sorts `rules[2]` before `rules[10]`. Made only if there is something to sort, because the first collator loads data.
 */
function inFile(): (one: string, other: string) => number {
  return new Intl.Collator('en', { numeric: true }).compare;
}

function placed(path: string, under: string | undefined): string {
  if (under === undefined) return path;
  return path === WHOLE ? under : `${under}.${path}`;
}
