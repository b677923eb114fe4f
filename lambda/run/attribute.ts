import { type LoggedWrite, type Tenant, TenantFailure } from '../connection/tenant';
import type { History } from '../history/history';
import { attempt } from '../history/memory';
import { CHANGE_KINDS, type Change, type WritingKind } from '../judge/change';
import type { Attribution, Finding, UnknownAuthor } from '../judge/finding';
import { DAY_MS } from '../policy/days';
import type { Step } from '../repair/step';
import { isRunId } from '../run-id';

export interface Search {
  /** This run. Its own repairs do not count as an answer. */
  readonly runId: string;
  readonly tenant: Tenant;
  readonly history: Pick<History, 'readRun'>;
  readonly mayReadLogs: boolean;
  /** When the page of each connection was read, by connection id. All times are milliseconds since the epoch. */
  readonly readAt: ReadonlyMap<string, number>;
  readonly startedAt: number;
  /** When the last complete run took place; `undefined` if there was none. */
  readonly lastSeenAt: number | undefined;
  /** Omits personal data: names, e-mail, address and user agent. */
  readonly withoutPeople: boolean;
  readonly progress?: ((step: Step) => void) | undefined;
}

/** The longest time a tenant keeps its log, in days (Auth0 docs, log data retention: Enterprise). */
const LONGEST_RETENTION_DAYS = 30;
const MAX_REQUESTS = 20;
/** The most records that one run reads to recognize earlier runs: anyone can send an id that looks like a run id. */
const MAX_RECORDS = 50;
/** A run reads a connection at some time between its start and its end. Longer than the longest run of a function. */
const RUN_MS = 30 * 60_000;
/** The tenant's clock can be this much ahead of the local clock: a write dated up to this much after our read still counts. */
const CLOCKS_MS = 5_000;

/**
 * Finds the author of the last write to each newly deviating connection before this run read the connection: on its
 * page, or with the fresh read if this run repaired it. Best effort: any error still returns the findings. A log that
 * is late names the write before the last, or none.
 */
export async function attribute(findings: readonly Finding[], search: Search): Promise<readonly Finding[]> {
  const wanted = new Map(findings.filter(isRecent).map((finding) => [finding.connection.id, readOf(finding, search)]));
  if (wanted.size === 0) return findings;
  const found = search.mayReadLogs ? await findLastWrites(wanted, search) : NOT_ALLOWED;
  const records = await readRecords(found.writes, search);
  return findings.map((finding) =>
    isRecent(finding) ? { ...finding, changedBy: toAttribution(finding, found, records, search) } : finding,
  );
}

function isRecent({ lifecycle, verdict }: Finding): boolean {
  return lifecycle !== 'open' && verdict === 'noncompliant';
}

/** How this run read one connection. */
interface Read {
  readonly at: number;
  /** From this read to the answer to our write, in milliseconds; 0 if there was no write. */
  readonly windowMs: number;
}

/** A finding shows what its page showed. Only a repair is based on a fresh read, which showed the same. */
function readOf({ connection, change }: Finding, { readAt, startedAt }: Search): Read {
  if (change === null) return { at: readAt.get(connection.id) ?? startedAt, windowMs: 0 };
  return { at: Date.parse(change.writtenAt) - change.windowMs, windowMs: change.windowMs };
}

/** The last write before our read to each connection that has one, and why the others have none. */
interface Found {
  readonly writes: ReadonlyMap<string, LoggedWrite>;
  readonly otherwise: UnknownAuthor;
}

const NOT_ALLOWED: Found = { writes: new Map(), otherwise: 'no_scope' };

/**
 * First searches the time since the last complete run, when most changes happen. Then searches for the other
 * connections as far back as a log can reach: a finding is also new if the policy has changed.
 */
async function findLastWrites(wanted: ReadonlyMap<string, Read>, search: Search): Promise<Found> {
  const { startedAt, lastSeenAt } = search;
  const oldest = startedAt - LONGEST_RETENTION_DAYS * DAY_MS;
  const since = lastSeenAt === undefined ? oldest : lastSeenAt - RUN_MS;
  const to = [...wanted.values()].reduce((most, { at, windowMs }) => Math.max(most, at + windowMs), startedAt);
  const recent = await searchLog(wanted, search, { from: since, to: to + CLOCKS_MS });
  const missing = new Map([...wanted].filter(([id]) => !recent.writes.has(id)));
  if (recent.otherwise !== 'not_in_log' || missing.size === 0 || since <= oldest) return recent;
  const older = await searchLog(missing, search, { from: oldest, to: since });
  return { writes: new Map([...recent.writes, ...older.writes]), otherwise: older.otherwise };
}

/** A log that breaks off does not show the latest write, so nothing in it counts. */
async function searchLog(
  wanted: ReadonlyMap<string, Read>,
  { tenant, runId, progress }: Search,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<Found> {
  const logged = new Map<string, LoggedWrite[]>();
  let writes = 0;
  progress?.({ kind: 'log_read', writes });
  try {
    for await (const write of tenant.listWrites(from, to, MAX_REQUESTS)) {
      writes += 1;
      progress?.({ kind: 'log_read', writes });
      const earlier = logged.get(write.connectionId);
      if (earlier !== undefined) earlier.push(write);
      else if (wanted.has(write.connectionId)) logged.set(write.connectionId, [write]);
    }
  } catch (error) {
    if (!(error instanceof TenantFailure)) throw error;
    return { writes: new Map(), otherwise: error.reason === 'log_too_long' ? 'too_many' : 'log_unreadable' };
  }
  const last = [...wanted].flatMap(([id, read]) => {
    const write = lastBefore(logged.get(id) ?? [], read, runId);
    return write === undefined ? [] : [[id, write] as const];
  });
  return { writes: new Map(last), otherwise: 'not_in_log' };
}

/**
 * The log has a separate clock. If the log shows our own write, that write gives the time of our read by the log's
 * clock. Otherwise the clocks can differ by some seconds.
 */
function lastBefore(writes: readonly LoggedWrite[], { at, windowMs }: Read, runId: string): LoggedWrite | undefined {
  const own = writes.find(({ correlationId }) => correlationId === runId);
  const until = own === undefined ? at + CLOCKS_MS : own.at - windowMs;
  return writes.findLast((write) => write.correlationId !== runId && write.at <= until);
}

/** What a run changed according to its record; `none`: there is no such run; `unread`: the history failed. */
type Recorded = Change | 'none' | 'unread';

/** The changes of the runs whose ids are on the writes, by run id. Contains only the runs that were looked up. */
async function readRecords(
  writes: ReadonlyMap<string, LoggedWrite>,
  { history }: Search,
): Promise<ReadonlyMap<string, Recorded>> {
  const sent = [...writes.values()].flatMap(({ correlationId: id }) => (id !== undefined && isRunId(id) ? [id] : []));
  const records = new Map<string, Recorded>();
  for (const id of [...new Set(sent)].slice(0, MAX_RECORDS)) {
    const recorded = await attempt<Recorded>(
      async () => (await history.readRun(id))?.change ?? 'none',
      () => 'unread',
    );
    records.set(id, recorded);
  }
  return records;
}

function toAttribution(
  { connection, actual }: Finding,
  { writes, otherwise }: Found,
  records: ReadonlyMap<string, Recorded>,
  { withoutPeople }: Search,
): Attribution {
  const write = writes.get(connection.id);
  if (write === undefined) return UNKNOWN[otherwise];
  const at = new Date(write.at).toISOString();
  const { correlationId, channel, email, clientName, clientId, address, userAgent } = write;
  if (correlationId !== undefined && isRunId(correlationId)) {
    const recorded = records.get(correlationId);
    // This id can be that of a run of this auditor; then its application must not be blamed.
    if (recorded === undefined || recorded === 'unread') return UNKNOWN.record_unread;
    if (recorded !== 'none' && isWriting(recorded.kind) && hasMade(recorded, write)) {
      const { kind: change, runId, by } = recorded;
      // The value differs from the value that we wrote: another write happened since, and the log does not show it yet.
      if (writtenBy(recorded, write) !== actual) return UNKNOWN.log_late;
      return { kind: 'ours', change, runId, by: withoutPeople ? null : by, at };
    }
  }
  const person = withoutPeople ? { email: null, address: null, userAgent: null } : { email, address, userAgent };
  return { kind: 'known', at, channel, clientName, clientId, ...person };
}

/** One object for each reason, shared by all findings: in a first run no author is known. */
const UNKNOWN: { readonly [Why in UnknownAuthor]: Attribution & { readonly why: Why } } = {
  no_scope: { kind: 'unknown', why: 'no_scope' },
  not_in_log: { kind: 'unknown', why: 'not_in_log' },
  log_late: { kind: 'unknown', why: 'log_late' },
  too_many: { kind: 'unknown', why: 'too_many' },
  log_unreadable: { kind: 'unknown', why: 'log_unreadable' },
  record_unread: { kind: 'unknown', why: 'record_unread' },
};

function isWriting(kind: Change['kind']): kind is WritingKind {
  return CHANGE_KINDS[kind].writes;
}

function writtenBy({ connections }: Change, { connectionId }: LoggedWrite): string | null | undefined {
  return connections.find(({ id }) => id === connectionId)?.after;
}

/**
 * Whether the record contains the connection, at about that time: reports show run ids, and anyone can send one again.
 */
function hasMade({ connections }: Change, { connectionId, at }: LoggedWrite): boolean {
  return connections.some((one) => one.id === connectionId && at <= Date.parse(one.at) + RUN_MS);
}
