import type { Mode } from '../contract';
import { admit } from './admit';
import type { Caps } from './caps';
import { compilePolicy } from './expectation';
import type { History } from './history';
import { type Judged, judgeAll } from './judge-all';
import { keepRecord, keepState, type Memory, recall } from './memory';
import type { StopReason } from './outcome';
import type { Policy } from './policy';
import type { Tenant } from './ports';
import { type Repaired, repairAll } from './repair-all';
import type { Finding, Report } from './report';
import { grantsLogs, grantsWriting } from './scopes';
import { firstSeen, nextState, type Quarantine } from './state';
import { sumUp } from './sum-up';

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
    firstSeen: (id, code) => firstSeen(memory.state, id, code, new Date(startedAt).toISOString()),
    progress: (listed) => progress?.('judged', listed),
  });
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
    });

  const asPlanned: Repaired = { findings: plan.findings, otherWriters: 'not_looked_for', historyFailure: null };
  const { policyFingerprint } = run;
  const mayRepair = run.mode === 'remediate' && plan.findings.some(({ outcome }) => outcome === 'planned');
  const repaired = mayRepair
    ? await repairAll(plan.findings, {
        run,
        world,
        policy,
        mayReadLogs: judged.scopes !== undefined && grantsLogs(judged.scopes),
        plannedRecord: { phase: 'planned', policyFingerprint, report: report(asPlanned) },
      })
    : asPlanned;
  return keep(report(repaired), run, world);
}

/** What speaks against any write before the first one is tried. Scopes that nobody can tell are no permission. */
function whyNotWrite({ scopes }: Judged, memory: Memory): StopReason | undefined {
  if (memory.failure !== null) return 'history';
  return scopes !== undefined && grantsWriting(scopes) ? undefined : 'scope';
}

async function keep(report: Report, { policyFingerprint, quarantine }: Run, { history }: World): Promise<Report> {
  const failures = [
    report.historyFailure,
    await keepRecord(history, { phase: 'ended', policyFingerprint, report }),
    await keepState(history, (state) => nextState(state, report, quarantine)),
  ].filter((failure) => failure !== null);
  return failures.length === 0 ? report : { ...report, historyFailure: [...new Set(failures)].join(' ') };
}
