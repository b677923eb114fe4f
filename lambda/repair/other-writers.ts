import { type LoggedWrite, type Tenant, TenantFailure } from '../connection/ports';
import { ending } from '../judge/outcome';
import type { Finding } from '../judge/report';
import { nameAuthor } from '../run/attribute';

/** What the tenant's log told about others who wrote to the connections we repaired. Never that there were none. */
export type OtherWriters = 'not_looked_for' | 'none_seen' | 'seen' | 'log_unreadable';

/** The two clocks may disagree by this much, and an entry tells when it was made, not when it took effect. */
const TOLERANCE_MS = 2_000;
const MAX_REQUESTS = 50;

/**
 * Looks in the tenant's log for writers other than this run between our read and our write of each repaired connection:
 * the API has no ETag, so this is the only trace of an edit that our write may have undone. One query over the run.
 */
export async function lookForOtherWriters(
  findings: readonly Finding[],
  tenant: Tenant,
  { runId, withoutPeople }: { readonly runId: string; readonly withoutPeople: boolean },
): Promise<{ readonly findings: readonly Finding[]; readonly otherWriters: OtherWriters }> {
  const windows = new Map(findings.flatMap((finding) => windowOf(finding)));
  if (windows.size === 0) return { findings, otherWriters: 'not_looked_for' };
  const from = [...windows.values()].reduce((least, { start }) => Math.min(least, start), Number.POSITIVE_INFINITY);
  const to = [...windows.values()].reduce((most, { stop }) => Math.max(most, stop), 0);
  const intruders = new Map<string, LoggedWrite>();
  try {
    for await (const write of tenant.listWrites(from, to, MAX_REQUESTS)) {
      const window = windows.get(write.connectionId);
      const isInside = window !== undefined && write.at >= window.start && write.at <= window.stop;
      if (isInside && write.correlationId !== runId) intruders.set(write.connectionId, write);
    }
  } catch (error) {
    if (!(error instanceof TenantFailure)) throw error;
    return { findings, otherWriters: 'log_unreadable' };
  }
  return {
    findings: findings.map((finding) => accuse(finding, intruders.get(finding.connection.id), withoutPeople)),
    otherWriters: intruders.size === 0 ? 'none_seen' : 'seen',
  };
}

function windowOf({ connection, change }: Finding): [string, { start: number; stop: number }][] {
  if (change === null) return [];
  const written = Date.parse(change.writtenAt);
  return [[connection.id, { start: written - change.windowMs - TOLERANCE_MS, stop: written + TOLERANCE_MS }]];
}

function accuse(finding: Finding, intruder: LoggedWrite | undefined, withoutPeople: boolean): Finding {
  if (intruder === undefined) return finding;
  const author = nameAuthor(withoutPeople ? { ...intruder, email: null } : intruder);
  const detail = `The tenant's log shows a write by ${author} at ${new Date(intruder.at).toISOString()}, while it was being repaired: that edit may be lost.`;
  return { ...finding, ...ending('failed_verification', { change: finding.change, detail }) };
}
