import { grantsLogs, grantsWriting } from '../connection/scopes';
import { formerFindings } from '../history/former-ids';
import { keepPage, keepRecord, keepState, type Memory, recall } from '../history/memory';
import { nextState } from '../history/next-state';
import type { TenantState } from '../history/state';
import type { StopReason } from '../judge/outcome';
import type { Report } from '../judge/report';
import { DAY_MS } from '../policy/days';
import { compilePolicy } from '../policy/expectation';
import { admit } from '../repair/admit';
import { type Repaired, repairAll } from '../repair/repair-all';
import { attribute, LONGEST_RETENTION_DAYS } from './attribute';
import { type Judged, judgeAll } from './judge-all';
import { decideNotification } from './notification';
import { sumUp } from './sum-up';
import type { Run, World } from './world';

/**
 * Audits a tenant: judges every connection and plans the repair of each that deviates; where the mode and the rails
 * allow it, carries the finished plan out; then sums up, and keeps the record and what the next run must know.
 */
export async function runAudit(run: Run, world: World): Promise<Report> {
  const { tenant, history, now, progress } = world;
  const startedAt = now();
  const policy = compilePolicy(run.policy, { now: startedAt, timeZone: run.timeZone });
  const memory = await recall(history);

  const judged = await judgeAll({
    tenant,
    mode: run.mode,
    policy,
    state: memory.state,
    startedAt: new Date(startedAt).toISOString(),
    progress: (listed) => progress?.('judged', listed),
  });
  const mayReadLogs = judged.scopes !== undefined && grantsLogs(judged.scopes);
  const plan = admit(judged.findings, {
    mode: run.mode,
    caps: run.caps,
    quarantine: run.quarantine,
    state: memory.state,
    now: startedAt,
    complete: judged.incomplete === null,
    judged: judged.listed - judged.verdicts.indeterminate,
    stopped: whyNotWrite(judged, memory),
  });
  const report = ({ findings, otherWriters, historyFailure }: Repaired): Report =>
    sumUp({
      run,
      judged,
      startedAt,
      finishedAt: now(),
      notices: plan.notices,
      historyFailure: memory.failure ?? historyFailure,
      findings,
      otherWriters,
      trend: memory.state.trend,
    });

  const asPlanned: Repaired = { findings: plan.findings, otherWriters: 'not_looked_for', historyFailure: null };
  const { policyFingerprint } = run;
  const mayRepair = run.mode === 'remediate' && plan.findings.some(({ outcome }) => outcome === 'planned');
  const repaired = mayRepair
    ? await repairAll(plan.findings, {
        runId: run.runId,
        tenant,
        history,
        policy,
        quarantine: run.quarantine,
        withoutPeople: run.withoutPeople,
        mayReadLogs,
        plannedRecord: { phase: 'planned', policyFingerprint, report: report(asPlanned) },
        approve: world.approve,
        mayWrite: world.mayWrite,
        now,
        sleep: world.sleep,
        stopAt: world.stopAt,
        overBy: world.overBy,
        progress: (ended) => progress?.('repaired', ended),
      })
    : asPlanned;
  // After the repairs: looking up who moved a connection must not widen the gap between judging and repairing it.
  const findings = await attribute(repaired.findings, {
    tenant,
    mayReadLogs,
    from: lastLookedAt(memory.state, startedAt),
    to: startedAt,
    withoutPeople: run.withoutPeople,
  });
  return close(report({ ...repaired, findings }), run, world, memory);
}

/** Since when a change may have been made: the last run that saw everything, or the longest a tenant keeps its log. */
function lastLookedAt({ trend }: TenantState, now: number): number {
  const last = trend.findLast(({ complete }) => complete);
  return last === undefined ? now - LONGEST_RETENTION_DAYS * DAY_MS : Date.parse(last.at);
}

/** What speaks against any write before the first one is tried. Scopes that nobody can tell are no permission. */
function whyNotWrite({ scopes }: Judged, memory: Memory): StopReason | undefined {
  if (memory.failure !== null) return 'history';
  return scopes !== undefined && grantsWriting(scopes) ? undefined : 'scope';
}

/** Keeps the record, tells, and only then lets the next run take for known what was told. */
async function close(report: Report, run: Run, world: World, memory: Memory): Promise<Report> {
  const { policyFingerprint, quarantine, cadence } = run;
  const { history, writePage, tell, isUnannounced = false } = world;
  const placed = { ...report, places: history.placesOf(report.runId) };
  const record = { phase: 'ended', policyFingerprint, report: placed } as const;
  const unkept = (await keepRecord(history, record)) ?? (await keepPage(history, report.runId, writePage?.(placed)));
  const kept = unkept === null ? placed : withFailure(report, unkept);

  const telling = decideNotification(kept, memory.state, cadence);
  const ended = { ...kept, telling };
  const untold = (await tell?.({ report: ended, formerFindings: formerFindings(memory.state, ended) })) ?? [];
  const told = { ...ended, untold };
  const failure = await keepState(history, (state) =>
    nextState(state, told, { quarantine, told: untold.length === 0 && !isUnannounced }),
  );
  return failure === null ? told : withFailure(told, failure);
}

function withFailure(report: Report, failure: string): Report {
  const failures = new Set([report.historyFailure, failure].filter((one) => one !== null));
  return { ...report, historyFailure: [...failures].join(' ') };
}
