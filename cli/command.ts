import type { Environment } from '../lib/environment/environment';
import type { ExitCode } from './exit-code';
import { type Option, type OptionsOf, toggle } from './option';
import type { Terminal } from './terminal';

/** What a command is, in one place: usages, checks of arguments and the dispatch all read it here. */
interface Definition<Values> {
  readonly name: string;
  /** One sentence, without its full stop. */
  readonly summary: string;
  readonly options: OptionsOf<Values>;
  /** Of these, exactly one has to be given. */
  readonly needs?: readonly (keyof Values)[];
  /** Words that do something useful after `npm run audit --`. */
  readonly example: string;
  readonly exitCodes: Readonly<Partial<Record<ExitCode, string>>>;
  readonly run: (values: Values, context: CommandContext) => Promise<ExitCode>;
}

export interface CommandContext {
  readonly environments: readonly Environment[];
  readonly terminal: Terminal;
}

/** A command whose values are its own affair, so that all stand in one table. */
export interface Command {
  readonly name: string;
  readonly summary: string;
  readonly options: readonly Option<unknown>[];
  /** Of these, exactly one has to be given. */
  readonly needs: readonly Option<unknown>[];
  readonly example: string;
  readonly exitCodes: Readonly<Partial<Record<ExitCode, string>>>;
  readonly prepare: (given: ReadonlyMap<string, string>) => Prepared;
}

/** All that is wrong with the values that were given, or the command with its values, ready to run. */
export type Prepared =
  | { readonly problems: readonly string[] }
  | { readonly values: unknown; readonly run: (context: CommandContext) => Promise<ExitCode> };

export const HELP = toggle({ name: 'help', short: 'h', help: 'shows this text' });

export function defineCommand<Values>(definition: Definition<Values>): Command {
  const { name, summary, options, example, exitCodes, run } = definition;
  return {
    name,
    summary,
    options: [...listOptions(options), HELP],
    needs: (definition.needs ?? []).map((key) => options[key]),
    example,
    exitCodes,
    prepare: (given) => {
      const { values, problems } = readValues(options, given);
      if (problems.length > 0 || !isComplete(values, options)) return { problems };
      return { values, run: (context) => run(values, context) };
    },
  };
}

/** `--run RUN_ID` */
export function nameOption({ name, placeholder }: Option<unknown>): string {
  return placeholder === undefined ? `--${name}` : `--${name} ${placeholder}`;
}

function listOptions<Values>(options: OptionsOf<Values>): readonly Option<unknown>[] {
  const listed: Option<unknown>[] = [];
  for (const key in options) listed.push(options[key]);
  return listed;
}

function readValues<Values>(
  options: OptionsOf<Values>,
  given: ReadonlyMap<string, string>,
): { values: Partial<Values>; problems: string[] } {
  const values: Partial<Values> = {};
  const problems: string[] = [];
  for (const key in options) {
    const option = options[key];
    const reading = option.read(given.get(option.name));
    if ('value' in reading) values[key] = reading.value;
    else problems.push(`--${option.name}: ${reading.problem}`);
  }
  return { values, problems };
}

function isComplete<Values>(values: Partial<Values>, options: OptionsOf<Values>): values is Values {
  return Object.keys(options).every((key) => Object.hasOwn(values, key));
}
