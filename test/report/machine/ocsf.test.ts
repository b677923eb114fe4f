import fc from 'fast-check';
import { keysOf } from '../../../lambda/connection/tables';
import { LIFECYCLES } from '../../../lambda/judge/finding';
import { ending, type Outcome } from '../../../lambda/judge/outcome';
import { toOcsf, toOcsfClosed, writeOcsf } from '../../../lambda/report/machine/ocsf';
import type { OcsfFinding } from '../../../lambda/report/machine/ocsf-shape';
import { FIRST_RUN, FIVE_RUNS, NOTHING_CHANGED, REPAIRED_AND_REFUSED } from '../five-runs';
import { hostileReport, unseenIn } from '../hostile-reports';
import { DRIFTED, findingOf, reportOf } from '../report-samples';

/**
 * An excerpt of the published schema, tag 1.8.0 of https://github.com/ocsf/ocsf-schema: the required and the known attributes
 * of events/base_event.json, events/findings/finding.json and events/findings/compliance_finding.json, and of the objects
 * (objects/*.json) that the auditor's Compliance Finding contains.
 */
const SCHEMA: Readonly<Record<string, { required: readonly string[]; known: readonly string[] }>> = {
  event: {
    required: [
      ...['activity_id', 'category_uid', 'class_uid', 'compliance', 'finding_info', 'metadata', 'severity_id', 'time'],
      'type_uid',
    ],
    known: [
      ...['activity_id', 'activity_name', 'category_name', 'category_uid', 'class_name', 'class_uid', 'compliance'],
      ...['confidence', 'count', 'end_time', 'enrichments', 'evidences', 'finding_info', 'message', 'metadata'],
      ...['observables', 'remediation', 'resources', 'severity', 'severity_id', 'start_time', 'status', 'status_code'],
      ...['status_detail', 'status_id', 'time', 'timezone_offset', 'type_name', 'type_uid', 'unmapped'],
    ],
  },
  metadata: {
    required: ['product', 'version'],
    known: [
      'correlation_uid',
      'event_code',
      'is_truncated',
      'labels',
      'log_name',
      'product',
      'tenant_uid',
      'uid',
      'version',
    ],
  },
  product: { required: [], known: ['feature', 'name', 'uid', 'url_string', 'vendor_name', 'version'] },
  finding_info: {
    required: ['uid'],
    known: [
      ...['analytic', 'created_time', 'desc', 'first_seen_time', 'last_seen_time', 'modified_time', 'src_url', 'tags'],
      ...['title', 'types', 'uid'],
    ],
  },
  analytic: { required: ['type_id'], known: ['category', 'desc', 'name', 'type', 'type_id', 'uid', 'version'] },
  compliance: {
    required: [],
    known: [
      ...['assessments', 'category', 'checks', 'control', 'control_parameters', 'desc', 'requirements', 'standards'],
      ...['status', 'status_code', 'status_details', 'status_id'],
    ],
  },
  control_parameter: { required: ['name'], known: ['name', 'value', 'values'] },
  resource: {
    required: [],
    known: [
      'criticality',
      'data',
      'group',
      'labels',
      'name',
      'namespace',
      'owner',
      'region',
      'tags',
      'type',
      'uid',
      'version',
    ],
  },
  remediation: { required: ['desc'], known: ['desc', 'kb_article_list', 'references'] },
  enrichment: {
    required: ['data', 'name', 'value'],
    known: ['created_time', 'data', 'desc', 'name', 'provider', 'short_desc', 'src_url', 'type', 'value'],
  },
};

function expectShape(kind: keyof typeof SCHEMA, value: object): void {
  const { required = [], known = [] } = SCHEMA[kind] ?? {};
  expect(Object.keys(value)).toEqual(expect.arrayContaining([...required]));
  expect(Object.keys(value).filter((key) => !known.includes(key))).toEqual([]);
  expect(Object.values(value)).not.toContain(null);
}

function expectValid(event: OcsfFinding): void {
  expectShape('event', event);
  expectShape('metadata', event.metadata);
  expectShape('product', event.metadata.product);
  expectShape('finding_info', event.finding_info);
  if (event.finding_info.analytic !== undefined) expectShape('analytic', event.finding_info.analytic);
  expectShape('compliance', event.compliance);
  for (const parameter of event.compliance.control_parameters ?? []) expectShape('control_parameter', parameter);
  for (const resource of event.resources) expectShape('resource', resource);
  if (event.remediation !== undefined) expectShape('remediation', event.remediation);
  for (const enrichment of event.enrichments ?? []) expectShape('enrichment', enrichment);
  expect(event.type_uid).toBe(event.class_uid * 100 + event.activity_id);
  expect([1, 2, 3]).toContain(event.activity_id);
  expect([1, 2, 3, 4]).toContain(event.status_id);
  expect([1, 2, 3, 4, 5]).toContain(event.severity_id);
  expect([1, 2, 3, 99]).toContain(event.compliance.status_id);
  for (const time of [event.time, event.finding_info.created_time, event.finding_info.first_seen_time]) {
    expect(Number.isInteger(time)).toBe(true);
  }
  expect(event.metadata.version).toBe('1.8.0');
  expect(event.metadata.product.name).toBeTruthy();
}

const eventsOf = (report: Parameters<typeof writeOcsf>[0]): OcsfFinding[] => JSON.parse(writeOcsf(report));

describe('OCSF Compliance Finding', () => {
  test.each(FIVE_RUNS)('each OCSF finding of the run "%s" has the required and only known attributes', (_, report) => {
    const events = eventsOf(report);
    expect(events).toHaveLength(report.findings.length + report.resolved.length);
    for (const event of events.slice(0, 200)) expectValid(event);
  });

  test('each OCSF finding of any report has the required and only known attributes', () => {
    fc.assert(
      fc.property(hostileReport, (report) => {
        const text = writeOcsf(report);
        expect(unseenIn(text)).toEqual([]);
        for (const event of eventsOf(report)) expectValid(event);
      }),
      { numRuns: 40 },
    );
  });

  const exemption = { reason: 'r', owner: 'o', ticket: 't', expires: '2026-12-31' };
  const unseen = { verdict: 'indeterminate', code: 'OPTIONS_HIDDEN' } as const;
  test.each([
    ['a new finding', findingOf(), { activity_id: 1, status_id: 1 }, 3],
    ['a reopened finding', findingOf({ lifecycle: 'reopened' }), { activity_id: 2, status_id: 1 }, 3],
    ['an open finding without a repair', findingOf({ lifecycle: 'open' }), { activity_id: 2, status_id: 1 }, 3],
    ['an exempt finding', findingOf({ lifecycle: 'open', exemption }), { activity_id: 2, status_id: 3 }, 3],
    ['an indeterminate finding', findingOf(unseen), { activity_id: 1, status_id: 1 }, 2],
    ['an exempt indeterminate finding', findingOf({ ...unseen, exemption }), { activity_id: 1, status_id: 1 }, 2],
    ['a fixed finding', findingOf(ending('remediated')), { activity_id: 3, status_id: 4 }, 1],
    ['an already fixed finding', findingOf(ending('already_compliant')), { activity_id: 3, status_id: 4 }, 1],
    ['the finding of a deleted connection', findingOf(ending('gone')), { activity_id: 3, status_id: 4 }, 99],
  ])('the OCSF statuses of %s match its lifecycle and outcome', (_, finding, event, compliance) => {
    expect(toOcsf(finding, reportOf())).toMatchObject({ ...event, compliance: { status_id: compliance } });
  });

  const STATUSES: Readonly<Record<Outcome, [id: number, status: string]>> = {
    failed_verification: [2, 'In Progress'],
    failed: [2, 'In Progress'],
    skipped_stopped: [1, 'New'],
    skipped_cap: [1, 'New'],
    skipped_incomplete: [1, 'New'],
    quarantined: [2, 'In Progress'],
    skipped_conflict: [2, 'In Progress'],
    skipped_unsafe: [1, 'New'],
    held: [2, 'In Progress'],
    planned: [1, 'New'],
    skipped_grace: [2, 'In Progress'],
    skipped_rule: [1, 'New'],
    skipped_exempt: [3, 'Suppressed'],
    remediated: [4, 'Resolved'],
    already_compliant: [4, 'Resolved'],
    gone: [4, 'Resolved'],
  };
  test.each(keysOf(STATUSES))(
    'the OCSF status of a finding with the outcome %s is the same in every lifecycle',
    (outcome) => {
      const [status_id, status] = STATUSES[outcome];
      for (const lifecycle of keysOf(LIFECYCLES)) {
        const finding = findingOf({ lifecycle, ...ending(outcome), ...(status_id === 3 ? { exemption } : {}) });
        expect(toOcsf(finding, reportOf())).toMatchObject({ status_id, status });
      }
    },
  );

  test.each([
    ['compliant', 1],
    ['not_applicable', 99],
    ['absent', 99],
  ] as const)('the OCSF finding that is resolved as %s is closed', (how, compliance) => {
    const connection = { id: 'con_1', name: 'contoso', strategy: 'oidc' };
    const resolved = {
      connection,
      control: 'set_user_root_attributes',
      code: 'WRONG_VALUE',
      firstSeen: '2026-11-11T04:30:00.000Z',
      how,
    } as const;
    const event = toOcsfClosed(resolved, reportOf());
    expect(event).toMatchObject({ activity_id: 3, status_id: 4, compliance: { status_id: compliance } });
    expect(event.finding_info.first_seen_time).toBe(Date.parse('2026-11-11T04:30:00.000Z'));
  });

  test('the OCSF id of a finding is the same in every run, for any value, rule and outcome', () => {
    const finding = findingOf();
    const uids = [
      toOcsf(finding, reportOf()),
      toOcsf(
        { ...finding, code: 'UNDOCUMENTED_VALUE', rule: 'other', lifecycle: 'open' },
        reportOf({ runId: 'later' }),
      ),
      toOcsfClosed({ ...finding, firstSeen: '', how: 'compliant' }, reportOf({ runId: 'last' })),
    ].map(({ finding_info }) => finding_info.uid);
    expect(new Set(uids).size).toBe(1);
    expect(uids[0]).toBe('auth0-connection-auditor/example.eu.auth0.com/con_k3uMFpYAAdLQl3bO/set_user_root_attributes');
    expect(toOcsf(finding, reportOf({ canonicalHost: 'other.eu.auth0.com' })).finding_info.uid).not.toBe(uids[0]);
  });

  test('the OCSF ids of a finding are the same with a custom domain', () => {
    const idsOf = ({ finding_info, metadata, resources }: OcsfFinding) => [
      ...[finding_info.uid, metadata.uid, metadata.tenant_uid],
      ...resources.flatMap(({ uid, namespace }) => [uid, namespace]),
    ];
    const custom = toOcsf(findingOf(), reportOf({ tenant: 'login.example.com' }));
    expect(idsOf(custom)).toEqual(idsOf(toOcsf(findingOf(), reportOf())));
  });

  test('an OCSF finding has an enrichment with the author only if the author is known', () => {
    const [event] = eventsOf({
      ...FIRST_RUN,
      findings: FIRST_RUN.findings.filter(({ changedBy }) => changedBy?.kind === 'known'),
    });
    expect(event?.enrichments?.[0]).toMatchObject({ name: 'resources.uid', data: { kind: 'known' } });
    for (const each of eventsOf(NOTHING_CHANGED)) expect(each.enrichments).toBeUndefined();
    expect(writeOcsf(DRIFTED)).not.toMatch(/email|userAgent/);
  });

  test('a run without findings is an empty OCSF list', () => {
    expect(eventsOf(reportOf())).toEqual([]);
    expect(eventsOf(REPAIRED_AND_REFUSED).filter(({ activity_id }) => activity_id === 3)).toHaveLength(8);
  });
});
