import type { Launcher } from '../lambda/report/commands/place';
import type { EnvironmentFile } from '../lib/environment/environment-file';
import type { ExitCode } from './exit-code';
import { type Option, type OptionsOf, toggle } from './option';
import type { Terminal } from './terminal';

/** The definition of a command. Usage and argument checks are derived from it. It does not load the code of the command. */
interface Definition<Values, Needed extends keyof Values> {
  readonly name: string;
  /** One sentence, without its full stop. */
  readonly summary: string;
  readonly options: OptionsOf<Values>;
  /** Exactly one of these must be given. */
  readonly needs?: readonly Needed[];
  /**
   * The option whose value can also follow the command without the option's name.
   * @default the command takes no such value
   */
  readonly positional?: keyof Values;
  /** Problems of the combination of values, one sentence each. Each value alone is valid. */
  readonly findContradictions?: (values: Ready<Values, Needed>) => readonly string[];
  /** The arguments of a useful example. */
  readonly example: string;
  readonly exitCodes: Readonly<Partial<Record<ExitCode, string>>>;
}

type Run<Values> = (values: Values, context: CommandContext) => Promise<ExitCode>;

/** The values of a command. Exactly one of the needed values is present. */
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
  /** Reads every file of the folder of environments. */
  readonly readEnvironments: () => Promise<readonly EnvironmentFile[]>;
  /**
   * The environment to use if there are no files and none is named.
   * @default none
   */
  readonly starter?: EnvironmentFile | undefined;
  readonly terminal: Terminal;
}

/** A command as the table lists it. Only the command itself knows the type of its values. */
export interface Command {
  readonly name: string;
  readonly summary: string;
  readonly options: readonly Option<unknown>[];
  /** Exactly one of these must be given. */
  readonly needs: readonly Option<unknown>[];
  /** The option whose value can also follow the command without the option's name. */
  readonly positional: Option<unknown> | undefined;
  readonly example: string;
  readonly exitCodes: Readonly<Partial<Record<ExitCode, string>>>;
  /** `given`: the values of each option by its name. */
  readonly prepare: (given: ReadonlyMap<string, readonly string[]>) => Prepared;
}

/** The problems of the given values, or the command with its values, ready to run. */
export type Prepared =
  | { readonly problems: readonly string[] }
  | { readonly values: unknown; readonly run: (context: CommandContext) => Promise<ExitCode> };

export const HELP = toggle({ name: 'help', short: 'h', help: 'shows this text' });
/** Valid only without a command. */
export const VERSION = toggle({ name: 'version', help: 'shows name and version' });

export function defineCommand<Values, Needed extends keyof Values = never>(
  definition: Definition<Values, Needed>,
): Definition<Values, Needed> {
  return definition;
}

/** A command whose code and packages are loaded when the command runs. */
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

/** `NAME_OR_ID` if the value can be given without the option's name, otherwise like `nameOption`. */
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
