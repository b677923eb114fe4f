import type { Usage } from './auth0/transport';
import type { Severity } from './contract';
import type { Finding } from './judge/finding';
import { stopNoticeIn } from './judge/notice';
import { isSettled, type Outcome } from './judge/outcome';
import type { Report } from './judge/report';
import type { MetricName } from './metrics';
import { DAY_MS, SCHEDULE_TOLERANCE_MS } from './policy/days';

/** What is measured of an invocation in addition to its report. */
export interface Measured {
  readonly usage: Usage;
  /**
   * When the secret was last written, in milliseconds since the epoch; `undefined` if it was not read or does not
   * contain the time.
   */
  readonly secretWrittenAt: number | undefined;
  /** The most memory that the process has used so far, and its limit, both in bytes. */
  readonly memory: { readonly used: number; readonly limit: number };
}

type Values = Partial<Readonly<Record<MetricName, number>>>;

const OF_SEVERITY = {
  critical: 'FindingsCritical',
  high: 'FindingsHigh',
  medium: 'FindingsMedium',
  low: 'FindingsLow',
  informational: 'FindingsInformational',
} as const satisfies Readonly<Record<Severity, MetricName>>;

/** `null`: no repair was due. */
const OF_OUTCOME = {
  failed_verification: 'RepairsFailedVerification',
  failed: 'RepairsFailed',
  skipped_stopped: 'RepairsStopped',
  skipped_cap: 'RepairsStopped',
  skipped_incomplete: 'RepairsStopped',
  quarantined: 'RepairsQuarantined',
  skipped_conflict: 'RepairsConflicting',
  skipped_unsafe: 'RepairsManual',
  held: 'RepairsHeld',
  planned: 'RepairsPlanned',
  skipped_grace: null,
  skipped_rule: null,
  skipped_exempt: null,
  remediated: 'RepairsVerified',
  already_compliant: null,
  gone: null,
} as const satisfies Readonly<Record<Outcome, MetricName | null>>;

/** The metrics of a run. An unknown metric has no value: 0 would claim that it is known. */
export function measure(report: Report, { usage, secretWrittenAt, memory }: Measured): Values {
  const { complete, untold, historyFailure, coverage, summary, findings, subscribers } = report;
  const finishedAt = Date.parse(report.finishedAt);
  const open = findings.filter((finding) => !isSettled(finding));
  return {
    RunCompleted: complete && untold.length === 0 && historyFailure === null ? 1 : 0,
    ConnectionsJudged: coverage.judged,
    Noncompliant: summary.noncompliant,
    Indeterminate: summary.indeterminate,
    ...count(
      Object.values(OF_SEVERITY),
      open.map(({ severity }) => OF_SEVERITY[severity]),
    ),
    ...oldestDays(open, finishedAt),
    ...count(
      Object.values(OF_OUTCOME),
      findings.map(({ outcome }) => OF_OUTCOME[outcome]),
    ),
    Requests: usage.requests,
    RateLimitedRequests: usage.rateLimited,
    RateLimitWait: usage.rateLimitWaitMs / 1000,
    ...(subscribers !== null && { ConfirmedSubscribers: subscribers }),
    ...(secretWrittenAt !== undefined && { SecretAgeDays: daysBetween(secretWrittenAt, finishedAt) }),
    ...stoppedDays(report, finishedAt),
    ...(memory.limit > 0 && { MemoryUsedPercent: (memory.used / memory.limit) * 100 }),
  };
}

/** The age of a finding whose history could not be read is unknown. */
function oldestDays(open: readonly Finding[], now: number): Values {
  if (open.some(({ firstSeen }) => firstSeen === null)) return {};
  const oldest = open.reduce((least, { firstSeen }) => Math.min(least, Date.parse(firstSeen ?? '')), now);
  return { OldestFindingDays: daysBetween(oldest, now) };
}

function stoppedDays(report: Report, now: number): Values {
  if (report.mode !== 'remediate') return {};
  const stop = stopNoticeIn(report);
  if (stop === undefined) return { WritesStoppedDays: 0 };
  return stop.since === null ? {} : { WritesStoppedDays: daysBetween(Date.parse(stop.since), now) };
}

/** Each of these metrics, including those at 0, so that a chart has no gaps. */
function count(all: readonly (MetricName | null)[], found: readonly (MetricName | null)[]): Values {
  const counts = new Map(all.map((name) => [name, 0]));
  for (const name of found) counts.set(name, (counts.get(name) ?? 0) + 1);
  counts.delete(null);
  return Object.fromEntries(counts);
}

/** Whole days. The later of two nightly runs counts one day, even if it started some minutes earlier in the night. */
function daysBetween(from: number, to: number): number {
  return Math.max(0, Math.floor((to - from + SCHEDULE_TOLERANCE_MS) / DAY_MS));
}
