import { SERVICE, SEVERITIES, type Severity } from '../../contract';
import type { Finding } from '../../judge/finding';
import { isPutRight, type Outcome } from '../../judge/outcome';
import type { Report, Resolved } from '../../judge/report';
import { CONTROL, findingUid } from './control';

const ACTIVITIES = { 1: 'Create', 2: 'Update', 3: 'Close' } as const;
const STATUSES = { 1: 'New', 2: 'In Progress', 3: 'Suppressed', 4: 'Resolved' } as const;
type Activity = keyof typeof ACTIVITIES;
type Status = keyof typeof STATUSES;

/**
 * The status of a finding in OCSF, by the outcome of its repair: New is "yet to be reviewed", In Progress "under review"
 * (https://schema.ocsf.io/1.8.0/classes/compliance_finding, status_id). A finding is In Progress if a repair was tried, or if
 * a person has made a temporary decision. A finding that is only open for a long time is not In Progress.
 */
const STATUS_BY_OUTCOME = {
  failed_verification: 2,
  failed: 2,
  skipped_stopped: 1,
  skipped_cap: 1,
  skipped_incomplete: 1,
  // Repaired several times, or refused in several runs.
  quarantined: 2,
  // Its repair was started, and the next run judges it again.
  skipped_conflict: 2,
  skipped_unsafe: 1,
  // A person undid the repair.
  held: 2,
  planned: 1,
  // Its exemption has expired, and its owner has the grace period to decide.
  skipped_grace: 2,
  skipped_rule: 1,
  skipped_exempt: 3,
  remediated: 4,
  already_compliant: 4,
  gone: 4,
} as const satisfies Readonly<Record<Outcome, Status>>;

/**
 * An exemption suppresses drift, and never a finding whose options could not be read. A reopened finding existed
 * before, so it is updated.
 */
export function activityOf({ lifecycle, exemption, verdict, outcome }: Finding): readonly [Activity, Status] {
  if (isPutRight(outcome)) return [3, STATUS_BY_OUTCOME[outcome]];
  const isSuppressed = exemption !== null && verdict === 'noncompliant';
  const status = isSuppressed ? 3 : STATUS_BY_OUTCOME[outcome];
  return [lifecycle === 'new' ? 1 : 2, status];
}

interface EventFacts {
  readonly activity: Activity;
  readonly status: Status;
  readonly severity: Severity;
  /** The id of the event's subject within the run. */
  readonly uid: string;
  readonly title: string;
}

export function eventOf(report: Report, { activity, status, severity, uid, title }: EventFacts) {
  return {
    activity_id: activity,
    activity_name: ACTIVITIES[activity],
    category_uid: 2,
    category_name: 'Findings',
    class_uid: 2003,
    class_name: 'Compliance Finding',
    type_uid: 200_300 + activity,
    type_name: `Compliance Finding: ${ACTIVITIES[activity]}`,
    severity_id: SEVERITIES.indexOf(severity) + 1,
    severity: severity.charAt(0).toUpperCase() + severity.slice(1),
    status_id: status,
    status: STATUSES[status],
    time: millisecondsOf(report.finishedAt),
    message: title,
    metadata: {
      version: '1.8.0',
      product: { name: 'Auth0 connection auditor', uid: SERVICE, vendor_name: SERVICE },
      uid: `${report.runId}/${uid}`,
      correlation_uid: report.runId,
      tenant_uid: report.canonicalHost,
    },
  } as const;
}

export function infoOf(report: Report, finding: Finding | Resolved, firstSeen: string | null) {
  const first = millisecondsOf(firstSeen ?? report.startedAt);
  return {
    uid: findingUid(report, finding),
    created_time: first,
    first_seen_time: first,
    last_seen_time: millisecondsOf(report.finishedAt),
  };
}

export function complianceOf({ environment }: Report) {
  return { control: CONTROL, standards: [`Connection policy of ${environment}`] };
}

/** OCSF: a warning is a check that "did not yield a result due to missing information". */
export function failOf(verdict: Finding['verdict']) {
  return verdict === 'indeterminate'
    ? ({ status_id: 2, status: 'Warning' } as const)
    : ({ status_id: 3, status: 'Fail' } as const);
}

export function passOf(how: Resolved['how']) {
  if (how === 'compliant') return { status_id: 1, status: 'Pass' } as const;
  return { status_id: 99, status: how === 'absent' ? 'Connection gone' : 'Not applicable' } as const;
}

export function resourceOf({ canonicalHost }: Report, { id, name, strategy }: Resolved['connection']) {
  return { uid: id, name, type: 'Auth0 connection', namespace: canonicalHost, labels: [`strategy:${strategy}`] };
}

/** The facts of the run that each event contains in the auditor's own fields. */
type RunFacts = Pick<Report, 'runId' | 'environment' | 'mode' | 'complete'>;

export function ownOf({ runId, environment, mode, complete }: Report): RunFacts {
  return { runId, environment, mode, complete };
}

/**
 * All facts of a finding except its author, with its run. They are copied field by field, because spreading the finding
 * takes more time than all other work for the event.
 */
export function factsOf(finding: Finding, report: Report): RunFacts & Omit<Finding, 'changedBy'> {
  const { runId, environment, mode, complete } = report;
  const { connection, control, verdict, code, severity, actual, effective, expected, source, rule, reason } = finding;
  const { exemption, repair, lifecycle, firstSeen } = finding;
  const { outcome, stopped, unsafe, detail, quarantine, refusal, change } = finding;
  return {
    runId,
    environment,
    mode,
    complete,
    connection,
    control,
    verdict,
    code,
    severity,
    actual,
    effective,
    expected,
    source,
    rule,
    reason,
    exemption,
    repair,
    lifecycle,
    firstSeen,
    outcome,
    stopped,
    unsafe,
    detail,
    quarantine,
    refusal,
    change,
  };
}

/** OCSF's timestamps are milliseconds since the epoch. A text that is not a time becomes 0. */
function millisecondsOf(at: string): number {
  const time = Date.parse(at);
  return Number.isNaN(time) ? 0 : time;
}
