import { ownEntry } from '../connection/own-entry';
import { keysOf } from '../connection/tables';
import type { TenantState } from '../history/state';
import type { Finding } from '../judge/finding';
import { isFailure, OUTCOMES } from '../judge/outcome';
import { byShape } from './shape';

const FAILURES: ReadonlySet<string> = new Set(keysOf(OUTCOMES).filter(isFailure));

/**
 * Planned repairs in the order of the attempts. Repairs that did not fail recently come first, because the first repair
 * of a strategy is its canary. Repairs that failed in the last run come next, then repairs that Auth0 refused, most often
 * refused last. Among equals, the shape without missing options comes first.
 */
export function orderCanaries(
  planned: readonly Finding[],
  { findings, refusals }: Pick<TenantState, 'findings' | 'refusals'>,
): readonly Finding[] {
  const rank = ({ connection: { id } }: Finding): number => {
    const runs = ownEntry(refusals, id)?.runs ?? 0;
    return runs > 0 ? runs + 1 : Number(FAILURES.has(ownEntry(findings, id)?.outcome ?? ''));
  };
  return planned.toSorted((a, b) => rank(a) - rank(b) || byShape(a.repair, b.repair));
}
