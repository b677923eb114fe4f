import * as z from 'zod';
import type { Refusal } from '../connection/tenant';

const rawError = z.object({
  statusCode: z.int().optional().catch(undefined),
  errorCode: z.string().optional().catch(undefined),
  error: z.string().optional().catch(undefined),
  message: z.string().optional().catch(undefined),
  error_description: z.string().optional().catch(undefined),
});

/** The content of an error body, not yet redacted. */
export interface ErrorBody {
  readonly code: string | undefined;
  /** Auth0's message: `message` of the Management API, `error_description` of the token endpoint. */
  readonly words: string | undefined;
  /** The body is the Management API's own envelope and repeats the status. A proxy sends another body. */
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
 * A missing scope (403 `insufficient_scope`), an entitlement (403 `insufficient_entitlement`) and the plan (400)
 * concern every connection of the tenant (Management API reference, PATCH /api/v2/connections/{id}, which contains the
 * message about the plan). Decided before the message is masked.
 */
function concernOf(status: number, message: string | undefined): Refusal['concerns'] {
  if (status === 403 || message?.startsWith('Your account is not allowed to set') === true) return 'tenant';
  return status === 400 ? 'connection' : 'unknown';
}
