import { ownEntry } from '../connection/own-entry';
import type { Quarantine } from '../contract';
import { CHANGE_RESULTS, type Change, type EarlierChange, type Told } from '../judge/change';
import type { Report } from '../judge/report';
import { DAY_MS } from '../policy/days';
import { LONGEST_TENURE_MS } from './lease';
import type { ChangeEntry, TenantState, Unreported } from './state';

/** The number of changes kept, for a list and so that each change is added to the state one time. */
const REMEMBERED = 100;

/**
 * Adds a change of a run or an operator to the state: to the list of changes, to the count for the quarantine, and to
 * the unreported changes until recipients and consumers are notified. A change that the state already has stays
 * unchanged.
 */
export function addChange(
  state: TenantState,
  change: Change,
  { told, quarantine }: { readonly told: Told; readonly quarantine: Quarantine },
): TenantState {
  if (state.changes.some(({ runId }) => runId === change.runId)) return state;
  const entry: ChangeEntry = { ...change, connections: change.connections.length };
  const isOpen = !told.people || !told.machines;
  const unreported: Unreported = { change, people: !told.people, machines: !told.machines, claim: null };
  return {
    ...state,
    repairs: countRepairs(state.repairs, change, quarantine),
    changes: [...state.changes, entry].slice(-REMEMBERED),
    unreported: isOpen ? { ...state.unreported, [change.runId]: unreported } : state.unreported,
  };
}

/** Counts the writes within the period of the quarantine. An undone connection is on hold and needs no quarantine. */
function countRepairs(repairs: TenantState['repairs'], change: Change, { days }: Quarantine): TenantState['repairs'] {
  if (change.kind !== 'repair') return repairs;
  const since = Date.parse(change.at) - days * DAY_MS;
  const counted = new Map(Object.entries(repairs));
  for (const { id, result, at } of change.connections) {
    if (!CHANGE_RESULTS[result].mayHaveWritten || Date.parse(at) <= since) continue;
    counted.set(id, [...new Set([...(counted.get(id) ?? []), at])]);
  }
  return Object.fromEntries(counted);
}

/**
 * Claims the unreported changes for one run until a time, because two runs must not report the same change. A claim of
 * another run that has ended without a report is taken over.
 */
export function claimUnreported(
  state: TenantState,
  { runId, now, until }: { readonly runId: string; readonly now: number; readonly until: number },
): TenantState {
  const claimed = Object.entries(state.unreported).map(([id, entry]) => {
    const { claim } = entry;
    const isAtWork = claim !== null && claim.until > now && claim.until <= now + LONGEST_TENURE_MS;
    const isTaken = isAtWork && claim.by !== runId;
    return [id, isTaken ? entry : { ...entry, claim: { by: runId, until } }] as const;
  });
  return { ...state, unreported: Object.fromEntries(claimed) };
}

/** The changes that a run has claimed, oldest first. */
export function claimedBy({ unreported }: TenantState, runId: string): readonly EarlierChange[] {
  return Object.values(unreported)
    .filter(({ claim }) => claim?.by === runId)
    .map(({ change, people, machines }) => ({ change, to: { people, machines } }))
    .toSorted((a, b) => Date.parse(a.change.at) - Date.parse(b.change.at));
}

/**
 * The unreported changes after a run has reported earlier ones to the receivers in `told`. The next run reports the
 * rest. It also reports the changes that the run had claimed without knowing, because the answer to the claim was lost.
 */
export function settleReported(
  state: TenantState,
  { runId, earlierChanges }: Pick<Report, 'runId' | 'earlierChanges'>,
  told: Told,
): TenantState['unreported'] {
  const settled = earlierChanges.flatMap(({ change, to }) => {
    const entry = ownEntry(state.unreported, change.runId);
    if (entry === undefined) return [];
    const left = {
      people: entry.people && !(to.people && told.people),
      machines: entry.machines && !(to.machines && told.machines),
    };
    return [[change.runId, { ...entry, ...left, claim: null }] as const];
  });
  const all = Object.entries({ ...state.unreported, ...Object.fromEntries(settled) });
  const left = all.filter(([, { people, machines }]) => people || machines);
  return Object.fromEntries(
    left.map(([id, entry]) => [id, entry.claim?.by === runId ? { ...entry, claim: null } : entry]),
  );
}
