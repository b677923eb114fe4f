import fc from 'fast-check';
import { writeAsff } from '../../../lambda/report/machine/asff';
import type { AsffFinding } from '../../../lambda/report/machine/asff-fields';
import { writeAsffFormer } from '../../../lambda/report/machine/asff-former';
import { FIVE_RUNS, NOTHING_CHANGED, REPAIRED_AND_REFUSED } from '../five-runs';
import { hostileReport } from '../hostile-reports';
import { findingOf, reportOf } from '../report-samples';

const TARGET = { account: '111122223333', region: 'eu-central-1', partition: 'aws' };

/** Lengths and patterns of https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_AwsSecurityFinding.html. */
const LIMITS = { Id: 512, GeneratorId: 512, Title: 256, Description: 1024, ProductArn: 2048 } as const;

function expectValid(finding: AsffFinding): void {
  for (const [field, most] of Object.entries(LIMITS)) {
    const text: unknown = Reflect.get(finding, field);
    expect(text).toMatch(/\S/);
    expect(String(text).length).toBeLessThanOrEqual(most);
  }
  for (const at of [finding.CreatedAt, finding.UpdatedAt, finding.FirstObservedAt, finding.LastObservedAt]) {
    expect(at).toMatch(/^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/);
  }
  expect(finding.SchemaVersion).toBe('2018-10-08');
  expect(finding.AwsAccountId).toMatch(/^\d{12}$/);
  expect(finding.ProductArn).toBe('arn:aws:securityhub:eu-central-1:111122223333:product/111122223333/default');
  expect(['INFORMATIONAL', 'LOW', 'MEDIUM', 'HIGH', 'CRITICAL']).toContain(finding.Severity.Label);
  expect(finding.Types.every((type) => type.split('/').length === 3)).toBe(true);
  expect(finding.Resources[0]?.Id.length).toBeLessThanOrEqual(512);
  expect(finding.Remediation.Recommendation.Text.length).toBeLessThanOrEqual(512);
  for (const text of Object.values(finding.ProductFields)) {
    expect(text).toMatch(/\S/);
    expect(text.length).toBeLessThanOrEqual(1024);
  }
  expect(Object.keys(finding.ProductFields).length).toBeLessThanOrEqual(50);
  expect(Buffer.byteLength(JSON.stringify(finding))).toBeLessThan(240_000);
  expect(JSON.stringify(Object.keys(finding))).not.toMatch(/Workflow|Note|UserDefinedFields/);
}

test.each(FIVE_RUNS)('the findings of the run "%s" are valid in Security Hub', (_, report) => {
  const findings = [...writeAsff(report, TARGET)];
  expect(findings).toHaveLength(report.findings.length + report.resolved.length);
  for (const finding of findings.slice(0, 200)) expectValid(finding);
  expect(new Set(findings.map(({ Id }) => Id)).size).toBe(findings.length);
});

test('the findings of any report are valid in Security Hub', () => {
  fc.assert(fc.property(hostileReport, (report) => [...writeAsff(report, TARGET)].forEach(expectValid)));
});

test('the id of a finding is the same in the next run, and long ids stay different', () => {
  const [first] = writeAsff(reportOf({ findings: [findingOf()] }), TARGET);
  const [later] = writeAsff(
    reportOf({ runId: 'later', tenant: 'login.example.com', findings: [findingOf({ lifecycle: 'open', rule: 'r' })] }),
    TARGET,
  );
  expect(later?.Id).toBe(first?.Id);
  const long = ['a', 'b'].map((end) => findingOf({ connection: { id: `${'x'.repeat(2000)}${end}` } }));
  const ids = [...writeAsff(reportOf({ findings: long }), TARGET)].map(({ Id }) => Id);
  expect(new Set(ids).size).toBe(2);
});

test('an open finding keeps its creation time, and a resolved finding has the status PASSED', () => {
  const [open] = writeAsff(NOTHING_CHANGED, TARGET);
  expect(open?.CreatedAt).toBe('2026-11-20T04:30:00.000Z');
  expect(open?.UpdatedAt).toBe(NOTHING_CHANGED.finishedAt);
  const statuses = [...writeAsff(REPAIRED_AND_REFUSED, TARGET)].map(
    ({ Compliance, RecordState }) => `${Compliance.Status} ${RecordState}`,
  );
  expect(statuses.filter((status) => status === 'PASSED ACTIVE')).toHaveLength(7);
  expect(statuses.filter((status) => status === 'NOT_AVAILABLE ARCHIVED')).toHaveLength(1);
});

describe('finding under a former id', () => {
  test.each([
    { tenant: null, namesControl: false, id: 'example.eu.auth0.com/con_k3uMFpYAAdLQl3bO' },
    { tenant: 'login.example.com', namesControl: false, id: 'login.example.com/con_k3uMFpYAAdLQl3bO' },
    {
      ...{ tenant: 'login.example.com', namesControl: true },
      id: 'login.example.com/con_k3uMFpYAAdLQl3bO/set_user_root_attributes',
    },
  ])('the finding with the former id $id is closed, and names its new id', ({ id, ...former }) => {
    const report = reportOf({ findings: [findingOf({ lifecycle: 'open', firstSeen: '2026-11-11T04:30:00.000Z' })] });
    const [finding = findingOf()] = report.findings;
    const earlier = { ...finding, firstSeen: '2026-11-11T04:30:00.000Z', former };
    const [closed] = writeAsffFormer([earlier], report, TARGET);
    const [goesOn] = writeAsff(report, TARGET);
    expect(closed).toMatchObject({
      Id: `auth0-connection-auditor/${id}`,
      CreatedAt: '2026-11-11T04:30:00.000Z',
      UpdatedAt: report.finishedAt,
      Severity: { Label: 'INFORMATIONAL' },
      Title: 'contoso: closed, this finding has a new id',
      Description:
        "Finding ids now contain the setting and the tenant's own domain. This finding continues under the id auth0-connection-auditor/example.eu.auth0.com/con_k3uMFpYAAdLQl3bO/set_user_root_attributes.",
      ProductFields: { newId: goesOn?.Id },
      Compliance: { Status: 'NOT_AVAILABLE' },
      RecordState: 'ARCHIVED',
      Resources: goesOn?.Resources,
    });
    expect(goesOn).toMatchObject({ RecordState: 'ACTIVE', CreatedAt: closed?.CreatedAt });
  });

  test('the closed finding of any former id is valid in Security Hub', () => {
    fc.assert(
      fc.property(hostileReport, (report) => {
        const former = { tenant: report.tenant, namesControl: true };
        const earlier = report.resolved.map((one) => ({ ...one, former }));
        const closed = [...writeAsffFormer(earlier, report, TARGET)];
        closed.forEach(expectValid);
        expect(closed).toHaveLength(report.resolved.length);
      }),
    );
  });
});
