/**
 * The return codes of version 2: docs.aws.amazon.com/cli/latest/userguide/cli-usage-returncodes.html. `service` is an error
 * that AWS returned; `general` is any other.
 */
export const EXIT_CODES = { transfer: 1, usage: 252, configuration: 253, service: 254, general: 255 } as const;

/** The failure of a command line: its message on stderr and its exit code. */
export class Failure extends Error {
  readonly exitCode: number;

  constructor(kind: keyof typeof EXIT_CODES, message: string) {
    super(message);
    this.exitCode = EXIT_CODES[kind];
  }
}

/** A usage message like that of the CLI's parser (github.com/aws/aws-cli, branch v2, awscli/argparser.py). */
export function usageFailure(problem: string): Failure {
  return new Failure(
    'usage',
    [
      '',
      'usage: aws [options] <command> <subcommand> [<subcommand> ...] [parameters]',
      'To see help text, you can run:',
      '',
      '  aws help',
      '  aws <command> help',
      '  aws <command> <subcommand> help',
      '',
      problem,
    ].join('\n'),
  );
}

/** Converts an error of an SDK client into a failure of the CLI. */
export function failureOf(error: unknown, operation: string): Failure {
  if (error instanceof Failure) return error;
  const code = codeOf(error);
  const message = error instanceof Error ? error.message : String(error);
  if (code === undefined) return new Failure('general', `\n${message}`);
  return new Failure('service', `\nAn error occurred (${code}) when calling the ${operation} operation: ${message}`);
}

/** The error code as the service wrote it, because the SDK can use a name with another ending. Undefined if no service answered. */
export function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('$metadata' in error)) return undefined;
  const { httpStatusCode } = Object(error.$metadata);
  if (httpStatusCode === undefined) return undefined;
  const { Code: code, Error: inner } = Object(error);
  return String(Object(inner).Code ?? code ?? error.name);
}
