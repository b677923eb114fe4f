import type { Given } from './given';

/**
 * What an option takes. `text` and `blob` may be `file://PATH`, `blob` may be `fileb://PATH`; a blob that is no file is
 * base64 (docs.aws.amazon.com/cli/latest/userguide/cli-usage-parameters-file.html). `flag` is
 * a member of an API that is true or false, `--no-NAME`; a `switch` is only ever there or not. `word` is taken as it stands.
 */
export type OptionKind = 'text' | 'word' | 'number' | 'flag' | 'switch' | 'list' | 'blob';

export interface Option {
  readonly kind: OptionKind;
  readonly isRequired?: true;
  /** The values that the CLI itself accepts; those of an API it leaves to the service. */
  readonly choices?: readonly string[];
}

/** Where a call goes, as whom. For the clients of the SDK. */
export interface Connection {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  /** In milliseconds; 0: none. */
  readonly requestHandler: { readonly requestTimeout: number; readonly connectionTimeout: number };
}

/** One command of the CLI: what it takes, and the call that it makes. */
export interface Operation {
  /** All that it takes in this stand-in, by name in kebab case, without the hyphens. The CLI may know more. */
  readonly options: { readonly [name: string]: Option };
  /** Words without a name, in order; all are required. */
  readonly positional?: readonly string[];
  /** Where version 1 of the CLI has no such command. */
  readonly isNewInVersion2?: true;
  /** S3 alone: without a region it asks in us-east-1 (seen with version 1.45; *unconfirmed* for version 2). */
  readonly needsNoRegion?: true;
  /** Gives what is printed as JSON; undefined where nothing is. */
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

/** Options of every command (docs.aws.amazon.com/cli/latest/reference/#options), as far as the stand-in follows them. */
export const GLOBAL_OPTIONS = {
  region: { kind: 'word' },
  output: { kind: 'word', choices: ['json'] },
  'cli-read-timeout': { kind: 'number' },
  'cli-connect-timeout': { kind: 'number' },
  'cli-binary-format': { kind: 'word', choices: ['base64', 'raw-in-base64-out'] },
  'no-cli-pager': SWITCH,
} satisfies { readonly [name: string]: Option };
