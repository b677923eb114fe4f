import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { readSecret } from '../../../lambda/aws/secret';
import { TenantFailure } from '../../../lambda/connection/tenant';
import { fillSecretCommand } from '../../../lambda/report/commands/npm';
import { inRegionOf } from '../../access/aws-config';
import type { ResolvedTarget } from '../../target';
import { checkAlarms } from './alarm-states';
import type { CheckLine } from './check-line';
import { type AlarmReceivers, checkSubscriptions } from './subscriptions';

/** Checks the deployed stack of an environment, as far as the AWS credentials allow. */
export async function* checkDeployment(target: ResolvedTarget): AsyncGenerator<CheckLine, AlarmReceivers> {
  const { deployment, environment, address } = target;
  const { found, isOfEnvironment, secretArn } = deployment;
  const subject = 'aws';
  if (found?.kind === 'deployed') {
    yield { status: 'ok', subject, text: `stack ${found.stack.name} in ${found.stack.region}` };
  } else {
    const text = found?.text ?? `${address.host} is not the tenant of environment ${environment}`;
    yield { status: 'skip', subject, text: `not checked: ${text}` };
  }
  if (isOfEnvironment && secretArn !== undefined) yield await checkSecret(secretArn, target);
  if (found?.kind !== 'deployed') return undefined;
  const receivers = yield* checkSubscriptions(found.stack, target);
  yield* checkAlarms(target);
  return receivers;
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
