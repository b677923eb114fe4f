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
import { defineCommand } from '../command';
import { TARGET_OPTIONS, YES } from '../command-options';
import type { ExitCode } from '../exit-code';
import { text, type ValuesOf } from '../option';
import { type ResolvedTarget, resolveTarget, TargetError } from '../target';
import { askFirst, type Terminal } from '../terminal';
import { readGiven } from './fill-secret/given';

const OPTIONS = {
  ...TARGET_OPTIONS,
  secretArn: { ...TARGET_OPTIONS.secretArn, help: "Secrets Manager secret to fill (default: the environment's)" },
  privateKey: text({
    name: 'private-key',
    placeholder: 'FILE',
    help: 'file with the private key (PEM) in place of a client secret',
  }),
  keyId: text({ name: 'key-id', placeholder: 'KID', help: 'with --private-key: the id of the key at Auth0' }),
  yes: YES,
} as const;
type FillOptions = ValuesOf<typeof OPTIONS>;

export const fillSecretCommand = defineCommand({
  name: 'fill-secret',
  summary: 'Asks for the credentials of the Auth0 application and writes them to its secret',
  options: OPTIONS,
  example: 'fill-secret --environment dev',
  exitCodes: {
    0: 'secret written',
    1: 'not confirmed; nothing was written',
    2: 'secret not written, or wrong usage',
  },
  run: async (options, { environments, terminal }) => {
    const target = await resolveTarget(
      options,
      { environments, terminal },
      { history: 'none', credentials: 'if_known' },
    );
    return fillSecret(target, options, terminal);
  },
});

/** Checks the credentials before it writes them. Nothing of them is shown or kept elsewhere. */
async function fillSecret(target: ResolvedTarget, options: FillOptions, terminal: Terminal): Promise<ExitCode> {
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
    const question = `${held}: ${makeVisible(arn, 200)}. Replace what is there?`;
    const refusal = await askFirst(question, { yes: options.yes, nothingIs: 'written' }, terminal);
    if (refusal !== undefined) return refusal === 'declined' ? 1 : 2;
  }
  await write(client, arn, written);
  const { commands } = target;
  const lines = [
    // In one piece, to be copied.
    'Written:',
    `  ${makeVisible(arn, 200)}`,
    ...introduce(['To see whether everything is in place (changes nothing):'], checkCommand(commands)),
    ...introduce(['To run it:'], invokeCommand(commands)),
  ];
  terminal.print(lines.join('\n'));
  return 0;
}

/** The fields alone, as a run reads them. */
function toText({ credentials, domain: named }: Secret): string {
  const proof =
    'privateKey' in credentials
      ? { private_key: credentials.privateKey, kid: credentials.keyId }
      : { client_secret: credentials.clientSecret };
  return JSON.stringify({ client_id: credentials.clientId, ...proof, domain: named });
}

/** What is there to lose, in words; `undefined` where that is the placeholder. What cannot be read may be in use. */
async function findHeld(
  client: SecretsManagerClient,
  arn: string,
  hosts: readonly string[],
): Promise<string | undefined> {
  try {
    await readSecret(client, arn, hosts);
    return 'The secret holds credentials already';
  } catch (error) {
    if (error instanceof SecretNotFilledError) return undefined;
    if (error instanceof TenantFailure) return 'The secret may hold credentials; this environment cannot read them';
    throw error;
  }
}

async function write(client: SecretsManagerClient, arn: string, written: string): Promise<void> {
  const command = new PutSecretValueCommand({ SecretId: arn, SecretString: written });
  try {
    await inTime(AWS_CALL_MS, (abortSignal) => client.send(command, { abortSignal }));
  } catch (error) {
    const advice = adviceAfter(error, 'Check that the AWS credentials may write it (secretsmanager:PutSecretValue).');
    throw new TargetError([`writing secret ${arn}: ${causeOf(error)}.${advice}`]);
  }
}
