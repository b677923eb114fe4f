import type { Finding } from '../judge/finding';
import { isPutRight } from '../judge/outcome';
import { NOTIFICATIONS, type Report, type TrendPoint } from '../judge/report';
import { DAY_MS } from '../policy/days';
import { formerIdsAfter } from './former-ids';
import type { KnownFinding, Quarantine, SettledFinding, TenantState } from './state';

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
