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
  /** Connections whose repair Auth0 refused in the last runs that tried it, by id. */
  readonly refusals: Readonly<Record<string, Refusals>>;
  /** Findings that may still be open in Security Hub under a former id (`former-ids.ts` reads the entries). */
  readonly formerIds: readonly string[];
  /** Changes that somebody has not heard of, by run id. */
  readonly unreported: Readonly<Record<string, Unreported>>;
  /** The last changes by runs and people, the oldest first. */
  readonly changes: readonly ChangeEntry[];
  /** What the last complete run listed; `null` before the first, and in a state of version 0.1.0. */
  readonly lastListing: Listing | null;
  /** A person has said that the tenant has no connections any more; ends with the next listing that has some. */
  readonly acceptedEmpty: Acceptance | null;
  /** ISO 8601, UTC: when people were last told of a run; `null` before the first message. */
  readonly lastTold: string | null;
  /** ISO 8601, UTC: since when the function's runs have seen that the kill switch stops writes; `null` where it does not. */
  readonly writesStoppedSince: string | null;
  /** The fingerprint of the policy whose text was kept last; `null`: none is known to be kept. */
  readonly keptPolicy: string | null;
  /** The last runs in numbers, oldest first. */
  readonly trend: readonly TrendPoint[];
  /** The last runs, oldest first, also those of which people were not told: what a list of the history shows. */
  readonly runs: readonly RunEntry[];
  /** What a later version of the auditor wrote. */
  readonly carried: Carried;
}

/** A change of which people, machines or both have not heard. */
export interface Unreported {
  readonly change: Change;
  readonly people: boolean;
  readonly machines: boolean;
  /** The run that reports it, and the time (milliseconds) after which another may. */
  readonly claim: { readonly by: string; readonly until: number } | null;
}

/** A change, its connections only counted. */
export interface ChangeEntry extends Omit<Change, 'connections'> {
  readonly connections: number;
}

/** One run in numbers, and who ran it. */
export interface RunEntry extends TrendPoint {
  readonly mode: Mode;
  /** The AWS identity, or the OS user and host; `null`: the function. */
  readonly by: string | null;
}

/** How many connections there were, and a sample of their ids by which a shorter listing is proven. */
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
  /** ISO 8601, UTC: when a run first saw it. */
  readonly firstSeen: string;
  readonly name: string;
  readonly strategy: string;
  /** How the last run left it. */
  readonly outcome: string;
  /** Somebody has not been told of it, so that it is still news. */
  readonly untold?: true | undefined;
}

/** Names are anyone's texts; of a long one this much is enough to recognise it by. */
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
  /** What the rule expects by the policy of the person who undid it; another expectation ends the hold. */
  readonly expectation: string;
  /** What it expected in the run that was undone, where that differs: the function may have another version of the policy. */
  readonly expectedThen?: string | undefined;
}

/** The refusals of one connection in runs that followed each other. A run that did not try it stands between none. */
export interface Refusals {
  /** Runs in a row. */
  readonly runs: number;
  /** ISO 8601, UTC: the first and the last of them. */
  readonly since: string;
  readonly last: string;
  /** The last of them by its id, so that it counts once. */
  readonly runId: string;
  /** What Auth0 said last, masked and cut. */
  readonly words: string;
  /** The raw value then; `null` where the key was absent. */
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

/** What the rule expects of a finding, as its refusals remember it. */
export function expectationOf({ rule, expected }: Pick<Finding, 'rule' | 'expected'>): string {
  return describeExpectation({ rule, allowed: expected }).slice(0, 300);
}

/** A person's undo that still stands: until the expectation changes, or the hold is released. */
export function holdOn(state: TenantState, { connection, rule, expected }: Finding): Hold | undefined {
  const hold = ownEntry(state.holds, connection.id);
  const expectation = describeExpectation({ rule, allowed: expected });
  return hold?.expectation === expectation || hold?.expectedThen === expectation ? hold : undefined;
}

/** A rule as a hold remembers it: its id and what it expects. */
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
