import { parseArgs } from 'node:util';

/** What a person asked for. */
export type Command =
  | { readonly name: 'help' }
  | (Target & { readonly name: 'audit'; readonly format: Format; readonly output: string | undefined })
  | (Target & { readonly name: 'check' });

/** Which tenant and which policy: an environment's, or parts of it replaced. */
export interface Target {
  readonly environment: string;
  readonly domain: string | undefined;
  readonly policyFile: string | undefined;
}

export const FORMATS = ['table', 'json'] as const;
export type Format = (typeof FORMATS)[number];

/** The command line cannot be understood; the message names every wrong part. */
export class UsageError extends Error {
  constructor(problems: readonly string[]) {
    super([...problems, 'npm run audit -- --help shows what there is.'].join('\n'));
    this.name = 'UsageError';
  }
}

export const USAGE = `Audits every connection of an Auth0 tenant; changes nothing.

  npm run audit -- [--environment NAME] [--domain DOMAIN] [--policy FILE.json]
                   [--format ${FORMATS.join('|')}] [--output FILE]
  npm run audit -- check [--environment NAME] [--domain DOMAIN]

  --environment  whose domain and policy to use (default: dev)
  --domain       another tenant, host or host:port, always over https
  --policy       another policy, as JSON
  --output       writes the report there instead of the terminal
  check          audits nothing; says what is set up and what is missing

Credentials of the machine-to-machine application come from AUTH0_CLIENT_ID
and AUTH0_CLIENT_SECRET. Exit code: 0 nothing remains, 1 findings remain,
2 not complete, something could not be judged, or wrong usage.`;

const COMMANDS = ['check'] as const;
const OPTIONS = {
  environment: { type: 'string' },
  domain: { type: 'string' },
  policy: { type: 'string' },
  format: { type: 'string' },
  output: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;
const AUDIT_ONLY = ['policy', 'format', 'output'] as const;

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

  const [command] = positionals;
  const format = FORMATS.find((known) => known === (values.format ?? 'table'));
  const problems = [
    ...tokens.flatMap((token) =>
      token.kind === 'option' && !Object.hasOwn(OPTIONS, token.name) ? [`${token.rawName}: no such option`] : [],
    ),
    ...Object.keys(OPTIONS).flatMap((name) =>
      values[name] === true || values[name] === '' ? [`--${name}: expected a value after it`] : [],
    ),
    ...positionals
      .filter((word, index) => index > 0 || !COMMANDS.some((known) => known === word))
      .map((word) => `'${word}': no such command; known are ${COMMANDS.join(', ')}`),
    ...(format === undefined ? [`--format: expected ${FORMATS.join(' or ')}, got '${values.format}'`] : []),
    ...AUDIT_ONLY.flatMap((name) =>
      command === 'check' && values[name] !== undefined ? [`--${name}: not used by check`] : [],
    ),
  ];
  if (problems.length > 0 || format === undefined) throw new UsageError(problems);

  const target = {
    environment: textOf(values.environment) ?? 'dev',
    domain: textOf(values.domain),
    policyFile: textOf(values.policy),
  };
  return command === 'check'
    ? { name: 'check', ...target }
    : { name: 'audit', ...target, format, output: textOf(values.output) };
}

function textOf(value: string | boolean | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
