import { HistoryFailure, type Lease, type RunRecord } from '../history/history';
import { keepRecord, recall } from '../history/memory';
import { ending, type StopReason } from '../judge/outcome';
import type { Finding } from '../judge/report';
import type { CompiledPolicy } from '../policy/expectation';
import type { Run, World } from '../run/run-audit';
import { end, refuseOne } from './admit';
import { carryOut } from './carry-out';
import { lookForOtherWriters, type OtherWriters } from './other-writers';

export interface Repaired {
  readonly findings: readonly Finding[];
  readonly otherWriters: OtherWriters;
  /** Why the history could not be read or written meanwhile, or `null`. */
  readonly historyFailure: string | null;
}

export interface Job {
  readonly run: Run;
  readonly world: World;
  readonly policy: CompiledPolicy;
  readonly mayReadLogs: boolean;
  /** The record to keep before the first write, so that a run that is cut can still be undone. */
  readonly plannedRecord: RunRecord;
}

/** The tenant's log shows a write some seconds later (Auth0 documents no bound). */
const LOG_DELAY_MS = 5_000;

/** Carries the plan out as the one run that may write, and looks afterwards for others who wrote meanwhile. */
export async function repairAll(findings: readonly Finding[], job: Job): Promise<Repaired> {
  const { world } = job;
  const planned = findings.filter(({ outcome }) => outcome === 'planned');
  if (!(await world.approve(planned))) return stopAll(findings, 'declined');
  const taken = await takeLease(job);
  if ('stopped' in taken) return stopAll(findings, taken.stopped, taken.failure);
  const repaired = await repairAlone(findings, job).catch(async (error: unknown) => {
    await release(taken.lease);
    throw error;
  });
  const unreleased = await release(taken.lease);
  return { ...repaired, historyFailure: repaired.historyFailure ?? unreleased };
}

async function repairAlone(judged: readonly Finding[], job: Job): Promise<Repaired> {
  const { run, world } = job;
  // Somebody may have undone a repair since the state was first read.
  const { state, failure } = await recall(world.history);
  if (failure !== null) return stopAll(judged, 'history', failure);
  const findings = judged.map((finding) => refuseOne(finding, { ...run, state, now: world.now() }));
  const unkept = await keepRecord(world.history, job.plannedRecord);
  if (unkept !== null) return stopAll(findings, 'history', unkept);
  const endings = await carryOut(
    findings.filter(({ outcome }) => outcome === 'planned'),
    { ...world, ...job, runId: run.runId, progress: (ended) => world.progress?.('repaired', ended) },
  );
  const ended = findings.map((finding) => end(finding, endings.get(finding.connection.id) ?? ending('planned')));
  return { ...(await lookAround(ended, job)), historyFailure: null };
}

type Taken = { readonly lease: Lease } | { readonly stopped: StopReason; readonly failure: string | null };

async function takeLease({ run, world }: Job): Promise<Taken> {
  try {
    const lease = await world.history.takeLease(run.runId, world.now(), world.overBy);
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
  return { findings: findings.map((finding) => end(finding, reached)), otherWriters: 'not_looked_for', historyFailure };
}

async function lookAround(
  findings: readonly Finding[],
  { run, world, mayReadLogs }: Job,
): Promise<Omit<Repaired, 'historyFailure'>> {
  if (!mayReadLogs || !findings.some(({ change }) => change !== null)) {
    return { findings, otherWriters: 'not_looked_for' };
  }
  await world.sleep(LOG_DELAY_MS);
  return lookForOtherWriters(findings, world.tenant, run);
}
