import type { Quarantine } from '../../contract';
import type { History, PersonalRecord } from '../../history/history';
import { keepRecord, keepState } from '../../history/memory';
import type { TenantState } from '../../history/state';
import { addChange } from '../../history/unreported';
import { type Change, type ChangeKind, NOBODY_TOLD } from '../../judge/change';

/** A change that an operator made. */
export type PersonalChange = Change & { readonly kind: Exclude<ChangeKind, 'repair'> };

/** Who makes a manual change, and where. */
export interface Person {
  /** The id of this change; it appears in the tenant's log if something is written. */
  readonly runId: string;
  readonly environment: string;
  readonly tenant: string;
  /** The AWS identity, or the OS user and host. */
  readonly by: string;
  readonly reason: string | null;
  readonly quarantine: Quarantine;
}

/** A change by an operator, without its connections. `at`: milliseconds since the epoch. */
export function changeBy(
  { runId, by, reason }: Person,
  { kind, of, at }: { readonly kind: PersonalChange['kind']; readonly of: string | null; readonly at: number },
): PersonalChange {
  return { runId, kind, at: new Date(at).toISOString(), by, reason, of, isCut: false, connections: [] };
}

export function recordOf(
  change: PersonalChange,
  phase: PersonalRecord['phase'],
  { environment, tenant }: Person,
): PersonalRecord {
  return { kind: change.kind, phase, environment, tenant, change };
}

/**
 * Keeps a change that wrote to no connection: the record first, then the state with its changes. The next run that
 * sends an alert reports it. Returns why that failed, or `null`.
 */
export async function keepChange(
  history: History,
  { person, change }: { readonly person: Person; readonly change: PersonalChange },
  next: (state: TenantState) => TenantState,
): Promise<string | null> {
  const { runId } = person;
  const kept = await keepRecord(history, recordOf(change, 'ended', person), { runId, version: undefined });
  if (kept.result === 'failed') return kept.failure;
  return keepPersonalState(history, { person, change }, next);
}

/** Adds a change of an operator to the state, for the next run to report. Returns why that failed, or `null`. */
export async function keepPersonalState(
  history: History,
  { person, change }: { readonly person: Person; readonly change: Change },
  next: (state: TenantState) => TenantState,
): Promise<string | null> {
  const { quarantine } = person;
  const { failure } = await keepState(history, (state) =>
    addChange(next(state), change, { told: NOBODY_TOLD, quarantine }),
  );
  return failure;
}
