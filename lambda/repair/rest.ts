import { REST_DAYS, type Refusals, refusalsOf, type TenantState } from '../history/state';
import type { Finding } from '../judge/finding';
import { type Ending, ending, isRefused } from '../judge/outcome';
import { DAY_MS } from '../policy/days';

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
