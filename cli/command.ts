import type { Launcher } from '../lambda/report/commands/place';
import type { EnvironmentFile } from '../lib/environment/environment-file';
import type { ExitCode } from './exit-code';
import { type Option, type OptionsOf, toggle } from './option';
import type { Terminal } from './terminal';

/** All there is to say of a command; usage and argument checks follow from it. It loads nothing of what the command does. */
interface Definition<Values, Needed extends keyof Values> {
  readonly name: string;
  /** One sentence, without its full stop. */
  readonly summary: string;
  readonly options: OptionsOf<Values>;
  /** Of these, exactly one has to be given. */
  readonly needs?: readonly Needed[];
  /**
   * The option whose value may also stand alone after the command.
   * @default no word but the command is taken
   */
  readonly positional?: keyof Values;
  /** What is wrong with the values together, a sentence each; every one of them alone is right. */
  readonly findContradictions?: (values: Ready<Values, Needed>) => readonly string[];
  /** Words that do something useful after the program. */
  readonly example: string;
  readonly exitCodes: Readonly<Partial<Record<ExitCode, string>>>;
}

type Run<Values> = (values: Values, context: CommandContext) => Promise<ExitCode>;

/** The values of a command. Of the needed ones, exactly one is there. */
export type Ready<Values, Needed extends keyof Values> = [Needed] extends [never]
  ? Values
  : Values &
      {
        readonly [One in Needed]: { readonly [Key in One]: NonNullable<Values[Key]> } & {
          readonly [Key in Exclude<Needed, One>]: undefined;
        };
      }[Needed];

export interface CommandContext {
  readonly launcher: Launcher;
  /** Every file of the folder of environments, as it is now. */
  readonly readEnvironments: () => Promise<readonly EnvironmentFile[]>;
  /**
   * The environment to work on where there are no files and none is named.
   * @default none
   */
  readonly starter?: EnvironmentFile | undefined;
  readonly terminal: Terminal;
}

/** A command as the table holds it: the type of its values is known to the command alone. */
export interface Command {
  readonly name: string;
  readonly summary: string;
  readonly options: readonly Option<unknown>[];
  /** Of these, exactly one has to be given. */
  readonly needs: readonly Option<unknown>[];
  /** The option whose value may also stand alone after the command. */
  readonly positional: Option<unknown> | undefined;
  readonly example: string;
  readonly exitCodes: Readonly<Partial<Record<ExitCode, string>>>;
  /** `given`: the values of each option by its name. */
  readonly prepare: (given: ReadonlyMap<string, readonly string[]>) => Prepared;
}

/** What is wrong with the values that were given, or the command with its values, ready to run. */
export type Prepared =
  | { readonly problems: readonly string[] }
  | { readonly values: unknown; readonly run: (context: CommandContext) => Promise<ExitCode> };

export const HELP = toggle({ name: 'help', short: 'h', help: 'shows this text' });
/** Without a command. */
export const VERSION = toggle({ name: 'version', help: 'shows name and version' });

export function defineCommand<Values, Needed extends keyof Values = never>(
  definition: Definition<Values, Needed>,
): Definition<Values, Needed> {
  return definition;
}

/** A command whose work, with the packages that it needs, is loaded when the command runs. */
export function loadOnDemand<Values, Needed extends keyof Values>(
  definition: Definition<Values, Needed>,
  load: () => Promise<Run<Ready<Values, Needed>>>,
): Command {
  const { name, summary, options, needs = [], positional, example, exitCodes, findContradictions } = definition;
  return {
    name,
    summary,
    options: [...listOptions(options), HELP],
    needs: needs.map((key) => options[key]),
    positional: positional === undefined ? undefined : options[positional],
    example,
    exitCodes,
    prepare: (given) => {
      const { values, problems } = readValues(options, given);
      if (!isReady(values, definition)) return { problems };
      const contradictions = findContradictions?.(values) ?? [];
      if (contradictions.length > 0) return { problems: contradictions };
      return {
        values,
        run: async (context) => {
          const run = await load();
          return run(values, context);
        },
      };
    },
  };
}

/** `--run RUN_ID` */
export function nameOption({ name, placeholder }: Option<unknown>): string {
  return placeholder === undefined ? `--${name}` : `--${name} ${placeholder}`;
}

/** `NAME_OR_ID` for the option whose value may stand alone, else as above. */
export function nameNeeded(option: Option<unknown>, { positional }: Pick<Command, 'positional'>): string {
  return option === positional && option.placeholder !== undefined ? option.placeholder : nameOption(option);
}

function listOptions<Values>(options: OptionsOf<Values>): readonly Option<unknown>[] {
  const listed: Option<unknown>[] = [];
  for (const key in options) listed.push(options[key]);
  return listed;
}

function readValues<Values>(
  options: OptionsOf<Values>,
  given: ReadonlyMap<string, readonly string[]>,
): { values: Partial<Values>; problems: string[] } {
  const values: Partial<Values> = {};
  const problems: string[] = [];
  for (const key in options) {
    const option = options[key];
    const reading = option.read(given.get(option.name) ?? []);
    if ('value' in reading) values[key] = reading.value;
    else problems.push(`--${option.name}: ${reading.problem}`);
  }
  return { values, problems };
}

function isReady<Values, Needed extends keyof Values>(
  values: Partial<Values>,
  { options, needs = [] }: Definition<Values, Needed>,
): values is Partial<Values> & Ready<Values, Needed> {
  const isComplete = Object.keys(options).every((key) => Object.hasOwn(values, key));
  const there = needs.filter((key) => values[key] !== undefined);
  return isComplete && (needs.length === 0 || there.length === 1);
}
