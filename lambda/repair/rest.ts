import { ownEntry } from '../connection/own-entry';
import { STRATEGY_TABLE_VERSION } from '../connection/strategies';
import { expectationOf, type Refusals, type TenantState } from '../history/state';
import type { Finding } from '../judge/finding';
import { type Ending, ending, isRefused } from '../judge/outcome';
import { DAY_MS } from '../policy/days';

/** A connection that Auth0 refused in this many consecutive runs is paused, and is tried again after this many days. */
const RUNS_UNTIL_REST = 3;
const REST_DAYS = 7;
/** Runs of one schedule are never exactly a day apart. A change of daylight saving time moves them by an hour. */
const TOLERANCE_MS = 2 * 60 * 60 * 1000;

/** The refusals of the same repair: the same value, the same rule and the same version of the strategy table. */
function refusalsOf({ refusals }: TenantState, { connection, actual, rule, expected }: Finding): Refusals | undefined {
  const found = ownEntry(refusals, connection.id);
  const isSame =
    found?.value === actual &&
    found.expectation === expectationOf({ rule, expected }) &&
    found.facts === STRATEGY_TABLE_VERSION;
  return isSame && found.runs >= RUNS_UNTIL_REST ? found : undefined;
}

/** The same refusals, while the connection is paused. `now`: milliseconds since the epoch. */
export function restOf(state: TenantState, finding: Finding, now: number): Refusals | undefined {
  const refusals = refusalsOf(state, finding);
  if (refusals === undefined) return undefined;
  return now < Date.parse(refusals.last) + REST_DAYS * DAY_MS - TOLERANCE_MS ? refusals : undefined;
}

/** How often and since when Auth0 refused a paused connection, and when the next attempt is. */
export function describeRefusals({ runs, since, last }: Pick<Refusals, 'runs' | 'since' | 'last'>): string {
  const next = new Date(Date.parse(last) + REST_DAYS * DAY_MS).toISOString();
  return `Refused in ${runs} consecutive runs, from ${dayIn(since)} to ${dayIn(last)}. Next attempt: ${dayIn(next)}.`;
}

function dayIn(instant: string): string {
  return instant.slice(0, 10);
}

/**
 * The ending of a repair that was paused and tried again. If Auth0 refuses the repair again and nothing has changed
 * since, the connection stays paused. This refusal is known and is not a failure of the run. `now`: milliseconds since
 * the epoch.
 */
export function restAgain(
  finding: Finding,
  reached: Ending,
  { state, now }: { readonly state: TenantState; readonly now: number },
): Ending {
  const earlier = refusalsOf(state, finding);
  if (earlier === undefined || !isRefused(reached)) return reached;
  const refusals = { runs: earlier.runs + 1, since: earlier.since, last: new Date(now).toISOString() };
  const { refusal } = reached;
  return ending('quarantined', { quarantine: 'refused_again', refusal, detail: describeRefusals(refusals) });
}
