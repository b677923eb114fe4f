import { type LoggedWrite, type Tenant, TenantFailure } from '../connection/tenant';
import type { Attribution, Finding, UnknownAuthor } from '../judge/finding';
import { isRunId } from '../run-id';

export interface Search {
  readonly tenant: Tenant;
  readonly mayReadLogs: boolean;
  /** Milliseconds since the epoch: from the last run that saw everything, or from the longest retention there is. */
  readonly from: number;
  readonly to: number;
  /** Leaves out what tells of a person: e-mail, address and user agent. */
  readonly withoutPeople: boolean;
}

/** The longest time for which a tenant keeps its log, in days (Auth0 docs, log data retention: Enterprise). */
export const LONGEST_RETENTION_DAYS = 30;
const MAX_REQUESTS = 20;
/**
 * A run sees a connection at some time between its start and its end, and a log dates by a clock of its own: what was
 * written around either end of the search may be what moved it. Longer than any run of a function may take.
 */
const OVERLAP_MS = 30 * 60 * 1000;

/** Looks up who moved the connections that newly deviate. Best effort: whatever goes wrong, the findings come back. */
export async function attribute(findings: readonly Finding[], search: Search): Promise<readonly Finding[]> {
  const wanted = new Set(findings.filter(isRecent).map(({ connection }) => connection.id));
  if (wanted.size === 0) return findings;
  const found = search.mayReadLogs ? await findWrites(wanted, search) : 'no_scope';
  return findings.map((finding) =>
    isRecent(finding) ? { ...finding, changedBy: toAttribution(found, finding.connection.id, search) } : finding,
  );
}

function isRecent({ lifecycle, verdict }: Finding): boolean {
  return lifecycle !== 'open' && verdict === 'noncompliant';
}

async function findWrites(
  wanted: ReadonlySet<string>,
  { tenant, from, to }: Search,
): Promise<ReadonlyMap<string, LoggedWrite> | UnknownAuthor> {
  const latest = new Map<string, LoggedWrite>();
  try {
    for await (const write of tenant.listWrites(from - OVERLAP_MS, to + OVERLAP_MS, MAX_REQUESTS)) {
      if (wanted.has(write.connectionId)) latest.set(write.connectionId, write);
    }
    return latest;
  } catch (error) {
    if (!(error instanceof TenantFailure)) throw error;
    return error.reason === 'log_too_long' ? 'too_many' : 'log_unreadable';
  }
}

function toAttribution(
  found: ReadonlyMap<string, LoggedWrite> | UnknownAuthor,
  connectionId: string,
  { withoutPeople }: Search,
): Attribution {
  if (typeof found === 'string') return { kind: 'unknown', why: found };
  const write = found.get(connectionId);
  if (write === undefined) return { kind: 'unknown', why: 'not_in_log' };
  const at = new Date(write.at).toISOString();
  const { correlationId, channel, email, clientName, clientId, address, userAgent } = write;
  if (correlationId !== undefined && isRunId(correlationId)) return { kind: 'ours', runId: correlationId, at };
  const person = withoutPeople ? { email: null, address: null, userAgent: null } : { email, address, userAgent };
  return { kind: 'known', at, channel, clientName, clientId, ...person };
}
