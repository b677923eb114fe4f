import { fill } from '../lambda/report/text/columns';

/** Something that the command needs is missing or wrong. The message lists every problem. */
export class TargetError extends Error {
  readonly problems: readonly string[];

  /** `next`: lines that are printed unchanged, such as a command to paste. */
  constructor(problems: readonly string[], next: readonly string[] = []) {
    super([...problems.flatMap((problem) => fill(problem, { first: '- ', columns: 80 })), ...next].join('\n'));
    this.name = 'TargetError';
    this.problems = problems;
  }
}
