import { SERVICE, SEVERITIES, type Severity } from '../../contract';
import type { Finding } from '../../judge/finding';
import { isPutRight } from '../../judge/outcome';
import type { Report, Resolved } from '../../judge/report';
import { makeHarmless } from '../text/harmless';
import { writeJson } from '../text/json';
import { type DocsContext, referenceLink } from '../words/docs';
import { describeDrift, explainEffect, nameCode } from '../words/finding';
import { describeResolution } from '../words/lifecycle';
import { describeEnding, nameEnding } from '../words/outcome';
import { describeRemedy } from '../words/repair';
import { CONTROL, DOCUMENTATION, findingUid } from './control';
import type { OcsfFinding } from './ocsf-shape';

/** A finding as OCSF has it. What was put right by this run, or while it ran, is closed. */
export function toOcsf(finding: Finding, report: Report, { docsUrl }: DocsContext = {}): OcsfFinding {
  const { connection, control, verdict, code, severity, expected, rule, firstSeen, changedBy } = finding;
  const isClosed = isPutRight(finding.outcome);
  const [activity, status] = isClosed ? ([3, 4] as const) : activityOf(finding);
  const drift = describeDrift(finding);
  const title = `${makeHarmless(connection.name)}: ${drift}`;
  const endings = describeEnding(finding);
  return {
    ...eventOf(report, {
      ...{ activity, status, severity, uid: `${connection.id}/${control}` },
      title: `${title} (${nameEnding(finding)})`,
    }),
    finding_info: {
      ...infoOf(report, finding, firstSeen),
      title,
      desc: explainEffect(finding),
      types: [code],
      analytic: { type_id: 1, type: 'Rule', uid: rule, name: rule === 'default' ? 'Default' : `Rule ${rule}` },
    },
    compliance: {
      ...complianceOf(report),
      ...(isClosed ? passOf(finding.outcome === 'gone' ? 'absent' : 'compliant') : failOf(verdict)),
      status_details: [drift, endings],
      control_parameters: [{ name: control, values: expected }],
    },
    resources: [resourceOf(report, connection)],
    ...(isClosed ? {} : { remediation: remedyFor(finding, docsUrl) }),
    ...(changedBy === null
      ? {}
      : {
          enrichments: [
            {
              name: 'resources.uid',
              value: connection.id,
              type: 'last_writer',
              provider: 'Auth0 tenant log',
              data: changedBy,
            },
          ],
        }),
    unmapped: factsOf(finding, report),
  };
}

/**
 * All of a finding but its author, with its run. Field by field: spreading it takes more time than all else of the event
 * together.
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

function remedyFor(finding: Finding, docsUrl: string | undefined) {
  const desc = describeRemedy(finding);
  const ours = docsUrl === undefined ? [] : [referenceLink(docsUrl, 'finding', finding.code)];
  return { desc, references: [DOCUMENTATION, ...ours] };
}

/** A finding of an earlier run that this one settles. */
export function toOcsfClosed(resolved: Resolved, report: Report): OcsfFinding {
  const { connection, control, code, firstSeen, how } = resolved;
  const title = `${makeHarmless(connection.name)}: resolved, ${describeResolution(how)}`;
  return {
    ...eventOf(report, {
      activity: 3,
      status: 4,
      severity: 'informational',
      uid: `${connection.id}/${control}`,
      title,
    }),
    finding_info: {
      ...infoOf(report, resolved, firstSeen),
      title,
      desc: `It was: ${nameCode(code)}.`,
      types: [code],
    },
    compliance: { ...complianceOf(report), ...passOf(how), status_details: [describeResolution(how)] },
    resources: [resourceOf(report, connection)],
    unmapped: { ...ownOf(report), connection, control, code, lifecycle: 'resolved', how },
  };
}

/** Everything of a run, for the command line: one array. */
export function writeOcsf(report: Report, context: DocsContext = {}): string {
  const { findings, resolved } = report;
  const all = [
    ...findings.map((finding) => toOcsf(finding, report, context)),
    ...resolved.map((finding) => toOcsfClosed(finding, report)),
  ];
  return all.length === 0 ? '[]\n' : `[\n${all.map((finding) => writeJson(finding)).join(',\n')}\n]\n`;
}

const ACTIVITIES = { 1: 'Create', 2: 'Update', 3: 'Close' } as const;
const STATUSES = { 1: 'New', 2: 'In Progress', 3: 'Suppressed', 4: 'Resolved' } as const;
type Activity = keyof typeof ACTIVITIES;
type Status = keyof typeof STATUSES;

/** A permission suppresses drift, and never what could not be seen. What is back was there before: it is updated. */
function activityOf({ lifecycle, exemption, verdict }: Finding): readonly [Activity, Status] {
  const isSuppressed = exemption !== null && verdict === 'noncompliant';
  const activity = lifecycle === 'new' ? 1 : 2;
  if (isSuppressed) return [activity, 3];
  return [activity, lifecycle === 'open' ? 2 : 1];
}

interface EventFacts {
  readonly activity: Activity;
  readonly status: Status;
  readonly severity: Severity;
  /** What of the run the event is about. */
  readonly uid: string;
  readonly title: string;
}

function eventOf(report: Report, { activity, status, severity, uid, title }: EventFacts) {
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

function infoOf(report: Report, finding: Finding | Resolved, firstSeen: string | null) {
  const first = millisecondsOf(firstSeen ?? report.startedAt);
  return {
    uid: findingUid(report, finding),
    created_time: first,
    first_seen_time: first,
    last_seen_time: millisecondsOf(report.finishedAt),
  };
}

function complianceOf({ environment }: Report) {
  return { control: CONTROL, standards: [`Connection policy of ${environment}`] };
}

/** OCSF: a warning is a check that "did not yield a result due to missing information". */
function failOf(verdict: Finding['verdict']) {
  return verdict === 'indeterminate'
    ? ({ status_id: 2, status: 'Warning' } as const)
    : ({ status_id: 3, status: 'Fail' } as const);
}

function passOf(how: Resolved['how']) {
  if (how === 'compliant') return { status_id: 1, status: 'Pass' } as const;
  return { status_id: 99, status: how === 'absent' ? 'Connection gone' : 'Not applicable' } as const;
}

function resourceOf({ canonicalHost }: Report, { id, name, strategy }: Resolved['connection']) {
  return { uid: id, name, type: 'Auth0 connection', namespace: canonicalHost, labels: [`strategy:${strategy}`] };
}

type RunFacts = Pick<Report, 'runId' | 'environment' | 'mode' | 'complete'>;

function ownOf({ runId, environment, mode, complete }: Report): RunFacts {
  return { runId, environment, mode, complete };
}

/** OCSF's timestamps are milliseconds since the epoch; a text that is no time is none. */
function millisecondsOf(at: string): number {
  const time = Date.parse(at);
  return Number.isNaN(time) ? 0 : time;
}
