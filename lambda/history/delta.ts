import { ownEntry } from '../connection/own-entry';
import { SETTING } from '../connection/setting';
import type { FindingCode, Verdict } from '../judge/evaluate';
import type { Occurrence } from '../judge/finding';
import type { Resolved } from '../judge/report';
import type { TenantState } from './state';

/**
 * Compares a finding with the state of earlier runs. Another code on the same connection is another finding. A finding
 * that was not reported to every receiver is new again; it keeps the day on which it was first seen.
 */
export function occurrenceOf(state: TenantState, id: string, code: FindingCode, now: string): Occurrence {
  const known = ownEntry(state.findings, id);
  const isKnown = known?.code === code;
  if (isKnown && known.untold !== true) return { lifecycle: 'open', firstSeen: known.firstSeen };
  const isBack = ownEntry(state.resolved, id)?.code === code;
  return { lifecycle: isBack ? 'reopened' : 'new', firstSeen: isKnown ? known.firstSeen : now };
}

/**
 * The findings of earlier runs that this run resolves. A connection that is not in the listing counts as absent only if
 * the listing was complete.
 */
export function resolvedBy(
  state: TenantState,
  verdicts: ReadonlyMap<string, Verdict['verdict']>,
  listingIsComplete: boolean,
): readonly Resolved[] {
  return Object.entries(state.findings).flatMap(([id, { code, firstSeen, name, strategy }]): Resolved[] => {
    const verdict = verdicts.get(id);
    const earlier = { connection: { id, name, strategy }, control: SETTING, code, firstSeen };
    if (verdict === 'compliant' || verdict === 'not_applicable') return [{ ...earlier, how: verdict }];
    return verdict === undefined && listingIsComplete ? [{ ...earlier, how: 'absent' }] : [];
  });
}
