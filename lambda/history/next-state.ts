import { ROOT_ATTRIBUTES } from '../connection/setting';
import { STRATEGY_TABLE_VERSION } from '../connection/strategies';
import type { Quarantine } from '../contract';
import type { Told } from '../judge/change';
import { type Finding, LIFECYCLES } from '../judge/finding';
import { type NoticeCode, stopNoticeIn } from '../judge/notice';
import { cutRefusal, isFailure, isPutRight, isRefused } from '../judge/outcome';
import { NOTIFICATIONS, type Report, type TrendPoint } from '../judge/report';
import { DAY_MS } from '../policy/days';
import { formerIdsAfter } from './former-ids';
import { changeOf } from './own-change';
import {
  expectationOf,
  type KnownFinding,
  type Listing,
  type Refusals,
  type RunEntry,
  type SettledFinding,
  shortName,
  type TenantState,
} from './state';
import { addChange, settleReported } from './unreported';

/** Runs kept for a trend, runs kept for a list, and days for which a settled finding is remembered. */
const TREND_LENGTH = 30;
const RUNS_LISTED = 100;
const RESOLVED_DAYS = 90;

/** What the state has to know of a run beside its report. */
export interface Aftermath {
  readonly quarantine: Quarantine;
  /** Who has heard of the run. */
  readonly told: Told;
  /** Everything that was to be told was told, so that the next run need not tell it again. */
  readonly isAllTold: boolean;
  /** The person who ran it; `null`: the function. */
  readonly by: string | null;
  /** What the run listed. */
  readonly listing: Listing;
  /** The listing was proven by what earlier runs saw; a run that could not read the state knows nothing of what is missing. */
  readonly isProven: boolean;
  /** The fingerprint of the run's policy; `null`: its text could not be kept. */
  readonly keptPolicy: string | null;
}

/**
 * The state after a run. Where somebody could not be told of a run of the function, its findings are remembered as untold,
 * and nothing counts as settled, so that the next run tells again. An incomplete run forgets nothing that it did not see settled. Holds stay:
 * a person set them.
 */
export function nextState(earlier: TenantState, report: Report, aftermath: Aftermath): TenantState {
  const carried = carryWrites(earlier, report, aftermath);
  // A terminal may have another policy, and its report reaches nobody else.
  if (!aftermath.isAllTold && aftermath.by !== null) return carried;
  const isWhole = report.complete && aftermath.isProven;
  // What nobody has heard of the listing is to be told again.
  const isListingTold = aftermath.isAllTold || !report.notices.some(({ code }) => ABOUT_LISTING.has(code));
  const state = isWhole && isListingTold ? carryListing(carried, aftermath.listing) : carried;
  const open = report.findings.filter(({ outcome }) => !isPutRight(outcome));
  if (!aftermath.isAllTold) return { ...state, findings: { ...state.findings, ...untoldIn(open, report) } };
  const settled = settledBy(report);
  const known = isWhole ? {} : without(state.findings, settled);
  const since = Date.parse(report.finishedAt) - RESOLVED_DAYS * DAY_MS;
  const remembered = Object.entries(state.resolved).filter(([, { at }]) => Date.parse(at) > since);
  const resolved = { ...Object.fromEntries(remembered), ...settled };
  return {
    findings: {
      ...known,
      ...Object.fromEntries(open.map((finding) => [finding.connection.id, remember(finding, report)])),
    },
    resolved: without(resolved, Object.fromEntries(open.map(({ connection }) => [connection.id, true]))),
    repairs: state.repairs,
    holds: state.holds,
    refusals: state.refusals,
    formerIds: formerIdsAfter(state, report),
    unreported: state.unreported,
    changes: state.changes,
    lastListing: state.lastListing,
    acceptedEmpty: state.acceptedEmpty,
    lastTold: NOTIFICATIONS[report.telling].reachesPeople ? report.finishedAt : state.lastTold,
    writesStoppedSince: state.writesStoppedSince,
    keptPolicy: state.keptPolicy,
    runs: state.runs,
    // A state whose answer was lost is carried on twice: one run is still one point.
    trend: [...state.trend.filter(({ runId }) => runId !== report.runId), toTrendPoint(report)].slice(-TREND_LENGTH),
    carried: state.carried,
  };
}

/**
 * The run in numbers, what it wrote and what it was refused, the earlier writes that it reported, and the policy that is
 * kept.
 */
function carryWrites(state: TenantState, report: Report, aftermath: Aftermath): TenantState {
  const { quarantine, told, by } = aftermath;
  const reported: TenantState = {
    ...state,
    repairs: forgetOld(state.repairs, report, quarantine),
    refusals: countRefusals(state.refusals, report),
    unreported: settleReported(state, report, told),
    writesStoppedSince: stoppedSince(state, report, by),
    keptPolicy: aftermath.keptPolicy ?? state.keptPolicy,
    runs: [...state.runs.filter(({ runId }) => runId !== report.runId), toRunEntry(report, by)].slice(-RUNS_LISTED),
  };
  const change = changeOf(report, by);
  return change === undefined ? reported : addChange(reported, change, { told, quarantine });
}

/** A terminal may have no kill switch to ask, and a run that only reports does not ask it. */
function stoppedSince(state: TenantState, report: Report, by: string | null): string | null {
  if (by !== null || report.mode !== 'remediate') return state.writesStoppedSince;
  const stop = stopNoticeIn(report);
  return stop === undefined ? null : (stop.since ?? state.writesStoppedSince);
}

/** Writes younger than the quarantine looks back. One that a clock dates later than now would count for ever. */
function forgetOld(
  repairs: TenantState['repairs'],
  { finishedAt }: Report,
  { days }: Quarantine,
): TenantState['repairs'] {
  const now = Date.parse(finishedAt);
  const kept = Object.entries(repairs).map(([id, times]) => {
    const young = times.filter((at) => Date.parse(at) > now - days * DAY_MS);
    return [id, [...new Set(young.map((at) => (Date.parse(at) > now ? finishedAt : at)))]] as const;
  });
  return Object.fromEntries(kept.filter(([, times]) => times.length > 0));
}

/**
 * Refusals in a row, each run once. What was repaired, is compliant or is gone is forgotten, and so is what failed in
 * another way: the row is broken. What this run did not try stays. No more of them than there are findings.
 */
function countRefusals(refusals: TenantState['refusals'], report: Report): TenantState['refusals'] {
  const { findings, resolved, complete } = report;
  const tried = new Map(findings.map((finding) => [finding.connection.id, finding]));
  const settled = new Set(resolved.map(({ connection }) => connection.id));
  const isOver = (id: string): boolean => {
    const finding = tried.get(id);
    if (finding === undefined) return complete || settled.has(id);
    return isPutRight(finding.outcome) || (isFailure(finding.outcome) && !isRefused(finding));
  };
  const open = Object.entries(refusals).filter(([id]) => !isOver(id));
  const counted = new Map(open.map(([id, refused]) => [id, notLaterThan(report, refused)]));
  for (const finding of findings.filter(isRefused)) {
    const { id } = finding.connection;
    counted.set(id, countRefusal(counted.get(id), finding, report));
  }
  return Object.fromEntries(counted);
}

/** What a clock dates later than now would rest for longer than it should. */
function notLaterThan({ finishedAt }: Report, refused: Refusals): Refusals {
  return Date.parse(refused.last) > Date.parse(finishedAt) ? { ...refused, last: finishedAt } : refused;
}

function countRefusal(earlier: Refusals | undefined, finding: Finding, { runId, finishedAt }: Report): Refusals {
  if (earlier?.runId === runId) return earlier;
  return {
    runs: (earlier?.runs ?? 0) + 1,
    since: earlier?.since ?? finishedAt,
    last: finishedAt,
    runId,
    words: cutRefusal(finding.refusal ?? ''),
    value: ROOT_ATTRIBUTES.find((value) => value === finding.actual) ?? null,
    expectation: expectationOf(finding),
    facts: STRATEGY_TABLE_VERSION,
  };
}

function settledBy({ findings, resolved, finishedAt }: Report): Record<string, SettledFinding> {
  const putRight = findings.filter(({ outcome }) => isPutRight(outcome));
  return Object.fromEntries(
    [...resolved, ...putRight].map(({ connection, code }) => [connection.id, { code, at: finishedAt }]),
  );
}

const ABOUT_LISTING: ReadonlySet<NoticeCode> = new Set<NoticeCode>(['LISTING_DROPPED', 'NO_CONNECTIONS']);

/** What a listing is proven by next time, also where nobody was told of the run. */
function carryListing(state: TenantState, listing: Listing): TenantState {
  return { ...state, lastListing: listing, acceptedEmpty: listing.listed > 0 ? null : state.acceptedEmpty };
}

/** Findings that stay news until everybody was told, each with the day on which it was first seen. */
function untoldIn(open: readonly Finding[], report: Report): TenantState['findings'] {
  const news = open.filter(({ lifecycle }) => LIFECYCLES[lifecycle].isNews);
  return Object.fromEntries(
    news.map((finding) => [finding.connection.id, { ...remember(finding, report), untold: true as const }]),
  );
}

function remember({ connection, code, firstSeen, outcome }: Finding, { finishedAt }: Report): KnownFinding {
  const { name, strategy } = connection;
  return {
    code,
    firstSeen: firstSeen ?? finishedAt,
    name: shortName(name),
    strategy: shortName(strategy),
    outcome,
  };
}

function toTrendPoint({ runId, finishedAt, complete, coverage, summary, findings }: Report): TrendPoint {
  const { noncompliant, indeterminate, exempt } = summary;
  const remediated = findings.filter(({ outcome }) => outcome === 'remediated').length;
  return { runId, at: finishedAt, complete, listed: coverage.listed, noncompliant, indeterminate, exempt, remediated };
}

function toRunEntry(report: Report, by: string | null): RunEntry {
  return { ...toTrendPoint(report), mode: report.mode, by };
}

function without<T>(record: Readonly<Record<string, T>>, keys: Readonly<Record<string, unknown>>): Record<string, T> {
  return Object.fromEntries(Object.entries(record).filter(([key]) => !Object.hasOwn(keys, key)));
}
