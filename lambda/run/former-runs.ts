import { type History, HistoryFailure, type KeptLease, type PastRun, type Tenure } from '../history/history';
import { LONGEST_TENURE_MS } from '../history/lease';

/** A run that took the lease and never released it. */
export interface FormerRun {
  readonly tenure: Tenure;
  /** `undefined`: the run was cut off before it kept a record, and so before its first write. */
  readonly run: PastRun | undefined;
}

/** What earlier owners of the lease left to settle. */
export interface FormerRuns {
  readonly lease: KeptLease;
  readonly runs: readonly FormerRun[];
  /** Why writes are not allowed, as a text for operators; `null` if everything can be settled. */
  readonly failure: string | null;
}

/** What to do when no run can settle the lease. */
const UNLOCK = 'Find out what that run wrote, then end its lease with the command unlock.';

/** Reads the lease, and the record of each owner whose time is over. `undefined`: the lease is empty. */
export async function findFormerRuns(history: History, now: number): Promise<FormerRuns | undefined> {
  const lease = await history.readLease();
  if (!lease.isReadable) {
    const failure = `${history.leasePlace} is not a lease of this auditor, so it is unknown whether another run is writing. ${UNLOCK}`;
    return { lease, runs: [], failure };
  }
  const tenures = [...lease.unsettled, ...(lease.owner === '' ? [] : [lease])];
  if (tenures.length === 0) return undefined;
  if (tenures.some(({ until }) => until > now + LONGEST_TENURE_MS)) {
    const failure = `${history.leasePlace} ends later than any run can last, so a clock was wrong. ${UNLOCK}`;
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
      failures.push(`The run ${owner} did not release its lease. ${error.message} ${remedy}`);
    }
  }
  return { lease, runs, failure: failures.length === 0 ? null : failures.join(' ') };
}

/** The connections that a run planned to write to before it was cut off, by id. */
export function plannedIn(former: FormerRuns | undefined): ReadonlySet<string> {
  const cut = (former?.runs ?? []).flatMap(({ run }) => (run?.phase === 'planned' ? [run] : []));
  return new Set(cut.flatMap(({ change }) => change.connections.map(({ id }) => id)));
}
