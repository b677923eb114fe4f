import type { FindingCode, Verdict } from '../judge/evaluate';
import type { TenantState } from './state';

/** Where a finding stands against earlier runs. `reopened`: it was resolved before, and is back. */
export type Lifecycle = 'new' | 'open' | 'reopened';

export interface Standing {
  readonly lifecycle: Lifecycle;
  /** ISO 8601, UTC: when a run first saw it, this time round. */
  readonly firstSeen: string;
}

/** A finding of an earlier run that is none any more, and how that is known. */
export interface Resolved {
  readonly connection: { readonly id: string; readonly name: string; readonly strategy: string };
  readonly code: FindingCode;
  readonly firstSeen: string;
  /** Judged compliant in this run, judged to lie outside the setting, or absent from a listing that was complete. */
  readonly how: 'compliant' | 'not_applicable' | 'absent';
}

/** One earlier run in numbers, for a trend. */
export interface TrendPoint {
  readonly runId: string;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly complete: boolean;
  readonly listed: number;
  readonly noncompliant: number;
  readonly indeterminate: number;
  readonly exempt: number;
  readonly remediated: number;
}

/** Compares a finding with what earlier runs left. Another code on the same connection is another finding. */
export function standingOf(state: TenantState, id: string, code: FindingCode, now: string): Standing {
  const known = own(state.findings, id);
  if (known?.code === code) return { lifecycle: 'open', firstSeen: known.firstSeen };
  const isBack = own(state.resolved, id)?.code === code;
  return { lifecycle: isBack ? 'reopened' : 'new', firstSeen: now };
}

/**
 * The findings of earlier runs that this one settles. What was not seen settles nothing: absence counts only where the
 * listing was complete.
 */
export function resolvedBy(
  state: TenantState,
  verdicts: ReadonlyMap<string, Verdict['verdict']>,
  listingIsComplete: boolean,
): readonly Resolved[] {
  return Object.entries(state.findings).flatMap(([id, { code, firstSeen, name, strategy }]): Resolved[] => {
    const verdict = verdicts.get(id);
    const connection = { id, name, strategy };
    if (verdict === 'compliant' || verdict === 'not_applicable') return [{ connection, code, firstSeen, how: verdict }];
    return verdict === undefined && listingIsComplete ? [{ connection, code, firstSeen, how: 'absent' }] : [];
  });
}

/** Ids come from a tenant: one that is named like a prototype's key is a key like any other. */
function own<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}
