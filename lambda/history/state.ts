import { ownEntry } from '../connection/own-entry';
import type { FindingCode } from '../judge/evaluate';
import type { Finding } from '../judge/finding';
import { isPutRight } from '../judge/outcome';
import { NOTIFICATIONS, type Report, type TrendPoint } from '../judge/report';
import { DAY_MS } from '../policy/days';
import type { ResolvedExpectation } from '../policy/expectation';
import { type Carried, NOTHING_CARRIED } from './carried';
import { formerIdsAfter } from './former-ids';

/**
 * What one run tells the next about a tenant. Carried from run to run, never expired by age of the file. All that is kept
 * by connection id is of one control, the setting that this auditor checks; the file names it.
 */
export interface TenantState {
  /** Findings as the last runs left them, by connection id. */
  readonly findings: Readonly<Record<string, KnownFinding>>;
  /** Findings that were settled lately, by connection id: what comes back is told as reopened. */
  readonly resolved: Readonly<Record<string, SettledFinding>>;
  /** When we wrote to a connection lately, ISO 8601, by connection id. */
  readonly repairs: Readonly<Record<string, readonly string[]>>;
  /** Connections whose repair a person undid, by id. */
  readonly holds: Readonly<Record<string, Hold>>;
  /** Connections whose finding may still be open in Security Hub under the id that version 0.1.0 gave it. */
  readonly formerIds: readonly string[];
  /** ISO 8601, UTC: when people were last told of a run; `null` before the first message. */
  readonly lastTold: string | null;
  /** The last runs in numbers, oldest first. */
  readonly trend: readonly TrendPoint[];
  /** What a later version of the auditor wrote. */
  readonly carried: Carried;
}

export interface KnownFinding {
  readonly code: FindingCode;
  /** ISO 8601, UTC: when a run first saw it. */
  readonly firstSeen: string;
  readonly name: string;
  readonly strategy: string;
  /** How the last run left it. */
  readonly outcome: string;
}

export interface SettledFinding {
  readonly code: FindingCode;
  /** ISO 8601, UTC. */
  readonly at: string;
}

export interface Hold {
  /** The run whose repair was undone. */
  readonly runId: string;
  readonly since: string;
  /** What the rule expected then; another expectation ends the hold. */
  readonly expectation: string;
}

export const EMPTY_STATE: TenantState = {
  findings: {},
  resolved: {},
  repairs: {},
  holds: {},
  formerIds: [],
  lastTold: null,
  trend: [],
  carried: NOTHING_CARRIED,
};

/** A connection that we repaired this often in so many days is not written again: something keeps setting it back. */
export interface Quarantine {
  readonly repairs: number;
  readonly days: number;
}

export function isQuarantined(state: TenantState, id: string, now: number, { repairs, days }: Quarantine): boolean {
  const since = now - days * DAY_MS;
  return (ownEntry(state.repairs, id) ?? []).filter((at) => Date.parse(at) > since).length >= repairs;
}

/** A person's undo that still stands: until the expectation changes, or the hold is released. */
export function holdOn(state: TenantState, { connection, rule, expected }: Finding): Hold | undefined {
  const hold = ownEntry(state.holds, connection.id);
  return hold?.expectation === describeExpectation({ rule, allowed: expected }) ? hold : undefined;
}

/** A rule as a hold remembers it: its id and what it expects. */
export function describeExpectation({ rule, allowed }: Pick<ResolvedExpectation, 'rule' | 'allowed'>): string {
  return `${rule}: ${allowed.join(' or ')}`;
}

/** Runs kept for a trend, and days for which a settled finding is remembered. */
const TREND_LENGTH = 30;
const RESOLVED_DAYS = 90;
/** Names are anyone's texts; of a long one this much is enough to recognise it by. */
const NAME_LENGTH = 200;

/**
 * The state after a run. Where people could not be told of it, only the writes are carried on, so that the next run
 * tells again. An incomplete run forgets nothing that it did not see settled. Holds stay: a person set them.
 */
export function nextState(
  state: TenantState,
  report: Report,
  { quarantine, told }: { readonly quarantine: Quarantine; readonly told: boolean },
): TenantState {
  const repairs = nextRepairs(state, report, quarantine);
  if (!told) return { ...state, repairs };
  const settled = settledBy(report);
  const open = report.findings.filter(({ outcome }) => !isPutRight(outcome));
  const known = report.complete ? {} : without(state.findings, settled);
  const since = Date.parse(report.finishedAt) - RESOLVED_DAYS * DAY_MS;
  const remembered = Object.entries(state.resolved).filter(([, { at }]) => Date.parse(at) > since);
  const resolved = { ...Object.fromEntries(remembered), ...settled };
  return {
    findings: {
      ...known,
      ...Object.fromEntries(open.map((finding) => [finding.connection.id, remember(finding, report)])),
    },
    resolved: without(resolved, Object.fromEntries(open.map(({ connection }) => [connection.id, true]))),
    repairs,
    holds: state.holds,
    formerIds: formerIdsAfter(state, report),
    lastTold: NOTIFICATIONS[report.telling].reachesPeople ? report.finishedAt : state.lastTold,
    // A state whose answer was lost is carried on twice: one run is still one point.
    trend: [...state.trend.filter(({ runId }) => runId !== report.runId), toTrendPoint(report)].slice(-TREND_LENGTH),
    carried: state.carried,
  };
}

/** Writes younger than the quarantine looks back, this run's included. */
function nextRepairs(
  state: TenantState,
  { findings, finishedAt }: Report,
  { days }: Quarantine,
): TenantState['repairs'] {
  const since = Date.parse(finishedAt) - days * DAY_MS;
  const repairs = new Map(
    Object.entries(state.repairs).map(([id, times]) => [id, times.filter((at) => Date.parse(at) > since)]),
  );
  for (const { connection, change } of findings) {
    // A state whose answer was lost is carried on twice: one write still counts once.
    if (change !== null) {
      repairs.set(connection.id, [...new Set([...(repairs.get(connection.id) ?? []), change.writtenAt])]);
    }
  }
  return Object.fromEntries([...repairs].filter(([, times]) => times.length > 0));
}

function settledBy({ findings, resolved, finishedAt }: Report): Record<string, SettledFinding> {
  const putRight = findings.filter(({ outcome }) => isPutRight(outcome));
  return Object.fromEntries(
    [...resolved, ...putRight].map(({ connection, code }) => [connection.id, { code, at: finishedAt }]),
  );
}

function remember({ connection, code, firstSeen, outcome }: Finding, { finishedAt }: Report): KnownFinding {
  const { name, strategy } = connection;
  return {
    code,
    firstSeen: firstSeen ?? finishedAt,
    name: name.slice(0, NAME_LENGTH),
    strategy: strategy.slice(0, NAME_LENGTH),
    outcome,
  };
}

function toTrendPoint({ runId, finishedAt, complete, coverage, summary, findings }: Report): TrendPoint {
  const { noncompliant, indeterminate, exempt } = summary;
  const remediated = findings.filter(({ outcome }) => outcome === 'remediated').length;
  return { runId, at: finishedAt, complete, listed: coverage.listed, noncompliant, indeterminate, exempt, remediated };
}

function without<T>(record: Readonly<Record<string, T>>, keys: Readonly<Record<string, unknown>>): Record<string, T> {
  return Object.fromEntries(Object.entries(record).filter(([key]) => !Object.hasOwn(keys, key)));
}

export function holdAll(state: TenantState, holds: TenantState['holds']): TenantState {
  return { ...state, holds: { ...state.holds, ...holds } };
}

export function releaseHold(state: TenantState, connectionId: string): TenantState {
  return { ...state, holds: Object.fromEntries(Object.entries(state.holds).filter(([id]) => id !== connectionId)) };
}
