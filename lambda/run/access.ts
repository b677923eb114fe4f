import { grantsWriting, type MissingScope, missingScopes, needlessScopes } from '../connection/scopes';
import { type Tenant, TenantFailure } from '../connection/tenant';
import type { Mode } from '../contract';
import type { Notice } from '../judge/notice';
import type { Incomplete } from '../judge/report';

/** What the credentials allow, determined before the first page is read. */
export interface Access {
  readonly scopes: ReadonlySet<string> | undefined;
  readonly notices: readonly Notice[];
  /** Why an audit could read nothing; `null` if it can read. */
  readonly incomplete: Incomplete | null;
}

/** Requests a token. Reports scopes that are granted without need, and scopes that repairs need and do not have. */
export async function proveAccess(tenant: Tenant, mode: Mode): Promise<Access> {
  try {
    const { scopes } = await tenant.access();
    return { scopes, notices: judgeScopes(scopes, mode), incomplete: null };
  } catch (error) {
    return { scopes: undefined, notices: [], incomplete: describeFailure(error) };
  }
}

/** Throws if an audit could read nothing. */
function judgeScopes(scopes: ReadonlySet<string> | undefined, mode: Mode): Notice[] {
  if (scopes === undefined) return [{ code: 'SCOPES_UNKNOWN' }];
  const missing = missingScopes(scopes);
  if (missing.length > 0) throw new ScopeMissingError(missing);
  if (mode === 'remediate') return grantsWriting(scopes) ? [] : [{ code: 'WRITE_SCOPES_MISSING' }];
  const needless = needlessScopes(scopes);
  return needless.length > 0 ? [{ code: 'WRITE_SCOPES_IN_REPORT_MODE', scopes: needless }] : [];
}

/** The token is valid, but does not allow reading connections or their options. The credentials were not refused. */
class ScopeMissingError extends TenantFailure {
  readonly missing: readonly MissingScope[];

  constructor(missing: readonly MissingScope[]) {
    super(
      'scope_missing',
      `The machine-to-machine application lacks ${missing.join(' and ')}. Grant it in the Auth0 Dashboard: Applications > APIs > Auth0 Management API > Machine to Machine Applications.`,
    );
    this.missing = missing;
  }
}

/**
 * The only place where a failure becomes part of the record. An error that is not a `TenantFailure` is named, not
 * quoted.
 */
export function describeFailure(error: unknown): Incomplete {
  if (error instanceof TenantFailure) {
    const missing = error instanceof ScopeMissingError ? error.missing : [];
    return { reason: error.reason, message: error.message, missingScopes: missing };
  }
  const name = error instanceof Error ? error.name : typeof error;
  const message = `An internal error of the auditor (${name}) ended the run. Please report this error.`;
  return { reason: 'internal', message, missingScopes: [] };
}
