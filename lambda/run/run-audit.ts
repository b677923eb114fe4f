import { grantsLogs, grantsWriting } from '../connection/scopes';
import { attempt, keepState, type Memory, recall } from '../history/memory';
import type { TenantState } from '../history/state';
import { claimedBy, claimUnreported } from '../history/unreported';
import type { EarlierChange } from '../judge/change';
import type { StopReason } from '../judge/outcome';
import type { Report } from '../judge/report';
import { DAY_MS } from '../policy/days';
import { compilePolicy } from '../policy/expectation';
import { admit } from '../repair/admit';
import { type Repaired, repairAll } from '../repair/repair-all';
import { proveAccess } from './access';
import { attribute, LONGEST_RETENTION_DAYS } from './attribute';
import { closeRun } from './close-run';
import { type FormerRuns, findFormerRuns, plannedIn } from './former-runs';
import { type Judged, judgeAll } from './judge-all';
import { clockNotices } from './notification';
import { readLoggedWrites, type Settled, settleFormerRuns, valuesFrom } from './settle';
import { sumUp } from './sum-up';
import type { Run, World } from './world';

/** Another invocation has claimed the same event of the schedule, and reports it. */
export class DuplicateEvent extends Error {
  constructor() {
    super('Another invocation has claimed this event.');
    this.name = 'DuplicateEvent';
  }
}

/**
 * Audits a tenant: judges every connection and plans the repair of each that deviates; settles what earlier runs left;
 * where the mode and the rails allow it, carries the finished plan out; then sums up, and keeps the record and what the
 * next run must know. Throws `DuplicateEvent`, before it has done anything but read.
 */
export async function runAudit(run: Run, world: World): Promise<Report> {
  const { tenant, history, now, progress, isInterrupted } = world;
  const startedAt = now();
  const policy = compilePolicy(run.policy, { now: startedAt, timeZone: run.timeZone });
  const access = await proveAccess(tenant, run.mode);
  if (access.incomplete === null && (await world.isClaimed?.()) === true) throw new DuplicateEvent();
  const { memory: begun, former } = await remember(world, startedAt);

  const judged = await judgeAll({
    tenant,
    access,
    policy,
    state: begun.state,
    isRemembered: begun.failure === null,
    startedAt: new Date(startedAt).toISOString(),
    watch: plannedIn(former),
    isInterrupted,
    progress: (listed) => progress?.('judged', listed),
  });
  const mayReadLogs = judged.scopes !== undefined && grantsLogs(judged.scopes);
  const settled = await settle(former, judged, mayReadLogs, run, world);
  // Also where another run was faster: what that one has settled is to be told.
  const memory = former === undefined ? begun : await recall(history);
  const plan = admit(judged.findings, {
    mode: run.mode,
    caps: run.caps,
    quarantine: run.quarantine,
    state: memory.state,
    now: startedAt,
    complete: judged.incomplete === null,
    judged: judged.listed - judged.verdicts.indeterminate,
    stopped: whyNotWrite(judged, memory, settled),
  });
  const report = (repaired: Repaired, earlierChanges: readonly EarlierChange[]): Report =>
    sumUp({
      run,
      judged,
      startedAt,
      finishedAt: now(),
      notices: [...plan.notices, ...clockNotices(memory.state, startedAt)],
      historyFailure: memory.failure ?? settled.failure ?? repaired.historyFailure,
      findings: repaired.findings,
      otherWriters: repaired.otherWriters,
      earlierChanges,
      trend: memory.state.trend,
    });

  const asPlanned: Repaired = {
    findings: plan.findings,
    otherWriters: 'not_looked_for',
    historyFailure: null,
    hasLease: false,
    record: undefined,
  };
  const { policyFingerprint, by } = run;
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
        plannedRecord: {
          kind: 'repair',
          phase: 'planned',
          policyFingerprint,
          report: report(asPlanned, []),
          by,
          published: { people: false, machines: false },
        },
        approve: (planned) => world.approve(planned, { isFirstRun: memory.isFirst }),
        mayWrite: world.mayWrite,
        isInterrupted,
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
  const earlier = await takeOn(memory.state, run, world);
  const { hasLease, record } = repaired;
  const { state } = memory;
  const { listing } = judged;
  const historyFailure = repaired.historyFailure ?? earlier.failure;
  return closeRun(report({ ...repaired, findings, historyFailure }, earlier.changes), {
    run,
    world,
    state,
    listing,
    hasLease,
    record,
  });
}

/** What earlier runs left: the state, and a lease that was not given back. */
async function remember(
  { history }: World,
  now: number,
): Promise<{ readonly memory: Memory; readonly former: FormerRuns | undefined }> {
  const memory = await recall(history);
  if (memory.failure !== null) return { memory, former: undefined };
  return attempt(
    async () => ({ memory, former: await findFormerRuns(history, now) }),
    (failure) => ({ memory: { ...memory, failure }, former: undefined }),
  );
}

/** Settles what earlier runs left. What this run could not see it settles not. */
async function settle(
  former: FormerRuns | undefined,
  judged: Judged,
  mayReadLogs: boolean,
  run: Run,
  world: World,
): Promise<Settled> {
  if (former === undefined) return { isSettled: true, isFree: true, failure: null };
  if (former.failure !== null) return { isSettled: false, isFree: false, failure: former.failure };
  const isSeen = judged.incomplete === null || plannedIn(former).size === 0;
  if (!isSeen) return { isSettled: false, isFree: false, failure: null };
  const { history, tenant } = world;
  const findValue = valuesFrom(judged.watched, tenant);
  const loggedWrites = readLoggedWrites(tenant, mayReadLogs);
  return settleFormerRuns(former, { history, quarantine: run.quarantine, findValue, loggedWrites });
}

/** Since when a change may have been made: the last run that saw everything, or the longest a tenant keeps its log. */
function lastLookedAt({ trend }: TenantState, now: number): number {
  const last = trend.findLast(({ complete }) => complete);
  return last === undefined ? now - LONGEST_RETENTION_DAYS * DAY_MS : Date.parse(last.at);
}

/** What speaks against any write before the first one is tried. Scopes that nobody can tell are no permission. */
function whyNotWrite({ scopes }: Judged, memory: Memory, { isFree }: Settled): StopReason | undefined {
  if (memory.failure !== null) return 'history';
  if (!isFree) return 'lease';
  return scopes !== undefined && grantsWriting(scopes) ? undefined : 'scope';
}

/**
 * Takes on the changes that somebody has not heard of, so that no other run reports them at the same time. Where that
 * fails, the run says so: it must not be quiet about what it could not tell.
 */
async function takeOn(
  { unreported }: TenantState,
  { runId }: Run,
  { history, now, overBy, isUnannounced }: World,
): Promise<{ readonly changes: readonly EarlierChange[]; readonly failure: string | null }> {
  if (isUnannounced || Object.keys(unreported).length === 0) return { changes: [], failure: null };
  const { state, failure } = await keepState(history, (found) =>
    claimUnreported(found, { runId, now: now(), until: overBy }),
  );
  return { changes: state === null ? [] : claimedBy(state, runId), failure };
}
