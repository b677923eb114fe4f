import { currentValue } from '../connection/connection';
import type { RootAttributes } from '../connection/setting';
import { type Tenant, TenantFailure } from '../connection/tenant';
import type { Quarantine } from '../contract';
import type { History, PastRun, Tenure } from '../history/history';
import { NO_LEASE } from '../history/lease';
import { attempt, keepState } from '../history/memory';
import { addChange } from '../history/unreported';
import type { Change, ChangedConnection } from '../judge/change';
import type { FormerRuns } from './former-runs';

/** The current raw value of a connection; `undefined` if it is unknown. */
export type FindValue = (id: string) => Promise<RootAttributes | null | undefined>;

export interface Settling {
  readonly history: History;
  readonly quarantine: Quarantine;
  readonly findValue: FindValue;
  /** The connections that a run wrote to according to the tenant's log; none if reading the log is not allowed. */
  readonly loggedWrites: LoggedWrites;
}

/** Covers one run and the time from `from` to `to`, in milliseconds since the epoch. */
export type LoggedWrites = (runId: string, from: number, to: number) => Promise<ReadonlySet<string>>;

export interface Settled {
  /** Everything is settled and removed from the lease. */
  readonly isSettled: boolean;
  /** Whether the lease is also empty. */
  readonly isFree: boolean;
  /** Why the history could not be read or written, or `null`. */
  readonly failure: string | null;
}

/** Another run is settling, or the history failed: nothing more is reported or written. */
function unsettled(failure: string | null = null): Settled {
  return { isSettled: false, isFree: false, failure };
}

/**
 * Settles the runs that never released their lease. Determines how the writes of a cut-off run ended, keeps that in its
 * record, adds its writes to the state, and then removes the run from the lease. Each step in this order replaces the
 * version that was read. A run that loses one of these writes to another run reports nothing and leaves the remaining
 * steps to that run.
 */
export async function settleFormerRuns(former: FormerRuns, settling: Settling): Promise<Settled> {
  const { history } = settling;
  return attempt<Settled>(
    async () => {
      for (const { run, tenure } of former.runs) {
        if (run === undefined) continue;
        const failed = await settleRun(run, tenure, settling);
        if (failed !== undefined) return failed;
      }
      return strike(former, history);
    },
    (failure) => unsettled(failure),
  );
}

/**
 * Removes the settled runs from the lease. The remaining entries belong to runs that are still active or cannot be
 * read.
 */
async function strike({ lease, runs }: FormerRuns, history: History): Promise<Settled> {
  const settled = new Set(runs.map(({ tenure }) => tenure.owner));
  const left = lease.unsettled.filter(({ owner }) => !settled.has(owner));
  const { owner, until } = settled.has(lease.owner) ? NO_LEASE : lease;
  const isWritten = await history.writeLease({ owner, until, unsettled: left }, lease.version);
  return isWritten ? { isSettled: true, isFree: owner === '' && left.length === 0, failure: null } : unsettled();
}

/** Why a run could not be settled, or `undefined`. */
async function settleRun(run: PastRun, { until }: Tenure, settling: Settling): Promise<Settled | undefined> {
  const { history, quarantine } = settling;
  const change = run.phase === 'planned' ? await concludeCut(run.change, until, settling) : run.change;
  if (run.phase === 'planned' && !(await history.concludeRun(run, change))) return unsettled();
  // A manual change is reported even if it wrote to no connection: it can hold connections.
  if (change.connections.length === 0 && change.kind === 'repair') return undefined;
  const { published: told } = run;
  const { failure } = await keepState(history, (state) => addChange(state, change, { told, quarantine }));
  return failure === null ? undefined : unsettled(failure);
}

/** The clocks of tenant and auditor differ by at most this much, and the plan has the date when it was made. */
const CLOCKS_MS = 5 * 60_000;

/**
 * Determines from the current values how the writes of a cut-off run ended. The earlier value means that nothing was
 * written, unless the tenant's log shows a write of that run: then another write has restored the value since.
 */
async function concludeCut(planned: Change, until: number, { findValue, loggedWrites }: Settling): Promise<Change> {
  const logged = await loggedWrites(planned.runId, Date.parse(planned.at) - CLOCKS_MS, until + CLOCKS_MS);
  const connections: ChangedConnection[] = [];
  for (const connection of planned.connections) {
    const value = await findValue(connection.id);
    const isAsBefore = value === connection.before;
    if (isAsBefore && !logged.has(connection.id)) continue;
    const result = value === connection.after ? 'found' : isAsBefore ? 'overwritten' : 'unknown';
    connections.push({ ...connection, result });
  }
  return { ...planned, isCut: true, connections };
}

const MAX_REQUESTS = 20;

/** Best effort: if the log cannot be read, the current value decides. */
export function readLoggedWrites(tenant: Tenant, mayReadLogs: boolean): LoggedWrites {
  return async (runId, from, to) => {
    const written = new Set<string>();
    if (!mayReadLogs) return written;
    try {
      for await (const { connectionId, correlationId } of tenant.listWrites(from, to, MAX_REQUESTS)) {
        if (correlationId === runId) written.add(connectionId);
      }
    } catch (error) {
      if (!(error instanceof TenantFailure)) throw error;
    }
    return written;
  };
}

/** Looks in the listing of this run first, and reads a connection by id if the listing does not contain it. */
export function valuesFrom(listed: ReadonlyMap<string, RootAttributes | null | undefined>, tenant: Tenant): FindValue {
  return async (id) => (listed.has(id) ? listed.get(id) : readValue(tenant, id));
}

/** The value of a connection that cannot be read or is deleted is unknown. */
export async function readValue(tenant: Tenant, id: string): Promise<RootAttributes | null | undefined> {
  try {
    const found = await tenant.readConnection(id);
    return found === undefined ? undefined : currentValue(found.connection);
  } catch (error) {
    if (!(error instanceof TenantFailure)) throw error;
    return undefined;
  }
}
