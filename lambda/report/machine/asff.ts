import { makeEach, oneAfterTheOther, type Sequence } from '../../connection/sequence';
import type { Finding } from '../../judge/finding';
import { isPutRight } from '../../judge/outcome';
import type { Report, Resolved } from '../../judge/report';
import { makeHarmless } from '../text/harmless';
import { describeDrift, explainEffect, nameCode } from '../words/finding';
import { describeResolution } from '../words/lifecycle';
import { describeEnding } from '../words/outcome';
import { describeRemedy } from '../words/repair';
import { type AsffFinding, type AsffTarget, bounded, fields, recommend, sharedFields } from './asff-fields';

/**
 * Every finding of a run, and every finding of earlier runs that this run resolves. The program that imports them into
 * Security Hub needs securityhub:BatchImportFindings on the product's ARN. It sends up to 100 findings in a call (240 KB
 * each, 6 MB in total). It must read FailedFindings in the answer, because the call succeeds even if findings fail.
 */
export function writeAsff(report: Report, target: AsffTarget): Sequence<AsffFinding> {
  return oneAfterTheOther(
    makeEach(report.findings, (finding) => toAsff(finding, report, target)),
    makeEach(report.resolved, (finding) => toAsffClosed(finding, report, target)),
  );
}

function toAsff(finding: Finding, report: Report, target: AsffTarget): AsffFinding {
  const { connection, control, severity, verdict, code, rule, outcome, lifecycle, exemption, firstSeen } = finding;
  const isClosed = isPutRight(outcome);
  const status = verdict === 'indeterminate' ? 'WARNING' : 'FAILED';
  const settled = outcome === 'gone' ? 'NOT_AVAILABLE' : 'PASSED';
  return {
    ...sharedFields(report, target, { connection, control, severity, firstSeen }),
    Title: bounded(`${makeHarmless(connection.name)}: ${describeDrift(finding)}`, 256),
    Description: bounded(`${explainEffect(finding)} ${describeEnding(finding)}`, 1024),
    Remediation: recommend(describeRemedy(finding)),
    ProductFields: fields({
      ...{
        environment: report.environment,
        tenant: report.tenant,
        runId: report.runId,
        code,
        rule,
        outcome,
        lifecycle,
      },
      ...(exemption === null
        ? {}
        : { exemptUntil: exemption.expires, exemptionOwner: exemption.owner, exemptionTicket: exemption.ticket }),
    }),
    Compliance: { Status: isClosed ? settled : status },
    RecordState: outcome === 'gone' ? 'ARCHIVED' : 'ACTIVE',
  };
}

function toAsffClosed(resolved: Resolved, report: Report, target: AsffTarget): AsffFinding {
  const { connection, control, code, firstSeen, how } = resolved;
  const words = describeResolution(how);
  return {
    ...sharedFields(report, target, { connection, control, severity: 'informational', firstSeen }),
    Title: bounded(`${makeHarmless(connection.name)}: resolved`, 256),
    Description: bounded(`Resolved: ${words}. The finding was: ${nameCode(code)}.`, 1024),
    Remediation: recommend('None: the finding is resolved.'),
    ProductFields: fields({
      ...{ environment: report.environment, tenant: report.tenant, runId: report.runId, code, lifecycle: 'resolved' },
    }),
    Compliance: { Status: how === 'compliant' ? 'PASSED' : 'NOT_AVAILABLE' },
    RecordState: how === 'compliant' ? 'ACTIVE' : 'ARCHIVED',
  };
}
