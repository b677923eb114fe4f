import os from 'node:os';
import { AWS_CALL_MS } from '../../lambda/aws/time-limit';
import { UNSEEN } from '../../lambda/connection/escape-character';
import { readCaller } from '../deployed/caller';
import type { AwsConfig } from './aws-config';

const LONGEST = 200;

/**
 * The identity of the operator, in at most 200 visible characters: with AWS the ARN of the caller, otherwise the user and
 * the host of the operating system. Never throws.
 */
export async function describeActor(aws: AwsConfig | undefined, limitMs = AWS_CALL_MS): Promise<string> {
  const caller = aws === undefined ? undefined : await readCaller(aws, limitMs);
  return clean(caller?.arn ?? '') || describeUser();
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
