import { HistoryFailure, type Lease } from '../history/history';
import { keepRecord, recall } from '../history/memory';
import { endRepair, type Finding } from '../judge/finding';
import { type Ending, ending, type StopReason } from '../judge/outcome';
import type { OtherWriters } from '../judge/report';
import { refuseOne } from './admit';
import { carryOut } from './carry-out';
import { lookForOtherWriters, type Observed } from './other-writers';
import type { RepairContext } from './repair-context';

export interface Repaired {
  readonly findings: readonly Finding[];
  readonly otherWriters: OtherWriters;
  /** Why the history could not be read or written meanwhile, or `null`. */
  readonly historyFailure: string | null;
}

/** The tenant's log shows a write some seconds later (Auth0 documents no bound). */
const LOG_DELAY_MS = 5_000;

/** Carries the plan out as the one run that may write, and looks afterwards for others who wrote meanwhile. */
export async function repairAll(findings: readonly Finding[], context: RepairContext): Promise<Repaired> {
  const planned = findings.filter(({ outcome }) => outcome === 'planned');
  if (!(await context.approve(planned))) return stopAll(findings, 'declined');
  const taken = await takeLease(context);
  if ('stopped' in taken) return stopAll(findings, taken.stopped, taken.failure);
  const repaired = await repairAlone(findings, context).catch(async (error: unknown) => {
    await release(taken.lease);
    throw error;
  });
  const unreleased = await release(taken.lease);
  return { ...repaired, historyFailure: repaired.historyFailure ?? unreleased };
}

async function repairAlone(judged: readonly Finding[], context: RepairContext): Promise<Repaired> {
  const { history, quarantine, now } = context;
  // Somebody may have undone a repair since the state was first read.
  const { state, failure } = await recall(history);
  if (failure !== null) return stopAll(judged, 'history', failure);
  const findings = judged.map((finding) => refuseOne(finding, { state, quarantine, now: now() }));
  const unkept = await keepRecord(history, context.plannedRecord);
  if (unkept !== null) return stopAll(findings, 'history', unkept);
  const planned = findings.filter(({ outcome }) => outcome === 'planned');
  const { endings, otherWriters } = await lookAround(await carryOut(planned, context), context);
  return {
    findings: findings.map((finding) => endRepair(finding, endings.get(finding.connection.id) ?? ending('planned'))),
    otherWriters,
    historyFailure: null,
  };
}

type Taken = { readonly lease: Lease } | { readonly stopped: StopReason; readonly failure: string | null };

async function takeLease({ history, runId, now, overBy }: RepairContext): Promise<Taken> {
  try {
    const lease = await history.takeLease(runId, now(), overBy);
    return lease === undefined ? { stopped: 'lease', failure: null } : { lease };
  } catch (error) {
    if (!(error instanceof HistoryFailure)) throw error;
    return { stopped: 'history', failure: error.message };
  }
}

/** A lease that cannot be given back ends by itself; what was done under it has to be told all the same. */
async function release(lease: Lease): Promise<string | null> {
  try {
    await lease.release();
    return null;
  } catch (error) {
    if (!(error instanceof HistoryFailure)) throw error;
    return error.message;
  }
}

function stopAll(findings: readonly Finding[], stopped: StopReason, historyFailure: string | null = null): Repaired {
  const reached = ending('skipped_stopped', { stopped });
  return {
    findings: findings.map((finding) => endRepair(finding, reached)),
    otherWriters: 'not_looked_for',
    historyFailure,
  };
}

async function lookAround(
  endings: ReadonlyMap<string, Ending>,
  { tenant, runId, withoutPeople, mayReadLogs, sleep }: RepairContext,
): Promise<Observed> {
  if (!mayReadLogs || ![...endings.values()].some(({ change }) => change !== null)) {
    return { endings, otherWriters: 'not_looked_for' };
  }
  await sleep(LOG_DELAY_MS);
  return lookForOtherWriters(endings, tenant, { runId, withoutPeople });
}
