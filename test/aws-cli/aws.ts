import { openConnection } from './connection';
import { Failure, failureOf } from './failure';
import { parse } from './parse';
import { printJson } from './print-json';

/** The program behind `aws`: the stand-in for the AWS CLI, version 2. See `install-aws.ts`. */
async function main(words: readonly string[]): Promise<void> {
  if (words[0] === '--version') {
    process.stdout.write('aws-cli/2 stand-in of these tests\n');
    return;
  }
  const { service, name, operation, given } = await parse(words);
  const connection = openConnection(given, operation, process.env);
  try {
    const answer = await operation.run(given, connection);
    if (answer !== undefined) process.stdout.write(printJson(answer));
  } catch (error) {
    throw failureOf(error, service === 'logs' && name === 'tail' ? 'FilterLogEvents' : inPascalCase(name));
  }
}

function inPascalCase(name: string): string {
  return name.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());
}

// The SDK must read no file of the user.
Object.assign(process.env, {
  AWS_CONFIG_FILE: '/dev/null',
  AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
});
main(process.argv.slice(2)).catch((error: unknown) => {
  const failure = error instanceof Failure ? error : failureOf(error, 'stand-in');
  process.stderr.write(`${failure.message}\n`);
  process.exitCode = failure.exitCode;
});
