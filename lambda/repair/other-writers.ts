import { nameAuthor } from '../connection/author';
import { type LoggedWrite, type Tenant, TenantFailure } from '../connection/tenant';
import { type ChangeRecord, type Ending, ending } from '../judge/outcome';
import type { OtherWriters } from '../judge/report';

/** The two clocks may disagree by this much, and an entry tells when it was made, not when it took effect. */
const TOLERANCE_MS = 2_000;
const MAX_REQUESTS = 50;

/** How the repairs ended, by connection id, and what the tenant's log told of other writers. */
export interface Observed {
  readonly endings: ReadonlyMap<string, Ending>;
  readonly otherWriters: OtherWriters;
}

/**
 * Looks in the tenant's log for writers other than this run between our read and our write of each repaired connection:
 * the API has no ETag, so this is the only trace of an edit that our write may have undone. One query over the run.
 */
export async function lookForOtherWriters(
  endings: ReadonlyMap<string, Ending>,
  tenant: Tenant,
  { runId, withoutPeople }: { readonly runId: string; readonly withoutPeople: boolean },
): Promise<Observed> {
  const windows = new Map(
    [...endings].flatMap(([id, { change }]) => (change === null ? [] : [[id, windowOf(change)]])),
  );
  if (windows.size === 0) return { endings, otherWriters: 'not_looked_for' };
  const from = [...windows.values()].reduce((least, { start }) => Math.min(least, start), Number.POSITIVE_INFINITY);
  const to = [...windows.values()].reduce((most, { stop }) => Math.max(most, stop), 0);
  const others = new Map<string, LoggedWrite>();
  try {
    for await (const write of tenant.listWrites(from, to, MAX_REQUESTS)) {
      const window = windows.get(write.connectionId);
      const isInside = window !== undefined && write.at >= window.start && write.at <= window.stop;
      if (isInside && write.correlationId !== runId) others.set(write.connectionId, write);
    }
  } catch (error) {
    if (!(error instanceof TenantFailure)) throw error;
    return { endings, otherWriters: 'log_unreadable' };
  }
  return {
    endings: new Map(
      [...endings].map(([id, reached]) => [id, flagOtherWriter(reached, others.get(id), withoutPeople)]),
    ),
    otherWriters: others.size === 0 ? 'none_seen' : 'seen',
  };
}

function windowOf({ writtenAt, windowMs }: ChangeRecord): { readonly start: number; readonly stop: number } {
  const written = Date.parse(writtenAt);
  return { start: written - windowMs - TOLERANCE_MS, stop: written + TOLERANCE_MS };
}

function flagOtherWriter(reached: Ending, write: LoggedWrite | undefined, withoutPeople: boolean): Ending {
  if (write === undefined) return reached;
  const author = nameAuthor(withoutPeople ? { ...write, email: null } : write);
  const detail = `The tenant's log shows a write by ${author} at ${new Date(write.at).toISOString()}, while it was being repaired: that edit may be lost.`;
  return ending('failed_verification', { change: reached.change, detail });
}
