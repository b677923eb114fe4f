import { ownEntry } from '../connection/own-entry';
import type { Cadence } from '../contract';
import type { TenantState } from '../history/state';
import { NOTICES } from '../judge/notice';
import { isFailure, isSettled } from '../judge/outcome';
import type { Notification, Report } from '../judge/report';
import { DAY_MS, SCHEDULE_TOLERANCE_MS } from '../policy/days';

const ALL_CLEAR_DAYS = 7;

/** Decides from this run and from the state of earlier runs. The first complete run always sends an alert. */
export function decideNotification(
  report: Report,
  state: TenantState,
  {
    cadence: { reminderDays, weeklyAllClear },
    isLeaseFree,
  }: { readonly cadence: Cadence; readonly isLeaseFree: boolean },
): Notification {
  const isFirst = !state.trend.some(({ complete }) => complete);
  if (!report.complete || report.historyFailure !== null || isFirst || state.lastTold === null) return 'at_once';
  if (report.earlierChanges.some(({ to }) => to.people)) return 'at_once';
  if (report.notices.some(({ code }) => NOTICES[code].isUrgent)) return 'at_once';
  if (report.findings.some((finding) => isNews(finding, state))) return 'at_once';
  const silence = Date.parse(report.finishedAt) - Date.parse(state.lastTold) + SCHEDULE_TOLERANCE_MS;
  if (report.findings.some((finding) => !isSettled(finding))) {
    return silence >= reminderDays * DAY_MS ? 'reminder' : 'nothing_new';
  }
  // The writes of another run that is active now might not be known yet. If that run has died, the next run reports
  // them.
  const isReportedElsewhere = Object.keys(state.unreported).length > report.earlierChanges.length;
  if (!weeklyAllClear || isReportedElsewhere || !isLeaseFree) return 'nothing_new';
  return silence >= ALL_CLEAR_DAYS * DAY_MS ? 'all_clear' : 'nothing_new';
}

/**
 * Exempt drift alone is not news. The result of a repair always is, and so is an outcome that differs from the last
 * run.
 */
function isNews(finding: Report['findings'][number], state: TenantState): boolean {
  const { lifecycle, exemption, change, outcome, connection } = finding;
  if (change !== null || isFailure(outcome)) return true;
  if (exemption !== null && isSettled(finding)) return false;
  if (lifecycle !== 'open') return true;
  return ownEntry(state.findings, connection.id)?.outcome !== outcome;
}
