import type { SSMClient, SSMClientConfig } from '@aws-sdk/client-ssm';
import type { WriteSwitch } from '../contract';
import { AWS_CALL_MS, inTime } from './time-limit';

/**
 * Reads from a parameter whether writes are allowed. Only the text `allow` is `allow`; any other text is `stop`. A
 * missing parameter, a refusal, a throttled answer and no answer before the time limit are `unreadable`. Never throws.
 */
export function createKillSwitch(
  parameterName: string,
  config: SSMClientConfig = {},
): (limitMs?: number) => Promise<WriteSwitch> {
  let client: SSMClient | undefined;
  async function connect() {
    const sdk = await import('@aws-sdk/client-ssm');
    client ??= new sdk.SSMClient(config);
    return { client, sdk };
  }

  return async (limitMs = AWS_CALL_MS) => {
    try {
      const { client, sdk } = await connect();
      const command = new sdk.GetParameterCommand({ Name: parameterName });
      const { Parameter } = await inTime(limitMs, (abortSignal) => client.send(command, { abortSignal }));
      if (typeof Parameter?.Value !== 'string') return 'unreadable';
      return Parameter.Value.trim() === 'allow' ? 'allow' : 'stop';
    } catch {
      return 'unreadable';
    }
  };
}
