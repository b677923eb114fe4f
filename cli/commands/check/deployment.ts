import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { ListSubscriptionsByTopicCommand, SNSClient } from '@aws-sdk/client-sns';
import { readSecret } from '../../../lambda/aws/secret';
import { TenantFailure } from '../../../lambda/connection/tenant';
import { ProxyError } from '../../../lambda/proxy-error';
import type { Environment } from '../../../lib/environment/environment';
import { awsThrough } from '../../access/proxy';
import type { ResolvedTarget } from '../../target';
import type { CheckLine } from './check-line';

/** What the deployed stack of an environment lacks, as far as the AWS credentials at hand may see it. */
export async function checkDeployment(
  environment: Environment,
  { address, canonicalHost, proxy }: ResolvedTarget,
): Promise<CheckLine[]> {
  const region = environment.region === undefined ? {} : { region: environment.region };
  const config = { ...region, ...awsThrough(proxy) };
  const stackName = `ConnectionAuditor-${environment.name}`;
  let outputs: ReadonlyMap<string, string>;
  try {
    outputs = await readOutputs(new CloudFormationClient(config), stackName);
  } catch (error) {
    return [{ status: 'skip', subject: 'AWS', text: explainAws(error, `stack ${stackName}`) }];
  }
  return [
    await checkSecret(new SecretsManagerClient(config), outputs, [address.host, canonicalHost]),
    ...(await checkSubscriptions(new SNSClient(config), outputs)),
  ];
}

async function readOutputs(client: CloudFormationClient, stackName: string): Promise<ReadonlyMap<string, string>> {
  const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName: stackName }));
  return new Map(Stacks[0]?.Outputs?.map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]));
}

async function checkSecret(
  client: SecretsManagerClient,
  outputs: ReadonlyMap<string, string>,
  hosts: readonly string[],
): Promise<CheckLine> {
  try {
    await readSecret(client, outputs.get('SecretArn') ?? '', hosts);
    return { status: 'ok', subject: 'secret', text: 'filled' };
  } catch (error) {
    if (!(error instanceof TenantFailure)) throw error;
    const remedy = error.reason === 'setup_needed' ? ` Fill it: ${outputs.get('FillSecret')}` : '';
    return { status: 'fail', subject: 'secret', text: `${error.message}${remedy}` };
  }
}

async function checkSubscriptions(client: SNSClient, outputs: ReadonlyMap<string, string>): Promise<CheckLine[]> {
  const subject = 'alerts';
  try {
    const { Subscriptions = [] } = await client.send(
      new ListSubscriptionsByTopicCommand({ TopicArn: outputs.get('AlertsTopicArn') }),
    );
    if (Subscriptions.length === 0) {
      const text = 'nobody receives the alerts. Add recipients to the environment and deploy again.';
      return [{ status: 'fail', subject, text }];
    }
    return Subscriptions.map(({ Endpoint = '', Protocol = '', SubscriptionArn = '' }) =>
      SubscriptionArn.startsWith('arn:')
        ? { status: 'ok', subject, text: `${Protocol} ${Endpoint} has confirmed` }
        : {
            status: 'fail',
            subject,
            text: `${Protocol} ${Endpoint} has not confirmed; the link is in the e-mail AWS sent`,
          },
    );
  } catch (error) {
    return [{ status: 'skip', subject, text: explainAws(error, 'the subscriptions') }];
  }
}

function explainAws(error: unknown, what: string): string {
  if (error instanceof ProxyError) return `not looked at: ${error.message}`;
  const name = error instanceof Error ? error.name : 'unknown error';
  if (name === 'CredentialsProviderError') return 'not looked at: no AWS credentials at hand';
  if (/region is missing/i.test(error instanceof Error ? error.message : ''))
    return 'not looked at: no AWS region; export AWS_REGION';
  return `not looked at: ${what} could not be read (${name})`;
}
