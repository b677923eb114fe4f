import { AWS_CALL_MS, inTime } from '../../lambda/aws/time-limit';
import type { AwsConfig } from '../access/aws-config';

/** The identity that AWS reports for the credentials. */
export interface Caller {
  readonly arn: string;
  readonly account: string;
}

/** `undefined` after any failure. The SDK is loaded on demand, because most commands do not need it. */
export async function readCaller(aws: AwsConfig, limitMs = AWS_CALL_MS): Promise<Caller | undefined> {
  try {
    const { GetCallerIdentityCommand, STSClient } = await import('@aws-sdk/client-sts');
    const client = new STSClient(aws);
    const command = new GetCallerIdentityCommand();
    const { Arn = '', Account = '' } = await inTime(limitMs, (abortSignal) => client.send(command, { abortSignal }));
    return { arn: Arn, account: Account };
  } catch {
    return undefined;
  }
}
