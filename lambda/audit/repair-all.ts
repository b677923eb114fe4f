import { end } from './admit';
import { carryOut } from './carry-out';
import type { CompiledPolicy } from './expectation';
import { HistoryFailure, type Lease, type RunRecord } from './history';
import { keepRecord } from './memory';
import { lookForOtherWriters, type OtherWriters } from './other-writers';
import { ending, type StopReason } from './outcome';
import type { Finding } from './report';
import type { Run, World } from './run-audit';

export interface Repaired {
  readonly findings: readonly Finding[];
  readonly otherWriters: OtherWriters;
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
  const { run, world } = job;
  const planned = findings.filter(({ outcome }) => outcome === 'planned');
  if (!(await world.approve(planned))) return stopAll(findings, 'declined');
  const taken = await takeLease(job);
  if ('stopped' in taken) return stopAll(findings, taken.stopped);
  try {
    if ((await keepRecord(world.history, job.plannedRecord)) !== null) return stopAll(findings, 'history');
    const endings = await carryOut(planned, {
      ...world,
      ...job,
      runId: run.runId,
      progress: (ended) => world.progress?.('repaired', ended),
    });
    const ended = findings.map((finding) => end(finding, endings.get(finding.connection.id) ?? ending('planned')));
    return await lookAround(ended, job);
  } finally {
    await taken.lease.release();
  }
}

async function takeLease({ run, world }: Job): Promise<{ readonly lease: Lease } | { readonly stopped: StopReason }> {
  try {
    const lease = await world.history.takeLease(run.runId, world.now(), world.overBy);
    return lease === undefined ? { stopped: 'lease' } : { lease };
  } catch (error) {
    if (!(error instanceof HistoryFailure)) throw error;
    return { stopped: 'history' };
  }
}

function stopAll(findings: readonly Finding[], stopped: StopReason): Repaired {
  const reached = ending('skipped_stopped', { stopped });
  return { findings: findings.map((finding) => end(finding, reached)), otherWriters: 'not_looked_for' };
}

async function lookAround(findings: readonly Finding[], { run, world, mayReadLogs }: Job): Promise<Repaired> {
  if (!mayReadLogs || !findings.some(({ change }) => change !== null)) {
    return { findings, otherWriters: 'not_looked_for' };
  }
  await world.sleep(LOG_DELAY_MS);
  return lookForOtherWriters(findings, world.tenant, run.runId);
}
