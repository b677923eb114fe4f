import { AWS_CALL_MS, causeOf, inTime, isWithoutRegion } from '../../lambda/aws/time-limit';
import { STACK_OUTPUTS } from '../../lambda/contract';
import { ProxyError } from '../../lambda/proxy-error';
import type { AwsConfig } from '../access/aws-config';
import { readCaller } from './caller';

/** The parts of an environment's stack that commands use. A missing output is `undefined`. */
export interface DeployedStack {
  readonly name: string;
  readonly region: string;
  readonly secretArn: string | undefined;
  /** `s3://BUCKET` */
  readonly history: string | undefined;
  readonly alertsTopicArn: string | undefined;
  /** Equal to `alertsTopicArn` if alarms use the topic of the alerts. */
  readonly alarmsTopicArn: string | undefined;
  readonly functionName: string | undefined;
  readonly killSwitch: string | undefined;
  /** The name of the alarm on failed runs, which a test alarm uses. */
  readonly alarmName: string | undefined;
}

/** `text`: why no stack can be used, as the end of a sentence. */
export type FoundStack =
  | { readonly kind: 'deployed'; readonly stack: DeployedStack }
  | { readonly kind: 'not_deployed'; readonly text: string }
  | { readonly kind: 'unknown'; readonly text: string };

interface Wanted {
  readonly environment: string;
  readonly stackName: string;
  /** The account that the environment names, if it names one. */
  readonly account: string | undefined;
}

/** Finds the stack of an environment by its name and reads its outputs. Never throws. */
export async function findStack(wanted: Wanted, aws: AwsConfig): Promise<FoundStack> {
  try {
    return await describe(wanted, aws);
  } catch (error) {
    return { kind: 'unknown', text: explainAws(error, `stack ${wanted.stackName}`) };
  }
}

/** The SDK is loaded on demand, because a run on another tenant needs no stack. */
async function describe(wanted: Wanted, aws: AwsConfig): Promise<FoundStack> {
  const { stackName } = wanted;
  const { CloudFormationClient, DescribeStacksCommand } = await import('@aws-sdk/client-cloudformation');
  const client = new CloudFormationClient(aws);
  const region = await client.config.region();
  const command = new DescribeStacksCommand({ StackName: stackName });
  try {
    const { Stacks = [] } = await inTime(AWS_CALL_MS, (abortSignal) => client.send(command, { abortSignal }));
    const { Outputs = [], StackId = '', StackStatus = 'unknown' } = Stacks[0] ?? {};
    const account = StackId.split(':')[4] ?? '';
    if (isOther(account, wanted)) return otherAccount(wanted, account);
    const outputs = new Map(Outputs.map(({ OutputKey = '', OutputValue }) => [OutputKey, OutputValue]));
    if (outputs.size === 0) {
      return {
        kind: 'unknown',
        text: `stack ${stackName} ${where(region, account)} is ${StackStatus} and has no outputs`,
      };
    }
    return { kind: 'deployed', stack: readOutputs(outputs, { name: stackName, region }) };
  } catch (error) {
    // CloudFormation API reference, DescribeStacks: "If the stack doesn't exist, a ValidationError is returned."
    if (!(error instanceof Error && error.name === 'ValidationError' && /does not exist/.test(error.message)))
      throw error;
    const { account = '' } = (await readCaller(aws)) ?? {};
    if (isOther(account, wanted)) return otherAccount(wanted, account);
    return notDeployed(wanted, `${where(region, account)}: there is no stack ${stackName}`);
  }
}

function readOutputs(
  outputs: ReadonlyMap<string, string | undefined>,
  { name, region }: { readonly name: string; readonly region: string },
): DeployedStack {
  return {
    name,
    region,
    secretArn: outputs.get(STACK_OUTPUTS.secret),
    history: outputs.get(STACK_OUTPUTS.history),
    alertsTopicArn: outputs.get(STACK_OUTPUTS.alerts),
    alarmsTopicArn: outputs.get(STACK_OUTPUTS.alarms) ?? outputs.get(STACK_OUTPUTS.alerts),
    functionName: outputs.get(STACK_OUTPUTS.function),
    killSwitch: outputs.get(STACK_OUTPUTS.killSwitch),
    alarmName: outputs.get(STACK_OUTPUTS.alarm),
  };
}

function where(region: string, account: string): string {
  return `in ${region}${account === '' ? '' : ` of account ${account}`}`;
}

function notDeployed({ environment }: Wanted, found: string): FoundStack {
  return { kind: 'not_deployed', text: `environment ${environment} is not deployed ${found}` };
}

function isOther(account: string, { account: wanted }: Wanted): boolean {
  return wanted !== undefined && account !== '' && account !== wanted;
}

/** The stack might exist in the account of the environment. */
function otherAccount({ environment, account }: Wanted, found: string): FoundStack {
  const text = `the AWS credentials belong to account ${found}, but environment ${environment} is in account ${account}`;
  return { kind: 'unknown', text };
}

/** Why a request to AWS failed. Does not quote the AWS error, because its content is unknown. */
export function explainAws(error: unknown, what: string): string {
  if (error instanceof ProxyError) return error.message.replace(/\.$/, '');
  // Also if the profile of the environment, or that of AWS_PROFILE, does not exist on this machine.
  if (error instanceof Error && error.name === 'CredentialsProviderError') {
    return 'there are no AWS credentials, or the profile (awsProfile, AWS_PROFILE) does not exist on this machine';
  }
  if (isWithoutRegion(error)) return causeOf(error);
  return `${what} could not be read (${causeOf(error)})`;
}
