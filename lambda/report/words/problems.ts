import type { FileProblem } from '../../policy/lint';
import { fill } from '../text/columns';
import { count } from './run';

const COLUMNS = 80;

type Mark = (severity: FileProblem['severity'], text: string) => string;

/**
 * The problems that a linter found, as text: where, what is wrong, what was found, what is allowed. Lists the first `most`.
 * `mark` can colour a severity.
 */
export function describeProblems(
  problems: readonly FileProblem[],
  { most = problems.length, mark = (_, text) => text }: { readonly most?: number; readonly mark?: Mark } = {},
): string {
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  const total =
    problems.length === 0
      ? 'No problems.'
      : `${count(errors, 'error')}, ${count(problems.length - errors, 'warning')}.`;
  return [...problems.slice(0, most).map((problem) => describeProblem(problem, mark)), total].join('\n');
}

function describeProblem({ severity, code, file, path, message, found, allowed }: FileProblem, mark: Mark): string {
  const where = fill(`${file}: ${path}`.replace(/^: /, ''), { first: `${severity} `, rest: '  ', columns: COLUMNS });
  return [
    ...where.map((line, index) => (index === 0 ? mark(severity, severity) + line.slice(severity.length) : line)),
    ...fill(`${message} (${code})`, { first: '  ', columns: COLUMNS }),
    ...fill(found, { first: '  found    ', columns: COLUMNS }),
    ...fill(allowed, { first: '  allowed  ', columns: COLUMNS }),
    '',
  ].join('\n');
}
