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

/**
 * The number of runs kept for the trend and for the list of runs, and the days for which a resolved finding is kept.
 */
const TREND_LENGTH = 30;
const RUNS_LISTED = 100;
const RESOLVED_DAYS = 90;

/** Facts about a run that the state needs in addition to the report. */
export interface Aftermath {
  readonly quarantine: Quarantine;
  /** Who was notified of the run. */
  readonly told: Told;
  /** All messages were sent, so the next run does not have to send them again. */
  readonly isAllTold: boolean;
  /** The operator who ran it; `null`: the function. */
  readonly by: string | null;
  /** What the run listed. */
  readonly listing: Listing;
  /**
   * The listing was checked against earlier runs. A run that could not read the state does not know what is missing.
   */
  readonly isProven: boolean;
  /** The fingerprint of the run's policy; `null`: its text could not be stored. */
  readonly keptPolicy: string | null;
}

/**
 * The state after a run. If a message of a run of the function could not be sent, its findings are stored as untold and
 * nothing counts as resolved, so that the next run reports them again. An incomplete run removes only the findings that
 * it saw resolved. Holds stay, because an operator set them.
 */
export function nextState(earlier: TenantState, report: Report, aftermath: Aftermath): TenantState {
  const carried = carryWrites(earlier, report, aftermath);
  // A run from a terminal might have another policy, and its report goes to no one else.
  if (!aftermath.isAllTold && aftermath.by !== null) return carried;
  const isWhole = report.complete && aftermath.isProven;
  // A notice about the listing that was not delivered must be sent again.
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
    // If the answer to the write is lost, the state is updated twice: one run is still one point.
    trend: [...state.trend.filter(({ runId }) => runId !== report.runId), toTrendPoint(report)].slice(-TREND_LENGTH),
    carried: state.carried,
  };
}

/**
 * Adds the numbers of the run, its writes, its refusals, the earlier writes that it reported, and the fingerprint of
 * the stored policy.
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

/** A terminal might have no kill switch to read, and a run in report mode does not read it. */
function stoppedSince(state: TenantState, report: Report, by: string | null): string | null {
  if (by !== null || report.mode !== 'remediate') return state.writesStoppedSince;
  const stop = stopNoticeIn(report);
  return stop === undefined ? null : (stop.since ?? state.writesStoppedSince);
}

/** Keeps the writes within the period of the quarantine. A write with a time in the future would count forever. */
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
 * Counts consecutive refusals, each run once. A connection that was repaired, is compliant or was deleted is removed,
 * and so is one that failed in another way. A connection that this run did not try stays. There are never more
 * refusals than findings.
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

/** With a time in the future, a connection would be paused for too long. */
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

/** Stores the listing to check the next one against, also if the messages of the run could not be sent. */
function carryListing(state: TenantState, listing: Listing): TenantState {
  return { ...state, lastListing: listing, acceptedEmpty: listing.listed > 0 ? null : state.acceptedEmpty };
}

/** Findings that stay new until every receiver was notified, each with the day on which it was first seen. */
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
