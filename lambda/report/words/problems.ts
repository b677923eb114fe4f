import type { FileProblem } from '../../policy/lint';
import { fill } from '../text/columns';
import { count } from './run';

const COLUMNS = 80;

/** What a linter found, for people: where, what is wrong, what was found, what is allowed; each of the first `most`. */
export function describeProblems(problems: readonly FileProblem[], most = problems.length): string {
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  const total =
    problems.length === 0
      ? 'No problems.'
      : `${count(errors, 'error')}, ${count(problems.length - errors, 'warning')}.`;
  return [...problems.slice(0, most).map(describeProblem), total].join('\n');
}

function describeProblem({ severity, code, file, path, message, found, allowed }: FileProblem): string {
  return [
    ...fill(`${file}: ${path}`.replace(/^: /, ''), { first: `${severity} `, rest: '  ', columns: COLUMNS }),
    ...fill(`${message} (${code})`, { first: '  ', columns: COLUMNS }),
    ...fill(found, { first: '  found    ', columns: COLUMNS }),
    ...fill(allowed, { first: '  allowed  ', columns: COLUMNS }),
    '',
  ].join('\n');
}
