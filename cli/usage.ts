import { columnsOf, fill } from '../lambda/report/text/columns';
import { type Command, nameNeeded, nameOption } from './command';
import { SEVERAL_OPTIONS, TARGET_OPTIONS } from './command-options';
import { COMMANDS, DEFAULT_COMMAND } from './commands/commands';
import type { Option } from './option';

const COLUMNS = 80;

/** The text of `--help`: commands, examples and exit codes. `program`: the command that starts the command line. */
export function describeCommandLine(program: string): string {
  return describeSections('Compares the connections of an Auth0 tenant with a policy.', {
    Usage: indent([`${program} [COMMAND] [options]`, `${program} COMMAND --help`, `${program} --version`]),
    [`Commands (default: ${DEFAULT_COMMAND.name})`]: alignRows(COMMANDS.map(({ name, summary }) => [name, summary])),
    Examples: indent(COMMANDS.map(({ example }) => `${program} ${example}`)),
    [`Exit codes of ${DEFAULT_COMMAND.name}`]: alignRows(Object.entries(DEFAULT_COMMAND.exitCodes)),
  });
}

/** The text of `COMMAND --help`. */
export function describeCommand(command: Command, program: string): string {
  const { name, summary, options, needs, example, exitCodes } = command;
  const words = name === DEFAULT_COMMAND.name ? program : `${program} ${name}`;
  const forms = needs.length === 0 ? [words] : needs.map((option) => `${words} ${nameNeeded(option, command)}`);
  return describeSections(`${summary}.`, {
    Usage: indent(forms.map((form) => `${form} [options]`)),
    Options: alignRows(options.filter((option) => !isTargetOption(option)).map(describeOption)),
    'Tenant options': alignRows(options.filter(isTargetOption).map(describeOption)),
    Example: indent([`${program} ${example}`]),
    'Exit codes': alignRows(Object.entries(exitCodes)),
  });
}

function describeSections(title: string, sections: Readonly<Record<string, readonly string[]>>): string {
  const written = Object.entries(sections)
    .filter(([, lines]) => lines.length > 0)
    .map(([heading, lines]) => [heading, ...lines].join('\n'));
  return [fill(title, { columns: COLUMNS }).join('\n'), ...written].join('\n\n');
}

function indent(lines: readonly string[]): string[] {
  return lines.map((line) => `  ${line}`);
}

/** Two columns. The second column is wrapped. */
function alignRows(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...rows.map(([term]) => columnsOf(term)));
  return rows.flatMap(([term, meaning]) => fill(meaning, { first: `  ${term.padEnd(width)}  `, columns: COLUMNS }));
}

function isTargetOption(option: Option<unknown>): boolean {
  return Object.values<Option<unknown>>({ ...SEVERAL_OPTIONS, ...TARGET_OPTIONS }).includes(option);
}

function describeOption(option: Option<unknown>): readonly [string, string] {
  const short = option.short === undefined ? '' : `-${option.short}, `;
  return [`${short}${nameOption(option)}`, option.help];
}
