import type { FindingCode } from './evaluate';
import type { ResolvedExpectation } from './expectation';
import type { Finding } from './report';

/** What one run tells the next about a tenant. Carried from run to run, never expired by age of the file. */
export interface TenantState {
  /** Findings of the last complete run, by connection id. */
  readonly findings: Readonly<Record<string, KnownFinding>>;
  /** When we wrote to a connection lately, ISO 8601, by connection id. */
  readonly repairs: Readonly<Record<string, readonly string[]>>;
  /** Connections whose repair a person undid, by id. */
  readonly holds: Readonly<Record<string, Hold>>;
}

export interface KnownFinding {
  readonly code: FindingCode;
  /** ISO 8601, UTC: when a run first saw it. */
  readonly firstSeen: string;
}

export interface Hold {
  /** The run whose repair was undone. */
  readonly runId: string;
  readonly since: string;
  /** What the rule expected then; another expectation ends the hold. */
  readonly expectation: string;
}

export const EMPTY_STATE: TenantState = { findings: {}, repairs: {}, holds: {} };

/** A connection that we repaired this often in so many days is not written again: something keeps setting it back. */
export interface Quarantine {
  readonly repairs: number;
  readonly days: number;
}

export const DEFAULT_QUARANTINE: Quarantine = { repairs: 3, days: 7 };

const DAY_MS = 24 * 60 * 60 * 1000;

export function isQuarantined(state: TenantState, id: string, now: number, { repairs, days }: Quarantine): boolean {
  const since = now - days * DAY_MS;
  return (own(state.repairs, id) ?? []).filter((at) => Date.parse(at) > since).length >= repairs;
}

/** Whether a person's undo still stands: until the expectation changes, or the hold is released. */
export function isHeld(state: TenantState, { connection, rule, expected }: Finding): boolean {
  return own(state.holds, connection.id)?.expectation === describeExpectation({ rule, allowed: expected });
}

/** A rule as a hold remembers it: its id and what it expects. */
export function describeExpectation({ rule, allowed }: Pick<ResolvedExpectation, 'rule' | 'allowed'>): string {
  return `${rule}: ${allowed.join(' or ')}`;
}

/** When a finding was first seen: by an earlier run with the same code, or now. */
export function firstSeen(state: TenantState, id: string, code: FindingCode, now: string): string {
  const known = own(state.findings, id);
  return known?.code === code ? known.firstSeen : now;
}

export interface RunEnd {
  readonly complete: boolean;
  /** ISO 8601, UTC. */
  readonly finishedAt: string;
  readonly findings: readonly Finding[];
}

/**
 * The state after a run. An incomplete one forgets nothing: what it did not see may still be as it was. Repairs older
 * than the quarantine looks back are dropped, and holds whose connection a complete run no longer finds deviating stay,
 * since a person set them.
 */
export function nextState(state: TenantState, run: RunEnd, quarantine: Quarantine): TenantState {
  const now = Date.parse(run.finishedAt);
  const seen = Object.fromEntries(
    run.findings
      .filter(({ outcome }) => outcome !== 'remediated' && outcome !== 'already_compliant' && outcome !== 'gone')
      .map(({ connection, code, firstSeen: since }) => [connection.id, { code, firstSeen: since ?? run.finishedAt }]),
  );
  const repairs = new Map(
    Object.entries(state.repairs).map(([id, times]) => [
      id,
      times.filter((at) => Date.parse(at) > now - quarantine.days * DAY_MS),
    ]),
  );
  for (const { connection, change } of run.findings) {
    // A state whose answer was lost is carried on twice: one write still counts once.
    if (change !== null) {
      repairs.set(connection.id, [...new Set([...(repairs.get(connection.id) ?? []), change.writtenAt])]);
    }
  }
  return {
    findings: run.complete ? seen : { ...state.findings, ...seen },
    repairs: Object.fromEntries([...repairs].filter(([, times]) => times.length > 0)),
    holds: state.holds,
  };
}

export function holdAll(state: TenantState, holds: TenantState['holds']): TenantState {
  return { ...state, holds: { ...state.holds, ...holds } };
}

export function releaseHold(state: TenantState, connectionId: string): TenantState {
  return { ...state, holds: Object.fromEntries(Object.entries(state.holds).filter(([id]) => id !== connectionId)) };
}

/** Ids come from a tenant: one that is named like a prototype's key is a key like any other. */
function own<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}
