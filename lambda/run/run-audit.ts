import { grantsLogs, grantsWriting } from '../connection/scopes';
import { keepPolicy, type Memory, recall } from '../history/memory';
import type { TenantState } from '../history/state';
import { type EarlierChange, NOBODY_TOLD } from '../judge/change';
import type { StopReason } from '../judge/outcome';
import type { Report } from '../judge/report';
import { compilePolicy } from '../policy/expectation';
import { admit } from '../repair/admit';
import { type Repaired, repairAll } from '../repair/repair-all';
import { findRetried } from '../repair/retry';
import { proveAccess } from './access';
import { attribute } from './attribute';
import { closeRun } from './close-run';
import { recallEarlier, settleEarlier, takeOnUnreported } from './earlier-runs';
import { joinFailures } from './failures';
import { plannedIn } from './former-runs';
import { type Judged, judgeAll } from './judge-all';
import { clockNotices, missedNotices } from './run-notices';
import type { Settled } from './settle';
import { type Counted, countSubscribers, isUnheard } from './subscribers';
import { sumUp } from './sum-up';
import type { Run, World } from './world';
import { rememberSwitch, stopNotices } from './write-switch';

/** Another invocation has claimed the same event of the schedule and reports it. */
export class DuplicateEvent extends Error {
  constructor() {
    super('Another invocation has claimed this event.');
    this.name = 'DuplicateEvent';
  }
}

/**
 * Audits a tenant. Judges every connection and plans the repair of each connection that deviates. Settles what earlier
 * runs left. Carries out the plan if the mode and the safeguards allow it. Then sums up, and keeps the record and the
 * state for the next run. Throws `DuplicateEvent` or `NothingToRetry` before any write.
 */
export async function runAudit(run: Run, world: World): Promise<Report> {
  const { tenant, history, now, progress, isInterrupted } = world;
  const startedAt = now();
  const policy = compilePolicy(run.policy, { now: startedAt, timeZone: run.timeZone });
  const access = await proveAccess(tenant, run.mode);
  if (access.incomplete === null && (await world.isClaimed?.()) === true) throw new DuplicateEvent();
  const { memory: begun, former } = await recallEarlier(history, startedAt);

  const judged = await judgeAll({
    tenant,
    access,
    policy,
    state: begun.state,
    isRemembered: begun.failure === null,
    startedAt: new Date(startedAt).toISOString(),
    watch: plannedIn(former),
    isInterrupted,
    now,
    progress: (listed) => progress?.({ kind: 'judged', done: listed }),
    noteWithoutFinding: world.noteWithoutFinding,
  });
  const { findings: drifted, incomplete } = judged;
  const retry = findRetried(run.retry, { findings: drifted, isComplete: incomplete === null });
  const mayReadLogs = judged.scopes !== undefined && grantsLogs(judged.scopes);
  const settled = await settleEarlier(former, judged, { tenant, history, quarantine: run.quarantine, mayReadLogs });
  // Also if another run was faster: the changes that it settled must be reported.
  const memory = former === undefined ? begun : await recall(history);
  // Before the first record that names its fingerprint.
  const unkeptPolicy = await keepPolicy(history, run, memory.state);
  const plan = admit(judged.findings, {
    mode: run.mode,
    caps: run.caps,
    quarantine: run.quarantine,
    retry,
    state: memory.state,
    now: startedAt,
    complete: judged.incomplete === null,
    judged: judged.listed - judged.verdicts.indeterminate,
    stopped: whyNotWrite(judged, memory, settled),
  });
  const begunWith = [...clockNotices(memory.state, startedAt), ...missedNotices(memory.state)];
  const report = (repaired: Repaired, earlierChanges: readonly EarlierChange[], counted: Counted): Report =>
    sumUp({
      run,
      judged,
      startedAt,
      finishedAt: now(),
      notices: [...plan.notices, ...begunWith, ...counted.notices],
      historyFailure: joinFailures(memory.failure ?? settled.failure, unkeptPolicy, repaired.historyFailure),
      findings: repaired.findings,
      otherWriters: repaired.otherWriters,
      earlierChanges,
      trend: memory.state.trend,
      subscribers: counted.subscribers,
    });

  const asPlanned: Repaired = {
    findings: plan.findings,
    otherWriters: 'not_looked_for',
    historyFailure: null,
    hasLease: false,
    record: undefined,
  };
  const { policyFingerprint, by } = run;
  const writes = rememberSwitch(world.mayWrite);
  const mayRepair = run.mode === 'remediate' && plan.findings.some(({ outcome }) => outcome === 'planned');
  const early = mayRepair ? await countSubscribers(world) : NOT_COUNTED;
  // No one can object to findings that no one has received.
  const isFirstRun = begun.isFirst || (isUnheard(early) && memory.state.lastTold === null);
  const repaired = mayRepair
    ? await repairAll(plan.findings, {
        runId: run.runId,
        tenant,
        history,
        policy,
        quarantine: run.quarantine,
        retry,
        withoutPeople: run.withoutPeople,
        mayReadLogs,
        plannedRecord: {
          kind: 'repair',
          phase: 'planned',
          policyFingerprint,
          report: report(asPlanned, [], early),
          by,
          published: NOBODY_TOLD,
        },
        approve: (planned) => world.approve(planned, { isFirstRun }),
        mayWrite: writes.ask,
        isInterrupted,
        now,
        sleep: world.sleep,
        stopAt: world.stopAt,
        overBy: world.overBy,
        progress,
      })
    : asPlanned;
  // After the repairs: looking up the author of a change must not widen the gap between judging a connection and
  // repairing it.
  const findings = await attribute(repaired.findings, {
    runId: run.runId,
    tenant,
    history,
    mayReadLogs,
    readAt: judged.readAt,
    startedAt,
    lastSeenAt: lastSeenAt(memory.state),
    withoutPeople: run.withoutPeople,
    progress,
  });
  progress?.({ kind: 'closing' });
  const earlier = await takeOnUnreported(memory.state, run, world);
  const { hasLease, record } = repaired;
  const { state } = memory;
  const { listing } = judged;
  const historyFailure = joinFailures(repaired.historyFailure, earlier.failure);
  const stopped =
    run.mode === 'remediate' ? stopNotices(await writes.last(), memory, new Date(startedAt).toISOString()) : [];
  // As late as possible: a recipient might have confirmed while the run was active.
  const { subscribers, notices } = await countSubscribers(world);
  const counted: Counted = { subscribers, notices: [...notices, ...stopped] };
  return closeRun(report({ ...repaired, findings, historyFailure }, earlier.changes, counted), {
    isLeaseFree: settled.isFree,
    isProven: begun.failure === null,
    run,
    world,
    state,
    listing,
    hasLease,
    record,
    keptPolicy: unkeptPolicy === null ? policyFingerprint : null,
  });
}

const NOT_COUNTED: Counted = { subscribers: null, notices: [] };

/** When the last complete run took place, in milliseconds since the epoch. */
function lastSeenAt({ trend }: TenantState): number | undefined {
  const last = trend.findLast(({ complete }) => complete);
  return last === undefined ? undefined : Date.parse(last.at);
}

/** Why no write is allowed, before the first one is tried. Unknown scopes are not a permission. */
function whyNotWrite({ scopes }: Judged, memory: Memory, { isFree }: Settled): StopReason | undefined {
  if (memory.failure !== null) return 'history';
  if (!isFree) return 'lease';
  return scopes !== undefined && grantsWriting(scopes) ? undefined : 'scope';
}
