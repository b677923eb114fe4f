import { takeLease } from '../history/lease';
import { attempt, keepRecord, recall } from '../history/memory';
import { endRepair, type Finding } from '../judge/finding';
import { ending, type StopReason } from '../judge/outcome';
import type { OtherWriters } from '../judge/report';
import { refuseOne } from './admit';
import type { Attempted } from './attempted';
import { carryOut } from './carry-out';
import { askToWrite } from './may-write';
import { orderCanaries } from './order-canaries';
import { endDoubts, lookForOtherWriters, type Observed } from './other-writers';
import type { RepairContext } from './repair-context';
import { restAgain } from './rest';

export interface Repaired {
  readonly findings: readonly Finding[];
  readonly otherWriters: OtherWriters;
  /** Why the history could not be read or written during the repairs, or `null`. */
  readonly historyFailure: string | null;
  /** The run has the lease, or might have it, and releases it at the end. */
  readonly hasLease: boolean;
  /** The version of the planned record, if a record was stored. */
  readonly record: string | undefined;
}

/** The tenant's log shows a write some seconds later (Auth0 documents no bound). */
const LOG_DELAY_MS = 5_000;

/** Carries out the plan as the only run that is allowed to write, then searches for other writers in that time. */
export async function repairAll(findings: readonly Finding[], context: RepairContext): Promise<Repaired> {
  const { history, runId, now, overBy } = context;
  const planned = findings.filter(({ outcome }) => outcome === 'planned');
  const refusal = await context.approve(planned);
  if (refusal !== undefined) return stopAll(findings, refusal);
  if (now() >= overBy) return stopAll(findings, 'time');
  return attempt<Repaired>(
    async () => {
      const isTaken = await takeLease(history, { owner: runId, until: overBy });
      return isTaken ? repairAlone(findings, context) : stopAll(findings, 'lease');
    },
    // The answer might have been lost. The lease is then ours and is released at the end.
    (failure) => ({ ...stopAll(findings, 'history'), historyFailure: failure, hasLease: true }),
  );
}

async function repairAlone(judged: readonly Finding[], context: RepairContext): Promise<Repaired> {
  const { history, runId, quarantine, retry, now, mayWrite } = context;
  const stop = (findings: readonly Finding[], historyFailure: string): Repaired => {
    return { ...stopAll(findings, 'history'), historyFailure, hasLease: true };
  };
  // An operator might have undone a repair since the state was first read.
  const { state, failure } = await recall(history);
  if (failure !== null) return stop(judged, failure);
  const findings = judged.map((finding) => refuseOne(finding, { state, quarantine, retry, now: now() }));
  const kept = await keepRecord(history, context.plannedRecord, { runId, version: undefined });
  if (kept.result === 'failed') return stop(findings, kept.failure);
  if (kept.result === 'concluded') return { ...stopAll(findings, 'lease'), hasLease: true };
  const planned = orderCanaries(
    findings.filter(({ outcome }) => outcome === 'planned'),
    state,
  );
  const ended = await carryOut(planned, context, () => askToWrite(history, { owner: runId, mayWrite }));
  const { endings, otherWriters } = await lookAround(ended, context);
  return {
    findings: findings.map((finding) => {
      const reached = endings.get(finding.connection.id);
      return reached === undefined ? finding : endRepair(finding, restAgain(finding, reached, { state, now: now() }));
    }),
    otherWriters,
    historyFailure: null,
    hasLease: true,
    record: kept.version,
  };
}

function stopAll(findings: readonly Finding[], stopped: StopReason): Repaired {
  const reached = ending('skipped_stopped', { stopped });
  return {
    findings: findings.map((finding) => endRepair(finding, reached)),
    otherWriters: 'not_looked_for',
    historyFailure: null,
    hasLease: false,
    record: undefined,
  };
}

async function lookAround(
  attempts: ReadonlyMap<string, Attempted>,
  { tenant, runId, withoutPeople, mayReadLogs, sleep, progress }: RepairContext,
): Promise<Observed> {
  const endings = new Map([...attempts].map(([id, { ending }]) => [id, ending]));
  const isInDoubt = [...attempts.values()].some(({ ending, doubt }) => ending.change !== null || doubt !== null);
  if (!isInDoubt) return { endings, otherWriters: 'not_looked_for' };
  if (!mayReadLogs) return { endings: endDoubts(attempts), otherWriters: 'no_scope' };
  progress?.({ kind: 'log_awaited', milliseconds: LOG_DELAY_MS });
  await sleep(LOG_DELAY_MS);
  return lookForOtherWriters(attempts, tenant, { runId, withoutPeople });
}
