import { ownEntry } from '../connection/own-entry';
import type { RootAttributes } from '../connection/setting';
import type { Mode, Quarantine } from '../contract';
import type { Change } from '../judge/change';
import type { FindingCode } from '../judge/evaluate';
import type { Finding } from '../judge/finding';
import type { TrendPoint } from '../judge/report';
import { DAY_MS } from '../policy/days';
import type { ResolvedExpectation } from '../policy/expectation';
import { type Carried, NOTHING_CARRIED } from './carried';

/**
 * The facts about a tenant that the next run needs. The state passes from run to run and never expires by the age of
 * the file. All entries by connection id belong to one control, the setting that this auditor checks. The file names
 * it.
 */
export interface TenantState {
  /** Findings after the last runs, by connection id. */
  readonly findings: Readonly<Record<string, KnownFinding>>;
  /** Findings that were resolved recently, by connection id. A finding that returns is reported as reopened. */
  readonly resolved: Readonly<Record<string, SettledFinding>>;
  /** Times of recent writes of the auditor, ISO 8601, by connection id. */
  readonly repairs: Readonly<Record<string, readonly string[]>>;
  /** Connections whose repair an operator undid, by id. */
  readonly holds: Readonly<Record<string, Hold>>;
  /** Connections whose repair Auth0 refused in the last runs that tried the repair, by id. */
  readonly refusals: Readonly<Record<string, Refusals>>;
  /** Findings that might still be open in Security Hub under a former id (`former-ids.ts` reads the entries). */
  readonly formerIds: readonly string[];
  /** Changes that were not yet reported to recipients or to consumers, by run id. */
  readonly unreported: Readonly<Record<string, Unreported>>;
  /** The last changes by runs and operators, oldest first. */
  readonly changes: readonly ChangeEntry[];
  /** What the last complete run listed; `null` before the first, and in a state of version 0.1.0. */
  readonly lastListing: Listing | null;
  /** An operator has accepted that the tenant has no connections. Ends with the next listing that has connections. */
  readonly acceptedEmpty: Acceptance | null;
  /** ISO 8601, UTC: when recipients were last notified of a run; `null` before the first message. */
  readonly lastTold: string | null;
  /** ISO 8601, UTC: since when runs of the function find that the kill switch stops writes; `null` if it does not. */
  readonly writesStoppedSince: string | null;
  /** The fingerprint of the policy whose text was stored last; `null`: it is not known that a text is stored. */
  readonly keptPolicy: string | null;
  /** The last runs in numbers, oldest first. */
  readonly trend: readonly TrendPoint[];
  /** The last runs, oldest first, for the list of the history. Includes runs of which recipients were not notified. */
  readonly runs: readonly RunEntry[];
  /** Members that a later version of the auditor wrote. */
  readonly carried: Carried;
}

/** A change that was not yet reported to recipients (`people`), consumers (`machines`) or both. */
export interface Unreported {
  readonly change: Change;
  readonly people: boolean;
  readonly machines: boolean;
  /** The run that reports the change, and the time (milliseconds) after which another run is allowed to. */
  readonly claim: { readonly by: string; readonly until: number } | null;
}

/** A change with the number of its connections. */
export interface ChangeEntry extends Omit<Change, 'connections'> {
  readonly connections: number;
}

/** One run in numbers, and who ran it. */
export interface RunEntry extends TrendPoint {
  readonly mode: Mode;
  /** The AWS identity, or the OS user and host; `null`: the function. */
  readonly by: string | null;
}

/** The number of connections, and a sample of their ids to check a shorter listing against. */
export interface Listing {
  readonly listed: number;
  readonly sample: readonly string[];
}

export interface Acceptance {
  /** ISO 8601, UTC. */
  readonly at: string;
  /** The AWS identity, or the OS user and host. */
  readonly by: string;
}

export interface KnownFinding {
  readonly code: FindingCode;
  /** ISO 8601, UTC: when a run first saw the finding. */
  readonly firstSeen: string;
  readonly name: string;
  readonly strategy: string;
  /** The outcome in the last run. */
  readonly outcome: string;
  /** The finding was not reported to every receiver, so it is still new. */
  readonly untold?: true | undefined;
}

/** Names are untrusted texts. The start of a long name is enough to recognize it. */
export function shortName(name: string): string {
  return name.slice(0, 200);
}

export interface SettledFinding {
  readonly code: FindingCode;
  /** ISO 8601, UTC. */
  readonly at: string;
}

export interface Hold {
  /** The run whose repair was undone. */
  readonly runId: string;
  /** ISO 8601, UTC. */
  readonly since: string;
  /** The AWS identity, or the OS user and host; `null` in a hold that version 0.1.0 made. */
  readonly by: string | null;
  /** What the rule expects in the policy of the operator who undid the repair. Another expectation ends the hold. */
  readonly expectation: string;
  /** What the rule expected in the undone run, if different: the function can have another version of the policy. */
  readonly expectedThen?: string | undefined;
}

/** The refusals of one connection in consecutive runs. A run that did not try the connection does not count. */
export interface Refusals {
  /** The number of consecutive runs. */
  readonly runs: number;
  /** ISO 8601, UTC: `since` is the first refusal, `last` the last one. */
  readonly since: string;
  readonly last: string;
  /** The id of the last run that was refused, so that it counts one time. */
  readonly runId: string;
  /** Auth0's last message, masked and cut. */
  readonly words: string;
  /** The raw value then; `null` if the key was absent. */
  readonly value: RootAttributes | null;
  /** What the rule expected then. */
  readonly expectation: string;
  /** The version of the strategy table then. */
  readonly facts: number;
}

export const EMPTY_STATE: TenantState = {
  findings: {},
  resolved: {},
  repairs: {},
  holds: {},
  refusals: {},
  formerIds: [],
  unreported: {},
  changes: [],
  lastListing: null,
  acceptedEmpty: null,
  lastTold: null,
  writesStoppedSince: null,
  keptPolicy: null,
  trend: [],
  runs: [],
  carried: NOTHING_CARRIED,
};

export function isQuarantined(state: TenantState, id: string, now: number, { repairs, days }: Quarantine): boolean {
  const since = now - days * DAY_MS;
  return (ownEntry(state.repairs, id) ?? []).filter((at) => Date.parse(at) > since).length >= repairs;
}

/** What the rule expects of a finding, in the form that its refusals store. */
export function expectationOf({ rule, expected }: Pick<Finding, 'rule' | 'expected'>): string {
  return describeExpectation({ rule, allowed: expected }).slice(0, 300);
}

/** The hold on a connection, which stays until the expectation changes or an operator releases it. */
export function holdOn(state: TenantState, { connection, rule, expected }: Finding): Hold | undefined {
  const hold = ownEntry(state.holds, connection.id);
  const expectation = describeExpectation({ rule, allowed: expected });
  return hold?.expectation === expectation || hold?.expectedThen === expectation ? hold : undefined;
}

/** A rule in the form that a hold stores: its id and what it expects. */
export function describeExpectation({ rule, allowed }: Pick<ResolvedExpectation, 'rule' | 'allowed'>): string {
  return `${rule}: ${allowed.join(' or ')}`;
}

export function holdAll(state: TenantState, holds: TenantState['holds']): TenantState {
  return { ...state, holds: { ...state.holds, ...holds } };
}

/** Ends the holds of these connections. */
export function releaseHolds(state: TenantState, ids: ReadonlySet<string>): TenantState {
  return { ...state, holds: Object.fromEntries(Object.entries(state.holds).filter(([id]) => !ids.has(id))) };
}
