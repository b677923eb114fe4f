import { ownEntry } from '../connection/own-entry';
import { STRATEGY_TABLE_VERSION } from '../connection/strategies';
import { expectationOf, type Refusals, type TenantState } from '../history/state';
import type { Finding } from '../judge/finding';
import { type Ending, ending, isRefused } from '../judge/outcome';
import { DAY_MS } from '../policy/days';

/** A connection that Auth0 refused in so many runs in a row rests, and is tried again after so many days. */
const RUNS_UNTIL_REST = 3;
const REST_DAYS = 7;
/** Nights of one schedule are never exactly a day apart; a change of the clocks moves them by an hour. */
const TOLERANCE_MS = 2 * 60 * 60 * 1000;

/** The refusals of the same repair: of this value, under this rule, by these facts of its strategy. */
function refusalsOf({ refusals }: TenantState, { connection, actual, rule, expected }: Finding): Refusals | undefined {
  const found = ownEntry(refusals, connection.id);
  const isSame =
    found?.value === actual &&
    found.expectation === expectationOf({ rule, expected }) &&
    found.facts === STRATEGY_TABLE_VERSION;
  return isSame && found.runs >= RUNS_UNTIL_REST ? found : undefined;
}

/** The same while the connection rests. `now`: milliseconds since the epoch. */
export function restOf(state: TenantState, finding: Finding, now: number): Refusals | undefined {
  const refusals = refusalsOf(state, finding);
  if (refusals === undefined) return undefined;
  return now < Date.parse(refusals.last) + REST_DAYS * DAY_MS - TOLERANCE_MS ? refusals : undefined;
}

/** How often and since when Auth0 refused a connection that rests, and when it is tried next. */
export function describeRefusals({ runs, since, last }: Pick<Refusals, 'runs' | 'since' | 'last'>): string {
  const next = new Date(Date.parse(last) + REST_DAYS * DAY_MS).toISOString();
  return `Refused in ${runs} runs in a row, from ${dayIn(since)} to ${dayIn(last)}. Next try: ${dayIn(next)}.`;
}

function dayIn(instant: string): string {
  return instant.slice(0, 10);
}

/**
 * How the repair of a connection ended that had rested and was tried again. What Auth0 refuses once more, and nothing has
 * changed since, goes on resting: it is known, and no failure of the run. `now`: milliseconds since the epoch.
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
