import type { SSMClient } from '@aws-sdk/client-ssm';

/** For all attempts together: a run waits for this answer, and without it goes on without writing. */
const TIMEOUT_MS = 5_000;

/**
 * Asks a parameter whether writes are allowed. Only the text `allow` is a yes: `stop`, a missing parameter, a refusal, a
 * throttled answer, none in time and anything else all mean no. Never throws.
 */
export function createKillSwitch(parameterName: string, timeoutMs = TIMEOUT_MS): () => Promise<boolean> {
  let client: SSMClient | undefined;
  return async () => {
    try {
      const { GetParameterCommand, SSMClient } = await import('@aws-sdk/client-ssm');
      client ??= new SSMClient();
      const { Parameter } = await client.send(new GetParameterCommand({ Name: parameterName }), {
        abortSignal: AbortSignal.timeout(timeoutMs),
      });
      return Parameter?.Value?.trim() === 'allow';
    } catch {
      return false;
    }
  };
}
