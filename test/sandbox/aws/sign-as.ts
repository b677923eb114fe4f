import type { AwsSandbox } from '../../../sandbox/aws/server';

/** The configuration of a real client for the sandbox, signed for a region. */
export function signAs(region: string, { endpoint }: AwsSandbox) {
  const credentials = { accessKeyId: 'made-up', secretAccessKey: 'made-up' };
  return { endpoint, region, credentials, maxAttempts: 1 };
}

/** The name of an error that a client throws, for `catch` of a promise. */
export function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'no error';
}
