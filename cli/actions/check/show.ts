import { inLines, inOneLine } from '../../../lambda/report/commands/command';
import { fill } from '../../../lambda/report/text/columns';
import { paintFor } from '../../screen/colours';
import type { Terminal } from '../../terminal';
import { CHECK_SUBJECTS, type CheckLine } from './check-line';

/** A line for a terminal, with the command that fixes the problem. */
export function describeLine(
  { status, subject, text, command }: CheckLine,
  { columns, hasColours }: Pick<Terminal, 'columns' | 'hasColours'>,
): string {
  const first = `${status.padEnd(5)} ${CHECK_SUBJECTS[subject].padEnd(12)} `;
  const [head = '', ...others] = fill(text, { first, rest: ' '.repeat(first.length), columns });
  const marked = paintFor({ hasColours })(status, status) + head.slice(status.length);
  // The command is not wrapped, because a wrapped command cannot be pasted.
  return [marked, ...others, ...inLines(command)].join('\n');
}

/** The same in JSON. */
export function fieldsOfLine({ status, subject, text, command }: CheckLine): object {
  return { subject, status, text, command: command === undefined ? null : inOneLine(command) };
}
