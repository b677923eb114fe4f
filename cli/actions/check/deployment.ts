import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { paginateListSubscriptionsByTopic, SNSClient } from '@aws-sdk/client-sns';
import { readSecret } from '../../../lambda/aws/secret';
import { TenantFailure } from '../../../lambda/connection/tenant';
import { fillSecretCommand } from '../../../lambda/report/commands/npm';
import { inRegionOf } from '../../access/aws-config';
import { type DeployedStack, explainAws } from '../../deployed/stack';
import type { ResolvedTarget } from '../../target';
import type { CheckLine } from './check-line';

/** What the deployed stack of an environment lacks, as far as the AWS credentials at hand may see it. */
export async function* checkDeployment(target: ResolvedTarget): AsyncGenerator<CheckLine> {
  const { deployment, environment, address } = target;
  const { found, isOfEnvironment, secretArn } = deployment;
  const subject = 'aws';
  if (found?.kind === 'deployed') {
    yield { status: 'ok', subject, text: `stack ${found.stack.name} in ${found.stack.region}` };
  } else {
    const text = found?.text ?? `${address.host} is not the tenant of environment ${environment}`;
    yield { status: 'skip', subject, text: `not looked at: ${text}` };
  }
  if (isOfEnvironment && secretArn !== undefined) yield await checkSecret(secretArn, target);
  if (found?.kind === 'deployed') yield* checkSubscriptions(found.stack, target);
}

async function checkSecret(secretArn: string, target: ResolvedTarget): Promise<CheckLine> {
  const { address, canonicalHost, aws, commands } = target;
  const subject = 'secret';
  const client = new SecretsManagerClient(inRegionOf(secretArn, aws));
  try {
    await readSecret(client, secretArn, [address.host, canonicalHost]);
    return { status: 'ok', subject, text: 'filled' };
  } catch (error) {
    if (!(error instanceof TenantFailure)) throw error;
    const command = error.reason === 'setup_needed' ? fillSecretCommand(commands) : undefined;
    const text = command === undefined ? error.message : `${error.message} To fill it:`;
    return { status: 'fail', subject, text, command };
  }
}

async function* checkSubscriptions(
  { alertsTopicArn }: DeployedStack,
  { aws }: ResolvedTarget,
): AsyncGenerator<CheckLine> {
  const subject = 'alerts';
  if (alertsTopicArn === undefined) {
    yield { status: 'skip', subject, text: 'not looked at: the stack names no topic' };
    return;
  }
  try {
    const client = new SNSClient(inRegionOf(alertsTopicArn, aws));
    let isAnybodyThere = false;
    for await (const { Subscriptions = [] } of paginateListSubscriptionsByTopic(
      { client },
      { TopicArn: alertsTopicArn },
    )) {
      for (const { Endpoint = '', Protocol = '', SubscriptionArn = '' } of Subscriptions) {
        isAnybodyThere = true;
        yield SubscriptionArn.startsWith('arn:')
          ? { status: 'ok', subject, text: `${Protocol} ${Endpoint} has confirmed` }
          : {
              status: 'fail',
              subject,
              text: `${Protocol} ${Endpoint} has not confirmed; the link is in the e-mail AWS sent`,
            };
      }
    }
    if (isAnybodyThere) return;
    const text = 'nobody receives the alerts. Add recipients to the environment and deploy again.';
    yield { status: 'fail', subject, text };
  } catch (error) {
    yield { status: 'skip', subject, text: `not looked at: ${explainAws(error, 'the subscriptions')}` };
  }
}
