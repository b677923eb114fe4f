import { parseArgs } from 'node:util';
import { type Command, type CommandContext, HELP } from './command';
import { COMMANDS, DEFAULT_COMMAND } from './commands/commands';
import type { ExitCode } from './exit-code';
import type { Option } from './option';

/** What a person asked for. */
export type Request =
  | { readonly kind: 'help'; readonly command: Command | undefined }
  | {
      readonly kind: 'run';
      readonly command: Command;
      readonly values: unknown;
      readonly run: (context: CommandContext) => Promise<ExitCode>;
    };

/** The command line cannot be understood; the message names every wrong part. */
export class UsageError extends Error {
  constructor(problems: readonly string[]) {
    super([...problems, 'npm run audit -- --help shows what there is.'].join('\n'));
    this.name = 'UsageError';
  }
}

/** Reads the words after `npm run audit --`. Throws `UsageError`. */
export function parseArguments(words: readonly string[]): Request {
  const { options, positionals } = readWords(words);
  const named = COMMANDS.find(({ name }) => name === positionals[0]);
  if (options.some(({ name, hasInlineValue }) => name === HELP.name && !hasInlineValue)) {
    return { kind: 'help', command: named };
  }
  const command = named ?? DEFAULT_COMMAND;
  const given = new Map(options.map(({ name, value }) => [name, value]));
  const prepared = command.prepare(given);
  const problems = [
    ...positionals
      .slice(named === undefined ? 0 : 1)
      .map((word) => `'${word}': no such command; known are ${COMMANDS.map(({ name }) => name).join(', ')}`),
    ...options.flatMap((option) => findUnknown(option, command)),
    ...options.flatMap(findMisplacedValue),
    ...('problems' in prepared ? prepared.problems : []),
  ];
  if (problems.length > 0 || !('run' in prepared)) throw new UsageError(problems);
  return { kind: 'run', command, ...prepared };
}

interface GivenOption {
  readonly name: string;
  /** As it was typed, with its dashes. */
  readonly typed: string;
  /** Empty where none was given. */
  readonly value: string;
  /** It was typed as `--option=value`. */
  readonly hasInlineValue: boolean;
}

const KNOWN_OPTIONS = new Map(
  COMMANDS.flatMap(({ options }) => options).map((option) => [option.name, option] as const),
);

/** Not strictly, for then only the first of several mistakes would be told. */
function readWords(words: readonly string[]): { options: readonly GivenOption[]; positionals: readonly string[] } {
  const { tokens, positionals } = parseArgs({
    args: [...words],
    options: Object.fromEntries([...KNOWN_OPTIONS].map(([name, option]) => [name, shapeOf(option)])),
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const options = tokens.flatMap((token) =>
    token.kind === 'option'
      ? [
          {
            name: token.name,
            typed: token.rawName,
            value: token.value ?? '',
            hasInlineValue: token.inlineValue === true,
          },
        ]
      : [],
  );
  return { options, positionals };
}

function shapeOf({ placeholder, short }: Option<unknown>): { type: 'string' | 'boolean'; short?: string } {
  return { type: placeholder === undefined ? 'boolean' : 'string', ...(short === undefined ? {} : { short }) };
}

function findUnknown({ name, typed }: GivenOption, command: Command): string[] {
  if (command.options.some((option) => option.name === name)) return [];
  return [KNOWN_OPTIONS.has(name) ? `${typed}: not used by ${command.name}` : `${typed}: no such option`];
}

function findMisplacedValue({ name, typed, value, hasInlineValue }: GivenOption): string[] {
  const option = KNOWN_OPTIONS.get(name);
  if (option === undefined) return [];
  if (option.placeholder === undefined) return hasInlineValue ? [`${typed}: takes no value`] : [];
  return !hasInlineValue && value.startsWith('--') ? [`${typed}: expected a value after it, got ${value}`] : [];
}
