import { fill } from '../lambda/report/text/columns';

/** Something the command needs is missing or wrong; the message names all of it, before any request to the tenant. */
export class TargetError extends Error {
  readonly problems: readonly string[];

  /** `next`: lines that stand as they are, such as a command to paste. */
  constructor(problems: readonly string[], next: readonly string[] = []) {
    super([...problems.flatMap((problem) => fill(problem, { first: '- ', columns: 80 })), ...next].join('\n'));
    this.name = 'TargetError';
    this.problems = problems;
  }
}
