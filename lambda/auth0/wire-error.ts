import * as z from 'zod';
import type { Refusal } from '../connection/tenant';

const rawError = z.object({
  statusCode: z.int().optional().catch(undefined),
  errorCode: z.string().optional().catch(undefined),
  error: z.string().optional().catch(undefined),
  message: z.string().optional().catch(undefined),
  error_description: z.string().optional().catch(undefined),
});

/** What an error body says. Not yet redacted. */
export interface ErrorBody {
  readonly code: string | undefined;
  /** Auth0's own words: `message` of the Management API, `error_description` of the token endpoint. */
  readonly words: string | undefined;
  /** It is the Management API's own envelope and repeats the status; a proxy in between writes another. */
  readonly isEnvelope: boolean;
  readonly concerns: Refusal['concerns'];
}

export function readErrorBody(body: unknown, status: number): ErrorBody {
  const { statusCode, errorCode, error, message, error_description } = rawError.safeParse(body).data ?? {};
  return {
    code: (errorCode ?? error)?.slice(0, 100),
    words: message ?? error_description,
    isEnvelope: statusCode === status && error !== undefined && message !== undefined,
    concerns: concernOf(status, message),
  };
}

/**
 * A missing scope (403 `insufficient_scope`), an entitlement (403 `insufficient_entitlement`) and the plan (400) hold for
 * every connection of the tenant (Management API reference, PATCH /api/v2/connections/{id}; the words of the plan stand
 * there). Decided before the words are masked.
 */
function concernOf(status: number, message: string | undefined): Refusal['concerns'] {
  if (status === 403 || message?.startsWith('Your account is not allowed to set') === true) return 'tenant';
  return status === 400 ? 'connection' : 'unknown';
}
