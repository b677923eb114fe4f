import * as z from 'zod';

const rawError = z.object({
  errorCode: z.string().optional().catch(undefined),
  error: z.string().optional().catch(undefined),
  message: z.string().optional().catch(undefined),
  error_description: z.string().optional().catch(undefined),
});

/** Auth0's own words: `message` of the Management API, `error_description` of the token endpoint. Not yet redacted. */
export function readErrorBody(body: unknown): { code: string | undefined; words: string | undefined } {
  const { errorCode, error, message, error_description } = rawError.safeParse(body).data ?? {};
  return { code: (errorCode ?? error)?.slice(0, 100), words: message ?? error_description };
}
