import type { Given } from './given';

/**
 * The kind of an option's value. `text` and `blob` can be `file://PATH`, `blob` can also be `fileb://PATH`; any other blob
 * is base64 (docs.aws.amazon.com/cli/latest/userguide/cli-usage-parameters-file.html). `flag` is a boolean member of an
 * API, with `--no-NAME` for false. A `switch` has no value and no `--no-NAME`. `word` is used unchanged.
 */
export type OptionKind = 'text' | 'word' | 'number' | 'flag' | 'switch' | 'list' | 'blob';

export interface Option {
  readonly kind: OptionKind;
  readonly isRequired?: true;
  /** The values that the CLI itself accepts. The service checks the values of an API. */
  readonly choices?: readonly string[];
}

/** Endpoint, region and credentials of a call, for the clients of the SDK. */
export interface Connection {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  /** Timeouts in milliseconds; 0 means no timeout. */
  readonly requestHandler: { readonly requestTimeout: number; readonly connectionTimeout: number };
}

/** One command of the CLI: its options, and its call. */
export interface Operation {
  /** All options in this stand-in, by name in kebab case, without the leading hyphens. The CLI can have more options. */
  readonly options: { readonly [name: string]: Option };
  /** Positional arguments, in order. All are required. */
  readonly positional?: readonly string[];
  /** Set if version 1 of the CLI does not have the command. */
  readonly isNewInVersion2?: true;
  /** For S3 only: without a region, the CLI uses us-east-1 (seen with version 1.45; *unconfirmed* for version 2). */
  readonly needsNoRegion?: true;
  /** Returns the answer that is printed as JSON; undefined if nothing is printed. */
  run(given: Given, connection: Connection): Promise<object | undefined>;
}

/** The commands of one service, by name. */
export interface Service {
  readonly [operation: string]: Operation;
}

export const TEXT = { kind: 'text' } satisfies Option;
export const NEEDED = { kind: 'text', isRequired: true } satisfies Option;
export const LIST = { kind: 'list' } satisfies Option;
export const FLAG = { kind: 'flag' } satisfies Option;
export const SWITCH = { kind: 'switch' } satisfies Option;

/** Options of every command (docs.aws.amazon.com/cli/latest/reference/#options), as far as the stand-in supports them. */
export const GLOBAL_OPTIONS = {
  region: { kind: 'word' },
  output: { kind: 'word', choices: ['json'] },
  'cli-read-timeout': { kind: 'number' },
  'cli-connect-timeout': { kind: 'number' },
  'cli-binary-format': { kind: 'word', choices: ['base64', 'raw-in-base64-out'] },
  'no-cli-pager': SWITCH,
} satisfies { readonly [name: string]: Option };
