import { alarmNameOf, killSwitchParameter, SECRET_PLACEHOLDER, STACK_OUTPUTS } from '../../../lambda/contract';
import type { Environment } from '../../../lib/environment/environment';
import type { SandboxOptions } from '../../../sandbox/auth0/server';
import { type AwsOptions, type AwsSandbox, startAws } from '../../../sandbox/aws/server';
import { ALERTS_ARN, FINDINGS_ARN, SECRET_ARN } from '../../aws/aws-clients';
import { whenDone } from '../../history/stores';
import { CAPS, type CommandLine, type Ended, openCommandLine, type RunOptions } from '../open-command-line';

export const REGION = 'eu-central-1';
export const STACK = 'ConnectionAuditor-sample';
export const BUCKET = 'sample-history';
export const ALARM = alarmNameOf('sample', 'run-failed');
export const SWITCH = killSwitchParameter('sample');
/** The AWS credentials of an empty shell. */
export const CREDENTIALS = { AWS_ACCESS_KEY_ID: 'made-up', AWS_SECRET_ACCESS_KEY: 'made-up' };

export const OUTPUTS = {
  [STACK_OUTPUTS.secret]: SECRET_ARN,
  [STACK_OUTPUTS.history]: `s3://${BUCKET}`,
  [STACK_OUTPUTS.alerts]: ALERTS_ARN,
  [STACK_OUTPUTS.findings]: FINDINGS_ARN,
  [STACK_OUTPUTS.function]: 'sample-function',
  [STACK_OUTPUTS.killSwitch]: SWITCH,
  [STACK_OUTPUTS.alarm]: ALARM,
};

export interface DeployedOptions {
  readonly aws?: AwsOptions;
  readonly environment?: Partial<Environment>;
  readonly sandbox?: SandboxOptions;
  /** The secret still contains the placeholder of the stack. */
  readonly isUnfilled?: boolean;
}

export interface Deployed {
  readonly cli: CommandLine;
  readonly aws: AwsSandbox;
  /** Runs a line with only AWS credentials. */
  run(line: string, options?: RunOptions): Promise<Ended>;
}

/** An environment that is deployed to the emulated AWS, in only one region. `set`: from `withoutAws`. */
export async function openDeployed(
  set: (variables: Readonly<Record<string, string>>) => void,
  options: DeployedOptions = {},
): Promise<Deployed> {
  const cli = await openCommandLine({
    isOfEnvironment: true,
    environment: { region: REGION, caps: CAPS, ...options.environment },
    ...(options.sandbox === undefined ? {} : { sandbox: options.sandbox }),
  });
  const secret = options.isUnfilled === true ? SECRET_PLACEHOLDER : JSON.stringify(cli.sandbox.credentials);
  const aws = await startAws({
    port: 0,
    region: REGION,
    stacks: { [STACK]: { outputs: OUTPUTS } },
    secrets: { [SECRET_ARN]: secret },
    topics: { [ALERTS_ARN]: [], [FINDINGS_ARN]: [] },
    buckets: [BUCKET],
    parameters: { [SWITCH]: 'allow' },
    identity: 'arn:aws:sts::000000000000:assumed-role/Admin/ann',
    ...options.aws,
  });
  whenDone(() => aws.stop());
  set({ ...CREDENTIALS, AWS_ENDPOINT_URL: aws.endpoint });
  return {
    cli,
    aws,
    run: (line, runOptions = {}) =>
      cli.run(line, {
        ...runOptions,
        variables: { AUTH0_CLIENT_ID: '', AUTH0_CLIENT_SECRET: '', ...runOptions.variables },
      }),
  };
}
