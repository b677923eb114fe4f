import type { Mode, Quarantine } from '../contract';
import { type Hold, holdOn, isQuarantined, type TenantState } from '../history/state';
import { endRepair, type Finding } from '../judge/finding';
import type { Notice } from '../judge/notice';
import { type Ending, ending, type StopReason } from '../judge/outcome';
import { type Caps, largestPlan } from './caps';
import { describeRefusals, restOf } from './rest';

/** What is known when the listing has been judged, and before anything is written. */
export interface AdmitContext {
  readonly mode: Mode;
  readonly complete: boolean;
  /** Connections whose setting could be judged. */
  readonly judged: number;
  /** Without caps a run that may write changes nothing; one that only reports has nothing to compare with. */
  readonly caps: Caps | undefined;
  readonly state: TenantState;
  readonly quarantine: Quarantine;
  /** Connections that a person wants tried although they rest: ids. */
  readonly retry: ReadonlySet<string>;
  /** Why this run may not write at all, as far as known. */
  readonly stopped: StopReason | undefined;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

export interface Plan {
  /** All findings, those that will not be repaired with the reason in their outcome. */
  readonly findings: readonly Finding[];
  readonly notices: readonly Notice[];
}

/**
 * Decides which of the planned repairs may be carried out: none of a connection that a person holds, that keeps
 * being set back or that Auth0 keeps refusing, and none at all after an incomplete listing or over the cap. In report mode the cap is told, not applied.
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

/** Leaves a finding planned, or ends it where a person holds its connection, something keeps setting it back or it rests. */
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
  return `Held since ${since.slice(0, 16).replace('T', ' ')} UTC by ${by ?? 'a person'}, who undid the repair of run ${runId}.`;
}

function refuseAll({ complete, stopped }: AdmitContext, overCap: boolean): Ending | undefined {
  if (!complete) return ending('skipped_incomplete');
  if (stopped !== undefined) return ending('skipped_stopped', { stopped });
  return overCap ? ending('skipped_cap') : undefined;
}
