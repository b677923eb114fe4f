import { type History, HistoryFailure, type KeptLease, type PastRun, type Tenure } from '../history/history';
import { LONGEST_TENURE_MS } from '../history/lease';

/** A run that took the lease and never gave it back. */
export interface FormerRun {
  readonly tenure: Tenure;
  /** `undefined`: it was cut before it kept a record, and so before its first write. */
  readonly run: PastRun | undefined;
}

/** What earlier owners of the lease left to be settled. */
export interface FormerRuns {
  readonly lease: KeptLease;
  readonly runs: readonly FormerRun[];
  /** Nothing may be written as long as this stands: why, for people; `null` where all of it can be settled. */
  readonly failure: string | null;
}

/** The way out where nothing settles by itself. */
const UNLOCK = 'Find out what that run wrote, then end its lease with the command unlock.';

/** Reads the lease, and the record of each owner whose time is over. `undefined`: the lease is empty. */
export async function findFormerRuns(history: History, now: number): Promise<FormerRuns | undefined> {
  const lease = await history.readLease();
  if (!lease.isReadable) {
    const failure = `${history.leasePlace} is not a lease of this auditor, so nobody knows whether another run is writing. ${UNLOCK}`;
    return { lease, runs: [], failure };
  }
  const tenures = [...lease.unsettled, ...(lease.owner === '' ? [] : [lease])];
  if (tenures.length === 0) return undefined;
  if (tenures.some(({ until }) => until > now + LONGEST_TENURE_MS)) {
    const failure = `${history.leasePlace} ends later than any run may last, so that a clock was wrong. ${UNLOCK}`;
    return { lease, runs: [], failure };
  }
  const runs: FormerRun[] = [];
  const failures: string[] = [];
  for (const { owner, until } of tenures.filter((tenure) => tenure.until <= now)) {
    try {
      runs.push({ tenure: { owner, until }, run: await history.readRun(owner) });
    } catch (error) {
      if (!(error instanceof HistoryFailure)) throw error;
      const remedy = error.isLasting ? UNLOCK : 'The next run tries again.';
      failures.push(`The run ${owner} did not give its lease back. ${error.message} ${remedy}`);
    }
  }
  return { lease, runs, failure: failures.length === 0 ? null : failures.join(' ') };
}

/** The connections of which a run that was cut meant to write, by id. */
export function plannedIn(former: FormerRuns | undefined): ReadonlySet<string> {
  const cut = (former?.runs ?? []).flatMap(({ run }) => (run?.phase === 'planned' ? [run] : []));
  return new Set(cut.flatMap(({ change }) => change.connections.map(({ id }) => id)));
}
