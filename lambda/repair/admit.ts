import type { Mode, Quarantine } from '../contract';
import { type Hold, holdOn, isQuarantined, type TenantState } from '../history/state';
import { endRepair, type Finding } from '../judge/finding';
import type { Notice } from '../judge/notice';
import { type Ending, ending, type StopReason } from '../judge/outcome';
import { type Caps, largestPlan } from './caps';
import { describeRefusals, restOf } from './rest';

/** The facts that are known after the listing was judged and before anything is written. */
export interface AdmitContext {
  readonly mode: Mode;
  readonly complete: boolean;
  /** Connections whose setting could be judged. */
  readonly judged: number;
  /** Without caps, a run in remediate mode changes nothing, and a run in report mode does not check the plan. */
  readonly caps: Caps | undefined;
  readonly state: TenantState;
  readonly quarantine: Quarantine;
  /** The ids of paused connections that an operator wants to retry. */
  readonly retry: ReadonlySet<string>;
  /** Why this run is not allowed to write at all, as far as known. */
  readonly stopped: StopReason | undefined;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

export interface Plan {
  /** All findings. If a finding will not be repaired, its outcome contains the reason. */
  readonly findings: readonly Finding[];
  readonly notices: readonly Notice[];
}

/**
 * Decides which planned repairs are allowed. A connection is not repaired if it is on hold, if its value was repeatedly
 * changed back, or if Auth0 repeatedly refused its repair. Nothing is repaired after an incomplete listing or over the
 * cap. In report mode the cap is reported, not applied.
 */
export function admit(findings: readonly Finding[], context: AdmitContext): Plan {
  const single = findings.map((finding) => refuseOne(finding, context));
  const planned = single.filter(({ outcome }) => outcome === 'planned').length;
  const allowed = allowedChanges(context);
  const notices: Notice[] = planned > allowed ? [{ code: 'CAP_EXCEEDED', planned, allowed }] : [];
  const refusal = context.mode === 'report' ? undefined : refuseAll(context, planned > allowed);
  return { findings: refusal === undefined ? single : single.map((finding) => endRepair(finding, refusal)), notices };
}

function allowedChanges({ caps, mode, judged }: AdmitContext): number {
  if (caps === undefined) return mode === 'report' ? Number.POSITIVE_INFINITY : 0;
  return largestPlan(caps, judged);
}

/** Leaves a finding planned, or ends it if its connection is on hold, quarantined or paused. */
export function refuseOne(
  finding: Finding,
  { state, quarantine, retry, now }: Pick<AdmitContext, 'state' | 'quarantine' | 'retry' | 'now'>,
): Finding {
  const { id } = finding.connection;
  const hold = holdOn(state, finding);
  if (hold !== undefined) return endRepair(finding, ending('held', { detail: describeHold(hold) }));
  if (isQuarantined(state, id, now, quarantine)) {
    return endRepair(finding, ending('quarantined', { quarantine: 'set_back' }));
  }
  const refusals = retry.has(id) ? undefined : restOf(state, finding, now);
  if (refusals === undefined) return finding;
  const { words: refusal } = refusals;
  return endRepair(
    finding,
    ending('quarantined', { quarantine: 'refused', refusal, detail: describeRefusals(refusals) }),
  );
}

function describeHold({ runId, since, by }: Hold): string {
  return `Held since ${since.slice(0, 16).replace('T', ' ')} UTC: ${by ?? 'an operator'} undid the repair of run ${runId}.`;
}

function refuseAll({ complete, stopped }: AdmitContext, overCap: boolean): Ending | undefined {
  if (!complete) return ending('skipped_incomplete');
  if (stopped !== undefined) return ending('skipped_stopped', { stopped });
  return overCap ? ending('skipped_cap') : undefined;
}
