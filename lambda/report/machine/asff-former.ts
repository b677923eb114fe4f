import { makeEach, type Sequence } from '../../connection/sequence';
import type { FormerFinding } from '../../history/former-ids';
import type { Report } from '../../judge/report';
import { makeHarmless } from '../text/harmless';
import { type AsffFinding, type AsffTarget, bounded, fields, idOf, recommend, sharedFields } from './asff-fields';
import { formerUid } from './control';

/** Closes findings under their former ids. Each closed finding names the id under which it continues. */
export function writeAsffFormer(
  findings: readonly FormerFinding[],
  report: Report,
  target: AsffTarget,
): Sequence<AsffFinding> {
  return makeEach(findings, (finding) => toAsffFormer(finding, report, target));
}

function toAsffFormer(finding: FormerFinding, report: Report, target: AsffTarget): AsffFinding {
  const { connection, control, code, firstSeen } = finding;
  const { Id: id, ...shared } = sharedFields(report, target, {
    connection,
    control,
    severity: 'informational',
    firstSeen,
  });
  return {
    ...shared,
    Id: idOf(formerUid(report, finding)),
    Title: bounded(`${makeHarmless(connection.name)}: closed, this finding has a new id`, 256),
    Description: bounded(
      `Finding ids now contain the setting and the tenant's own domain. This finding continues under the id ${id}.`,
      1024,
    ),
    Remediation: recommend('None here: see the finding with the new id.'),
    ProductFields: fields({
      environment: report.environment,
      tenant: report.tenant,
      runId: report.runId,
      code,
      newId: id,
    }),
    Compliance: { Status: 'NOT_AVAILABLE' },
    RecordState: 'ARCHIVED',
  };
}
