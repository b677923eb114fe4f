import type { AwsSandbox } from '../../../sandbox/aws/server';

/** What a real client needs to speak to the sandbox, signed for a region. */
export function signAs(region: string, { endpoint }: AwsSandbox) {
  const credentials = { accessKeyId: 'made-up', secretAccessKey: 'made-up' };
  return { endpoint, region, credentials, maxAttempts: 1 };
}

/** The name of an error that a client throws, for a promise's `catch`. */
export function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'no error';
}
