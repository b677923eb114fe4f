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
import { DOCUMENTATION } from './control';
import { activityOf, complianceOf, eventOf, factsOf, failOf, infoOf, ownOf, passOf, resourceOf } from './ocsf-fields';
import type { OcsfFinding } from './ocsf-shape';

/** A finding in OCSF. A finding that was fixed or deleted during this run is closed. */
export function toOcsf(finding: Finding, report: Report, { docsUrl }: DocsContext = {}): OcsfFinding {
  const { connection, control, verdict, code, severity, expected, rule, firstSeen, changedBy } = finding;
  const isClosed = isPutRight(finding.outcome);
  const [activity, status] = activityOf(finding);
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

function remedyFor(finding: Finding, docsUrl: string | undefined) {
  const desc = describeRemedy(finding);
  const ours = docsUrl === undefined ? [] : [referenceLink(docsUrl, 'finding', finding.code)];
  return { desc, references: [DOCUMENTATION, ...ours] };
}

/** A finding of an earlier run that this run resolves. */
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
      desc: `The finding was: ${nameCode(code)}.`,
      types: [code],
    },
    compliance: { ...complianceOf(report), ...passOf(how), status_details: [describeResolution(how)] },
    resources: [resourceOf(report, connection)],
    unmapped: { ...ownOf(report), connection, control, code, lifecycle: 'resolved', how },
  };
}

/** All findings of a run or the selected ones, and its resolved findings, as one array for the command line. */
export function writeOcsf(report: Report, context: DocsContext = {}, findings = report.findings): string {
  const { resolved } = report;
  const all = [
    ...findings.map((finding) => toOcsf(finding, report, context)),
    ...resolved.map((finding) => toOcsfClosed(finding, report)),
  ];
  return all.length === 0 ? '[]\n' : `[\n${all.map((finding) => writeJson(finding)).join(',\n')}\n]\n`;
}
