import { parseArgs } from 'node:util';
import { MODES, type Mode } from '../lambda/contract';
import { FORMATS, type Format } from './formats/formats';

/** Which tenant and which policy: an environment's, or parts of it replaced. */
export interface Target {
  readonly environment: string;
  readonly domain: string | undefined;
  readonly policyFile: string | undefined;
  /** A Secrets Manager secret that holds the credentials, instead of the environment variables. */
  readonly secretArn: string | undefined;
  readonly reservePercent: number | undefined;
}

/** What a person asked for. */
export type Command =
  | { readonly name: 'help' }
  | { readonly name: 'audit'; readonly target: Target; readonly audit: AuditWish }
  | { readonly name: 'check'; readonly target: Target }
  | { readonly name: 'undo'; readonly target: Target; readonly undo: UndoWish }
  | { readonly name: 'explain'; readonly target: Target; readonly explain: ExplainWish }
  | { readonly name: 'lint'; readonly policyFile: string | undefined; readonly strict: boolean }
  | { readonly name: 'baseline'; readonly target: Target; readonly output: string | undefined };

export interface AuditWish {
  readonly format: Format;
  readonly output: string | undefined;
  readonly mode: Mode;
  /** Writes without asking. */
  readonly yes: boolean;
  readonly maxChanges: number | undefined;
  readonly maxPercent: number | undefined;
  readonly history: string | undefined;
}

/** Which connection, by id or exact name. */
export interface ExplainWish {
  readonly connection: string;
  readonly history: string | undefined;
}

/** Either a run to undo, or a connection whose hold to release. */
export interface UndoWish {
  readonly run: string | undefined;
  readonly release: string | undefined;
  readonly yes: boolean;
  readonly history: string | undefined;
}

/** The command line cannot be understood; the message names every wrong part. */
export class UsageError extends Error {
  constructor(problems: readonly string[]) {
    super([...problems, 'npm run audit -- --help shows what there is.'].join('\n'));
    this.name = 'UsageError';
  }
}

const TARGET_OPTIONS = ['environment', 'domain', 'policy', 'secret', 'rate-reserve'] as const;
const OPTIONS_OF = {
  audit: [...TARGET_OPTIONS, 'format', 'output', 'mode', 'yes', 'max-changes', 'max-percent', 'history'],
  check: [...TARGET_OPTIONS],
  undo: [...TARGET_OPTIONS, 'run', 'release', 'yes', 'history'],
  explain: [...TARGET_OPTIONS, 'connection', 'history'],
  lint: ['policy', 'strict'],
  baseline: [...TARGET_OPTIONS, 'output'],
} as const;
type CommandName = keyof typeof OPTIONS_OF;

const TEXT = { type: 'string' } as const;
const OPTIONS = {
  environment: TEXT,
  domain: TEXT,
  policy: TEXT,
  secret: TEXT,
  'rate-reserve': TEXT,
  format: TEXT,
  output: TEXT,
  mode: TEXT,
  'max-changes': TEXT,
  'max-percent': TEXT,
  history: TEXT,
  run: TEXT,
  release: TEXT,
  connection: TEXT,
  strict: { type: 'boolean' },
  yes: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

const SWITCHES = new Set(Object.entries(OPTIONS).flatMap(([name, { type }]) => (type === 'boolean' ? [name] : [])));

/** Reads the words after `npm run audit --`. Throws `UsageError`. */
export function parseArguments(words: readonly string[]): Command {
  const { values, positionals, tokens } = parseArgs({
    args: [...words],
    options: OPTIONS,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  if (values.help === true) return { name: 'help' };

  const name = nameOf(positionals[0] ?? 'audit');
  const problems: string[] = [
    ...positionals
      .slice(name === undefined ? 0 : 1)
      .map((word) => `'${word}': no such command; known are ${COMMAND_NAMES.join(', ')}`),
    ...tokens.flatMap((token) => (token.kind === 'option' ? optionProblems(token, name) : [])),
    ...tokens.flatMap((token) =>
      token.kind === 'option' && token.inlineValue === true && SWITCHES.has(token.name)
        ? [`${token.rawName}: takes no value`]
        : [],
    ),
    ...tokens.flatMap((token) =>
      token.kind === 'option' && token.inlineValue === false && token.value.startsWith('--')
        ? [`${token.rawName}: expected a value after it, got ${token.value}`]
        : [],
    ),
  ];
  const read = createReader(values, problems);
  const target = {
    environment: read.text('environment') ?? 'dev',
    domain: read.text('domain'),
    policyFile: read.text('policy'),
    secretArn: read.text('secret'),
    reservePercent: read.wholeNumber('rate-reserve', 90),
  };
  const audit = {
    format: read.oneOf('format', FORMATS),
    output: read.text('output'),
    mode: read.oneOf('mode', MODES),
    yes: values.yes === true,
    maxChanges: read.wholeNumber('max-changes', 100_000),
    maxPercent: read.wholeNumber('max-percent', 100),
    history: read.text('history'),
  };
  const undo = {
    run: read.text('run'),
    release: read.text('release'),
    yes: values.yes === true,
    history: audit.history,
  };
  if (name === 'undo' && (undo.run === undefined) === (undo.release === undefined)) {
    problems.push('undo: give either --run RUN_ID or --release CONNECTION_ID');
  }
  const connection = read.text('connection');
  if (name === 'explain' && connection === undefined) problems.push('explain: give --connection NAME_OR_ID');
  if (problems.length > 0 || name === undefined) throw new UsageError(problems);
  switch (name) {
    case 'audit':
      return { name, target, audit };
    case 'check':
      return { name, target };
    case 'undo':
      return { name, target, undo };
    case 'explain':
      return { name, target, explain: { connection: connection ?? '', history: audit.history } };
    case 'lint':
      return { name, policyFile: target.policyFile, strict: values.strict === true };
    case 'baseline':
      return { name, target, output: audit.output };
  }
}

const COMMAND_NAMES = [
  'audit',
  'check',
  'explain',
  'lint',
  'baseline',
  'undo',
] as const satisfies readonly CommandName[];

function nameOf(word: string): CommandName | undefined {
  return COMMAND_NAMES.find((name) => name === word);
}

function optionProblems(
  { name, rawName }: { name: string; rawName: string },
  command: CommandName = 'audit',
): string[] {
  if (!Object.hasOwn(OPTIONS, name)) return [`${rawName}: no such option`];
  return OPTIONS_OF[command].some((known) => known === name) ? [] : [`${rawName}: not used by ${command}`];
}

/** `a, b or c` */
function listOf(known: readonly string[]): string {
  return [known.slice(0, -1).join(', '), known.at(-1)].filter((part) => part).join(' or ');
}

type Values = Readonly<Record<string, string | boolean | undefined>>;

/** Reads options one by one and collects what is wrong with them. */
function createReader(values: Values, problems: string[]) {
  const text = (name: string): string | undefined => {
    const value = values[name];
    if (value === undefined) return undefined;
    if (typeof value === 'string' && value !== '') return value;
    problems.push(`--${name}: expected a value after it`);
    return undefined;
  };
  return {
    text,
    wholeNumber(name: string, most: number): number | undefined {
      const value = text(name);
      if (value === undefined) return undefined;
      if (!/^\d{1,6}$/.test(value) || Number(value) > most) {
        problems.push(`--${name}: expected a whole number from 0 to ${most}, got '${value}'`);
      }
      return Number(value);
    },
    /** The first one is the default. */
    oneOf<T extends string>(name: string, known: readonly [T, ...T[]]): T {
      const value = text(name);
      const found = known.find((one) => one === value);
      if (value !== undefined && found === undefined) {
        problems.push(`--${name}: expected ${listOf(known)}, got '${value}'`);
      }
      return found ?? known[0];
    },
  };
}
