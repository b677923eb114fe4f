import type { SSMClient } from '@aws-sdk/client-ssm';

/**
 * Asks a parameter whether writes are allowed. Only the text `allow` is a yes: `stop`, a missing parameter, a refusal, a
 * throttled answer and anything else all mean no. Never throws.
 */
export function createKillSwitch(parameterName: string): () => Promise<boolean> {
  let client: SSMClient | undefined;
  return async () => {
    try {
      const { GetParameterCommand, SSMClient } = await import('@aws-sdk/client-ssm');
      client ??= new SSMClient();
      const { Parameter } = await client.send(new GetParameterCommand({ Name: parameterName }));
      return Parameter?.Value?.trim() === 'allow';
    } catch {
      return false;
    }
  };
}
