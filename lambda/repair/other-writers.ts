import { nameAuthor } from '../connection/author';
import { type LoggedWrite, type Tenant, TenantFailure } from '../connection/tenant';
import { type ChangeRecord, type Ending, ending } from '../judge/outcome';
import type { OtherWriters } from '../judge/report';
import type { Attempted } from './attempted';

/** The allowed difference of the two clocks. A log entry contains the time of the entry, not of its effect. */
const TOLERANCE_MS = 2_000;
/** Our own writes are identified by their correlation id, regardless of the clocks. */
const CLOCKS_MS = 60_000;
const MAX_REQUESTS = 50;

/** How the repairs ended, by connection id, and what the tenant's log shows about other writers. */
export interface Observed {
  readonly endings: ReadonlyMap<string, Ending>;
  readonly otherWriters: OtherWriters;
}

/**
 * Searches the tenant's log for writers other than this run between our read and our write of each repaired connection.
 * The API has no ETag, so this is the only trace of an edit that our write might have overwritten. The search also
 * finds a write of this run that had no answer and seemed not to be made. One query for the whole run.
 */
export async function lookForOtherWriters(
  attempts: ReadonlyMap<string, Attempted>,
  tenant: Tenant,
  { runId, withoutPeople }: { readonly runId: string; readonly withoutPeople: boolean },
): Promise<Observed> {
  const endings = new Map([...attempts].map(([id, attempted]) => [id, attempted.ending]));
  const windows = new Map(
    [...attempts].flatMap(([id, attempted]) => {
      const change = attempted.ending.change ?? attempted.doubt;
      return change === null ? [] : [[id, windowOf(change)]];
    }),
  );
  if (windows.size === 0) return { endings, otherWriters: 'not_looked_for' };
  const from = [...windows.values()].reduce((least, { start }) => Math.min(least, start), Number.POSITIVE_INFINITY);
  const to = [...windows.values()].reduce((most, { stop }) => Math.max(most, stop), 0);
  const others = new Map<string, LoggedWrite>();
  const ours = new Set<string>();
  try {
    const margin = [...attempts.values()].some(({ doubt }) => doubt !== null) ? CLOCKS_MS : 0;
    for await (const write of tenant.listWrites(from - margin, to + margin, MAX_REQUESTS)) {
      const window = windows.get(write.connectionId);
      const isInside = window !== undefined && write.at >= window.start && write.at <= window.stop;
      if (write.correlationId === runId) ours.add(write.connectionId);
      else if (isInside) others.set(write.connectionId, write);
    }
  } catch (error) {
    if (!(error instanceof TenantFailure)) throw error;
    return { endings: endDoubts(attempts), otherWriters: 'log_unreadable' };
  }
  const known = [...attempts].map(([id, { ending: reached, doubt }]) => {
    return [id, doubt !== null && ours.has(id) ? endDoubt(reached, doubt, MADE) : reached] as const;
  });
  // A connection that this run did not write cannot have lost an edit by it.
  const isSeen = known.some(([id, { change }]) => change !== null && others.has(id));
  return {
    endings: new Map(
      known.map(([id, reached]) => [
        id,
        reached.change === null ? reached : flagOtherWriter(reached, others.get(id), withoutPeople),
      ]),
    ),
    otherWriters: isSeen ? 'seen' : 'none_seen',
  };
}

/** How the repairs ended if the log cannot be read: a write without an answer might have been made. */
export function endDoubts(attempts: ReadonlyMap<string, Attempted>): ReadonlyMap<string, Ending> {
  return new Map(
    [...attempts].map(([id, { ending: reached, doubt }]) => [
      id,
      doubt === null ? reached : endDoubt(reached, doubt, UNKNOWN),
    ]),
  );
}

const UNKNOWN =
  "The write might have been made, or might be made later. The tenant's log would show it, but could not be read.";
const MADE = "The tenant's log shows that the write was made.";

function endDoubt({ detail }: Ending, change: ChangeRecord, more: string): Ending {
  return ending('failed_verification', { change, detail: detail === null ? more : `${detail} ${more}` });
}

function windowOf({ writtenAt, windowMs }: ChangeRecord): { readonly start: number; readonly stop: number } {
  const written = Date.parse(writtenAt);
  return { start: written - windowMs - TOLERANCE_MS, stop: written + TOLERANCE_MS };
}

function flagOtherWriter(reached: Ending, write: LoggedWrite | undefined, withoutPeople: boolean): Ending {
  if (write === undefined) return reached;
  const author = nameAuthor(withoutPeople ? { ...write, email: null } : write);
  const detail = `The tenant's log shows a write by ${author} at ${new Date(write.at).toISOString()}, during the repair of this connection. That edit might be lost.`;
  return ending('failed_verification', { change: reached.change, detail });
}
