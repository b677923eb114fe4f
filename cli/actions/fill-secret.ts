import { PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { type Secret, SecretNotFilledError } from '../../lambda/aws/parse-secret';
import { readSecret } from '../../lambda/aws/secret';
import { AWS_CALL_MS, adviceAfter, causeOf, inTime } from '../../lambda/aws/time-limit';
import { TenantFailure } from '../../lambda/connection/tenant';
import { invokeCommand } from '../../lambda/report/commands/aws';
import { introduce } from '../../lambda/report/commands/command';
import { checkCommand } from '../../lambda/report/commands/npm';
import { makeVisible } from '../../lambda/report/text/harmless';
import { inRegionOf } from '../access/aws-config';
import type { CommandContext } from '../command';
import type { FillOptions } from '../commands/fill-secret';
import type { ExitCode } from '../exit-code';
import { resolveTarget } from '../target';
import { TargetError } from '../target-error';
import { askFirst } from '../terminal';
import { readGiven } from './fill-secret/given';

/** Checks the credentials before it writes them. They are not printed and not kept anywhere else. */
export async function fillSecret(options: FillOptions, context: CommandContext): Promise<ExitCode> {
  const target = await resolveTarget(options, context, { history: 'none', credentials: 'if_known' });
  const { terminal } = context;
  const { secretArn: arn, found } = target.deployment;
  if (arn === undefined) {
    const reason = found === undefined || found.kind === 'deployed' ? 'no secret is known' : found.text;
    throw new TargetError([`${reason}; deploy the environment first, or give --secret ARN`]);
  }
  const client = new SecretsManagerClient(inRegionOf(arn, target.aws));
  const hosts = [target.address.host, target.canonicalHost];
  const written = toText(await readGiven(options, { hosts, terminal }));
  const held = await findHeld(client, arn, hosts);
  if (held !== undefined) {
    const question = `${held}: ${makeVisible(arn, 200)}. Replace its content?`;
    const refusal = await askFirst(question, { yes: options.yes, nothingIs: 'written' }, terminal);
    if (refusal !== undefined) return refusal === 'declined' ? 1 : 2;
  }
  await write(client, arn, written);
  const { commands } = target;
  const lines = [
    // Not wrapped, so that the ARN can be copied.
    'Written:',
    `  ${makeVisible(arn, 200)}`,
    ...introduce(['To check the setup (changes nothing):'], checkCommand(commands)),
    ...introduce(['To start a run:'], invokeCommand(commands)),
  ];
  terminal.print(lines.join('\n'));
  return 0;
}

/** Only the fields that a run reads. */
function toText({ credentials, domain: named }: Secret): string {
  const proof =
    'privateKey' in credentials
      ? { private_key: credentials.privateKey, kid: credentials.keyId }
      : { client_secret: credentials.clientSecret };
  return JSON.stringify({ client_id: credentials.clientId, ...proof, domain: named });
}

/** Describes the current content; `undefined` if it is the placeholder. Content that cannot be read might be in use. */
async function findHeld(
  client: SecretsManagerClient,
  arn: string,
  hosts: readonly string[],
): Promise<string | undefined> {
  try {
    await readSecret(client, arn, hosts);
    return 'The secret already contains credentials';
  } catch (error) {
    if (error instanceof SecretNotFilledError) return undefined;
    if (error instanceof TenantFailure)
      return 'The secret might contain credentials, but this environment cannot read them';
    throw error;
  }
}

async function write(client: SecretsManagerClient, arn: string, written: string): Promise<void> {
  const command = new PutSecretValueCommand({ SecretId: arn, SecretString: written });
  try {
    await inTime(AWS_CALL_MS, (abortSignal) => client.send(command, { abortSignal }));
  } catch (error) {
    const advice = adviceAfter(
      error,
      'Check that the AWS credentials are allowed to write it (secretsmanager:PutSecretValue).',
    );
    throw new TargetError([`writing secret ${arn}: ${causeOf(error)}.${advice}`]);
  }
}
