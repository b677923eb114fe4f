import type { Tenant } from '../connection/ports';
import { grantsLogs, grantsWriting } from '../connection/scopes';
import type { Mode } from '../contract';
import type { History } from '../history/history';
import { keepPage, keepRecord, keepState, type Memory, recall } from '../history/memory';
import { nextState, type Quarantine, type TenantState } from '../history/state';
import type { StopReason } from '../judge/outcome';
import type { Finding, Report } from '../judge/report';
import { compilePolicy } from '../policy/expectation';
import type { Policy } from '../policy/policy';
import { admit } from '../repair/admit';
import type { Caps } from '../repair/caps';
import { type Repaired, repairAll } from '../repair/repair-all';
import { attribute, LONGEST_RETENTION_DAYS } from './attribute';
import { type Judged, judgeAll } from './judge-all';
import { sumUp } from './sum-up';
import { type Cadence, decideTelling } from './telling';

/** One audit of one tenant, as asked for. */
export interface Run {
  readonly runId: string;
  readonly environment: string;
  readonly tenant: string;
  readonly mode: Mode;
  readonly policy: Policy;
  /** A hash of the policy, for the record. */
  readonly policyFingerprint: string;
  /** The schedule's time zone: exemptions end with the day there. */
  readonly timeZone: string;
  readonly caps: Caps | undefined;
  readonly quarantine: Quarantine;
  readonly cadence: Cadence;
  /** Leaves out of the record and of every message what tells who a person is: e-mail, address, user agent. */
  readonly withoutPeople: boolean;
}

/** What the audit needs of the world. */
export interface World {
  readonly tenant: Tenant;
  readonly history: History;
  /** Whether writes are allowed just now; anything but a clear yes stops them. */
  readonly mayWrite: () => Promise<boolean>;
  /** Asked once with the finished plan, before anything is written. */
  readonly approve: (planned: readonly Finding[]) => Promise<boolean>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** Milliseconds since the epoch after which no repair is begun. */
  readonly stopAt: number;
  /** Milliseconds since the epoch at which this run is over for certain, so that another may write. */
  readonly overBy: number;
  readonly progress?: ((step: 'judged' | 'repaired', count: number) => void) | undefined;
  /**
   * The report as a page, to be kept with the record.
   * @default no page is kept
   */
  readonly writePage?: ((report: Report) => string) | undefined;
  /**
   * Tells people and machines; gives back why somebody could not be told.
   * @default nobody is told
   */
  readonly tell?: ((report: Report) => Promise<readonly string[]>) | undefined;
  /**
   * What this run tells reaches only the person who started it, so that the next one tells it again.
   * @default false
   */
  readonly isPrivate?: boolean | undefined;
}

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
    ...run,
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
        run,
        world,
        policy,
        mayReadLogs,
        plannedRecord: { phase: 'planned', policyFingerprint, report: report(asPlanned) },
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
  return last === undefined ? now - LONGEST_RETENTION_DAYS * 24 * 60 * 60 * 1000 : Date.parse(last.at);
}

/** What speaks against any write before the first one is tried. Scopes that nobody can tell are no permission. */
function whyNotWrite({ scopes }: Judged, memory: Memory): StopReason | undefined {
  if (memory.failure !== null) return 'history';
  return scopes !== undefined && grantsWriting(scopes) ? undefined : 'scope';
}

/** Keeps the record, tells, and only then lets the next run take for known what was told. */
async function close(report: Report, run: Run, world: World, memory: Memory): Promise<Report> {
  const { policyFingerprint, quarantine, cadence } = run;
  const { history, writePage, tell, isPrivate = false } = world;
  const placed = { ...report, places: history.placesOf(report.runId) };
  const record = { phase: 'ended', policyFingerprint, report: placed } as const;
  const unkept = (await keepRecord(history, record)) ?? (await keepPage(history, report.runId, writePage?.(placed)));
  const kept = unkept === null ? placed : withFailure(report, unkept);

  const telling = decideTelling(kept, memory.state, cadence);
  const untold = (await tell?.({ ...kept, telling })) ?? [];
  const told = { ...kept, telling, untold };
  const failure = await keepState(history, (state) =>
    nextState(state, told, { quarantine, told: untold.length === 0 && !isPrivate }),
  );
  return failure === null ? told : withFailure(told, failure);
}

function withFailure(report: Report, failure: string): Report {
  const failures = new Set([report.historyFailure, failure].filter((one) => one !== null));
  return { ...report, historyFailure: [...failures].join(' ') };
}
