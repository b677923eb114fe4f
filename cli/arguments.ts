import { parseArgs } from 'node:util';
import { didYouMean } from '../lambda/policy/nearest';
import { type Command, type CommandContext, HELP, nameNeeded, VERSION } from './command';
import { COMMANDS, DEFAULT_COMMAND } from './commands/commands';
import type { ExitCode } from './exit-code';
import type { Option } from './option';

/** What the command line asks for. */
export type Request =
  | { readonly kind: 'help'; readonly command: Command | undefined }
  | { readonly kind: 'version' }
  | {
      readonly kind: 'run';
      readonly command: Command;
      readonly values: unknown;
      readonly run: (context: CommandContext) => Promise<ExitCode>;
    };

/** The command line cannot be understood. The message lists every wrong part. */
export class UsageError extends Error {
  /** The named command. Its help shows its options. */
  readonly command: string | undefined;

  constructor(problems: readonly string[], command?: string) {
    super(problems.join('\n'));
    this.name = 'UsageError';
    this.command = command;
  }
}

/** Reads the arguments after the program. Throws `UsageError`. */
export function parseArguments(words: readonly string[]): Request {
  const { options, positionals } = readWords(words);
  const named = COMMANDS.find(({ name }) => name === positionals[0]);
  const isGiven = (toggle: Option<boolean>) =>
    options.some(({ name, hasInlineValue }) => name === toggle.name && !hasInlineValue);
  if (isGiven(HELP)) return { kind: 'help', command: named };
  if (isGiven(VERSION) && positionals.length === 0) return { kind: 'version' };
  const command = named ?? DEFAULT_COMMAND;
  const isCommandUnknown = named === undefined && positionals.length > 0;
  const extra = positionals.slice(isCommandUnknown ? 0 : 1);
  const alone = readAlone(extra, options, { command, isCommandUnknown });
  // An option with a misplaced value is reported already. Reading it would report it again.
  const sound = options.filter((option) => findMisplacedValue(option).length === 0);
  const given = alone.option === undefined ? sound : [...sound, alone.option];
  const prepared = command.prepare(groupValues(given));
  const problems = [
    ...alone.problems,
    ...options.flatMap((option) => findUnknown(option, isCommandUnknown ? COMMANDS : [command])),
    ...options.flatMap(findMisplacedValue),
    ...findRepeated(options, command),
    ...('problems' in prepared ? prepared.problems : []),
    ...(extra.length > 0 && command.positional !== undefined ? [] : findMissing(options, command)),
  ];
  if (problems.length > 0 || !('run' in prepared)) throw new UsageError(problems, named?.name);
  return { kind: 'run', command, values: prepared.values, run: prepared.run };
}

type Token = NonNullable<ReturnType<typeof parseArgs>['tokens']>[number];

interface GivenOption {
  readonly name: string;
  /** As it was typed, with its dashes. */
  readonly typed: string;
  /** Empty if none was given. */
  readonly value: string;
  /** It was typed as `--option=value`. */
  readonly hasInlineValue: boolean;
}

const KNOWN_OPTIONS = new Map(
  [...COMMANDS.flatMap(({ options }) => options), VERSION].map((option) => [option.name, option] as const),
);

/** Does not use the strict mode of `parseArgs`, because that mode stops at the first mistake. */
function readWords(words: readonly string[]): { options: readonly GivenOption[]; positionals: readonly string[] } {
  const { tokens } = parseArgs({
    args: [...words],
    options: Object.fromEntries([...KNOWN_OPTIONS].map(([name, option]) => [name, shapeOf(option)])),
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const options: GivenOption[] = [];
  const positionals: string[] = [];
  for (const [at, token] of tokens.entries()) {
    if (token.kind === 'positional' && !isValueOfUnknown(token.value, tokens[at - 1], positionals)) {
      positionals.push(token.value);
    }
    // `-eprod` is one mistake, not five.
    if (token.kind === 'option' && (KNOWN_OPTIONS.has(token.name) || token.index !== tokens[at - 1]?.index)) {
      options.push({
        name: token.name,
        typed: token.rawName,
        value: token.value ?? '',
        hasInlineValue: token.inlineValue === true,
      });
    }
  }
  return { options, positionals };
}

/** The word after an unknown option counts as its value, unless the word is the first command on the line. */
function isValueOfUnknown(word: string, before: Token | undefined, positionals: readonly string[]): boolean {
  if (before?.kind !== 'option' || before.inlineValue === true || KNOWN_OPTIONS.has(before.name)) return false;
  return positionals.length > 0 || !COMMANDS.some(({ name }) => name === word);
}

interface Asked {
  readonly command: Command;
  /** The first word names no command. */
  readonly isCommandUnknown: boolean;
}

/** Reads the words after the command that belong to no option: the option that they give, or their problems. */
function readAlone(
  words: readonly string[],
  options: readonly GivenOption[],
  { command: { name: command, positional, options: takes }, isCommandUnknown }: Asked,
): { readonly option?: GivenOption; readonly problems: readonly string[] } {
  const [value, ...others] = words;
  if (value === undefined) return { problems: [] };
  // The words after an unknown command are usually its values, so only the first word is reported.
  if (positional?.placeholder === undefined) {
    return {
      problems: [isCommandUnknown ? explainUnknownCommand(value) : explainExtraWord(value, { command, takes })],
    };
  }
  const { name, placeholder } = positional;
  if (value === '') return { problems: [`${placeholder}: must not be empty`] };
  if (others.length > 0) {
    const rest = others.map((word) => `'${word}'`).join(', ');
    return { problems: [`${rest}: ${command} takes one ${placeholder}; put a name with spaces in quotes`] };
  }
  if (options.some((option) => option.name === name)) {
    return { problems: [`${command}: give ${placeholder} either alone or with --${name}, not both`] };
  }
  return { option: { name, typed: value, value, hasInlineValue: true }, problems: [] };
}

/** A word after a command that takes none is usually the name of an environment. */
function explainExtraWord(word: string, { command, takes }: { command: string; takes: Command['options'] }): string {
  if (COMMANDS.some(({ name }) => name === word)) return `'${word}': give only one command`;
  const takesEnvironment = takes.some(({ name }) => name === 'environment');
  const otherwise = takesEnvironment ? `; for an environment, use --environment ${word}` : '';
  return `'${word}': ${command} takes no such argument${otherwise}`;
}

function explainUnknownCommand(word: string): string {
  const names = COMMANDS.map(({ name }) => name);
  return `'${word}': no such command${didYouMean(word, names, { otherwise: `; known commands: ${names.join(', ')}` })}`;
}

/** The values of each option, in the order in which they were given. */
function groupValues(options: readonly GivenOption[]): ReadonlyMap<string, readonly string[]> {
  const values = new Map<string, string[]>();
  for (const { name, value } of options) values.set(name, [...(values.get(name) ?? []), value]);
  return values;
}

function shapeOf({ placeholder, short }: Option<unknown>): { type: 'string' | 'boolean'; short?: string } {
  return { type: placeholder === undefined ? 'boolean' : 'string', ...(short === undefined ? {} : { short }) };
}

function findUnknown({ name, typed }: GivenOption, commands: readonly Command[]): string[] {
  const usable = commands.flatMap(({ options }) => options.map((option) => option.name));
  if (usable.includes(name)) return [];
  if (KNOWN_OPTIONS.has(name)) return [`${typed}: not used by ${commands.map((command) => command.name).join(', ')}`];
  const meant = typed.startsWith('--') ? didYouMean(name, usable, { write: (option) => `--${option}` }) : '';
  return [`${typed}: no such option${meant}`];
}

function findMisplacedValue({ name, typed, value, hasInlineValue }: GivenOption): string[] {
  const option = KNOWN_OPTIONS.get(name);
  if (option === undefined) return [];
  if (option.placeholder === undefined) return hasInlineValue ? [`${typed}: takes no value`] : [];
  return !hasInlineValue && value.startsWith('--') ? [`${typed}: expected a value, got ${value}`] : [];
}

/** A command that takes one value would silently drop the second value. */
function findRepeated(options: readonly GivenOption[], { name: command, options: known }: Command): string[] {
  return [...groupValues(options)].flatMap(([name, { length }]) => {
    const isOnce = known.some((option) => option.name === name && option.isRepeatable !== true);
    return isOnce && length > 1 ? [`--${name}: given ${length} times; ${command} takes it once`] : [];
  });
}

function findMissing(options: readonly GivenOption[], command: Command): string[] {
  const { name, needs } = command;
  const given = needs.filter((needed) => options.some((option) => option.name === needed.name));
  // An unknown option can be the needed option, misspelled.
  const isMisspelt = options.some((option) => !KNOWN_OPTIONS.has(option.name));
  if (needs.length === 0 || given.length === 1 || isMisspelt) return [];
  return [
    `${name}: give ${needs.length > 1 ? 'either ' : ''}${needs.map((option) => nameNeeded(option, command)).join(' or ')}`,
  ];
}
