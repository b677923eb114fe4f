import os from 'node:os';
import { AWS_CALL_MS, inTime } from '../lambda/aws/time-limit';
import { UNSEEN } from '../lambda/connection/escape-character';
import { awsThrough, type HttpsProxy } from './access/proxy';

const LONGEST = 200;

/**
 * Who acts, in at most 200 characters that can be seen: with AWS the ARN of the caller, else the user and the host of the
 * operating system. Never throws.
 */
export async function describeActor(useAws: boolean, limitMs = AWS_CALL_MS, proxy?: HttpsProxy): Promise<string> {
  const arn = useAws ? await readCallerArn(limitMs, proxy) : '';
  return arn || describeUser();
}

/** Empty after any failure. The SDK is loaded on demand, since most commands do not need it. */
async function readCallerArn(limitMs: number, proxy: HttpsProxy | undefined): Promise<string> {
  try {
    const { GetCallerIdentityCommand, STSClient } = await import('@aws-sdk/client-sts');
    const client = new STSClient(awsThrough(proxy));
    const command = new GetCallerIdentityCommand();
    const { Arn = '' } = await inTime(limitMs, (abortSignal) => client.send(command, { abortSignal }));
    return clean(Arn);
  } catch {
    return '';
  }
}

function describeUser(): string {
  // Node.js documentation, os.userInfo: "Throws a SystemError if a user has no username or homedir".
  const user = nameFrom(() => os.userInfo().username, 'unknown user');
  return clean(`${user} on ${nameFrom(os.hostname, 'unknown host')}`);
}

function nameFrom(ask: () => string, otherwise: string): string {
  try {
    return clean(ask()) || otherwise;
  } catch {
    return otherwise;
  }
}

function clean(text: string): string {
  return Array.from(text.slice(0, LONGEST))
    .filter((character) => !UNSEEN.test(character))
    .join('')
    .trim();
}
