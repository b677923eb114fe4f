import * as z from 'zod';
import { missingScopes } from '../lambda/connection/scopes';
import { ROOT_ATTRIBUTES, SETTING } from '../lambda/connection/setting';
import { keysOf } from '../lambda/connection/tables';
import { MODES, SCHEMA_VERSION, SEVERITIES } from '../lambda/contract';
import { FINDING_CODES } from '../lambda/judge/evaluate';
import { LIFECYCLES } from '../lambda/judge/finding';
import { OUTCOMES, STOP_REASONS } from '../lambda/judge/outcome';
import { MANUAL_REASONS } from '../lambda/judge/repair';
import { NOTIFICATIONS, type NoticeCode, RUN_ERRORS } from '../lambda/judge/report';
import type { ErrorBody, FindingsBody, SummaryBody } from '../lambda/report/machine/messages';
import type { OcsfFinding } from '../lambda/report/machine/ocsf-shape';
import { UNKNOWN_AUTHOR_WORDS } from '../lambda/report/words/author';
import { OTHER_WRITERS_WORDS } from '../lambda/report/words/run';
import { LIFECYCLE_MEANINGS } from './meanings';

/**
 * The bodies on the findings topic, as a consumer sees them. Members may be added without a new `schemaVersion`, so the
 * published schema allows others.
 */
const time = z.string().describe('ISO 8601, UTC.');
const milliseconds = z.int().describe('Milliseconds since the epoch, UTC.');
const count = z.int().min(0);
const outcome = z.enum(keysOf(OUTCOMES));
const connection = z.object({ id: z.string(), name: z.string(), strategy: z.string() });
const control = z.literal(SETTING).describe('What is checked of the connection.');
const rawValue = z.enum(ROOT_ATTRIBUTES).nullable().describe('`null` where the key is absent.');

const head = {
  schemaVersion: z.literal(SCHEMA_VERSION),
  runId: z.string(),
  part: z.int().min(1).describe('Counts from 1 to `parts` over all messages of the run.'),
  parts: z.int().min(1),
  environment: z.string(),
  tenant: z.string(),
  mode: z.enum(MODES),
  complete: z.boolean().describe('Every page was read and time sufficed.'),
  startedAt: time,
  finishedAt: time,
  severity: z.enum(SEVERITIES),
  outcome: z.enum([...keysOf(OUTCOMES), 'none']),
  lifecycle: z.enum([...keysOf(LIFECYCLE_MEANINGS), 'none']),
};

const permission = { reason: z.string(), owner: z.string(), ticket: z.string(), expires: z.string() };
const repair = z.union([
  z.object({ action: z.literal('set'), to: z.enum(ROOT_ATTRIBUTES) }),
  z.object({ action: z.literal('remove'), to: z.literal('on_each_login') }),
  z.object({ action: z.literal('manual'), reason: z.enum(keysOf(MANUAL_REASONS)) }),
]);
const change = z.object({
  before: rawValue,
  after: rawValue,
  otherKeysChanged: z.array(z.string()),
  windowMs: z.number().describe('From our read to our write, in milliseconds.'),
  writtenAt: time,
});
const author = z.union([
  z.object({
    kind: z.literal('known'),
    at: time,
    channel: z.enum(['dashboard', 'api']),
    email: z.string().nullable(),
    clientName: z.string().nullable(),
    clientId: z.string().nullable(),
    address: z.string().nullable(),
    userAgent: z.string().nullable(),
  }),
  z.object({ kind: z.literal('ours'), runId: z.string(), at: time }),
  z.object({ kind: z.literal('unknown'), why: z.enum(keysOf(UNKNOWN_AUTHOR_WORDS)) }),
]);

/** Our own facts in `unmapped`: of a finding, or of one that is resolved. */
const run = { runId: z.string(), environment: z.string(), mode: z.enum(MODES), complete: z.boolean() };
const ownFacts = z.object({
  ...run,
  connection: connection.extend({ displayName: z.string().nullable() }),
  control,
  verdict: z.enum(['noncompliant', 'indeterminate']),
  code: z.enum(keysOf(FINDING_CODES)),
  severity: z.enum(SEVERITIES),
  actual: z.string().nullable(),
  effective: rawValue,
  expected: z.array(z.enum(ROOT_ATTRIBUTES)),
  source: z.enum(['explicit', 'default']).nullable(),
  rule: z.string(),
  reason: z.string().nullable(),
  exemption: z.object(permission).nullable(),
  repair,
  lifecycle: z.enum(keysOf(LIFECYCLES)),
  firstSeen: time.nullable(),
  outcome,
  stopped: z.enum(keysOf(STOP_REASONS)).nullable(),
  unsafe: z.enum(keysOf(MANUAL_REASONS)).nullable(),
  detail: z.string().nullable(),
  change: change.nullable(),
});
const resolvedFacts = z.object({
  ...run,
  connection,
  control,
  code: z.enum(keysOf(FINDING_CODES)),
  lifecycle: z.literal('resolved'),
  how: z.enum(['compliant', 'not_applicable', 'absent']),
});

/** https://schema.ocsf.io/1.8.0/classes/compliance_finding, as much of it as we write. */
const ocsfFinding = z.object({
  activity_id: z.literal([1, 2, 3]).describe('1 Create, 2 Update, 3 Close.'),
  activity_name: z.string(),
  category_uid: z.literal(2),
  category_name: z.string(),
  class_uid: z.literal(2003),
  class_name: z.string(),
  type_uid: z.int(),
  type_name: z.string(),
  severity_id: z.int().min(1).max(5),
  severity: z.string(),
  status_id: z.literal([1, 2, 3, 4]).describe('1 New, 2 In Progress, 3 Suppressed (exempt), 4 Resolved.'),
  status: z.string(),
  time: milliseconds,
  message: z.string(),
  metadata: z.object({
    version: z.literal('1.8.0'),
    product: z.object({ name: z.string(), uid: z.string(), vendor_name: z.string() }),
    uid: z.string().describe('Of this one event.'),
    correlation_uid: z.string().describe('The run.'),
    tenant_uid: z.string().describe("The tenant's domain."),
    is_truncated: z.literal(true).exactOptional().describe('Texts had to be cut for the event to fit a message.'),
  }),
  finding_info: z.object({
    uid: z.string().describe('The same in every run: update and close by it.'),
    created_time: milliseconds,
    first_seen_time: milliseconds,
    last_seen_time: milliseconds,
    title: z.string(),
    desc: z.string(),
    types: z.array(z.string()),
    analytic: z.object({ type_id: z.literal(1), type: z.string(), uid: z.string(), name: z.string() }).exactOptional(),
  }),
  compliance: z.object({
    control: z.string(),
    standards: z.array(z.string()),
    status_id: z.literal([1, 2, 3, 99]).describe('1 Pass, 2 Warning (could not be seen), 3 Fail, 99 Other.'),
    status: z.string(),
    status_details: z.array(z.string()),
    control_parameters: z.array(z.object({ name: z.string(), values: z.array(z.string()) })).exactOptional(),
  }),
  resources: z.array(
    z.object({
      uid: z.string(),
      name: z.string(),
      type: z.string(),
      namespace: z.string(),
      labels: z.array(z.string()),
    }),
  ),
  remediation: z.object({ desc: z.string(), references: z.array(z.string()) }).exactOptional(),
  enrichments: z
    .array(z.object({ name: z.string(), value: z.string(), type: z.string(), provider: z.string(), data: author }))
    .exactOptional(),
  unmapped: z.union([ownFacts, resolvedFacts]).describe('Our own facts, exact.'),
}) satisfies z.ZodType<OcsfFinding>;

const exemption = z.object({ id: z.string().exactOptional(), name: z.string().exactOptional(), ...permission });
/** What each notice tells beside its code. */
const NOTICE_SHAPES = {
  SCOPES_UNKNOWN: {},
  WRITE_SCOPES_IN_REPORT_MODE: { scopes: z.array(z.string()) },
  WRITE_SCOPES_MISSING: {},
  CAP_EXCEEDED: { planned: count, allowed: count },
  UNKNOWN_STRATEGY: { strategy: z.string(), connections: count },
  RULE_MATCHED_NOTHING: { rule: z.string() },
  ONLY_DEFAULT: { connections: count },
  EXEMPTION_EXPIRED: { exemption, graceUntil: z.string().nullable() },
  EXEMPTION_EXPIRING: { exemption, daysLeft: z.int() },
  EXEMPTION_UNUSED: { exemption },
  EXEMPTION_NOT_NEEDED: { exemption },
} satisfies Readonly<Record<NoticeCode, z.ZodRawShape>>;
const notice = z.union(
  keysOf(NOTICE_SHAPES).map((code) =>
    z.object({ code: z.literal(code), truncated: z.literal(true).exactOptional(), ...NOTICE_SHAPES[code] }),
  ),
);

const summaryBody = z.object({
  ...head,
  messageType: z.literal('run_summary'),
  coverage: z.object({ listed: count, judged: count }),
  summary: z.object({
    compliant: count,
    noncompliant: count,
    not_applicable: count,
    indeterminate: count,
    exempt: count,
  }),
  outcomes: z.record(outcome, count),
  lifecycles: z.record(z.enum(keysOf(LIFECYCLE_MEANINGS)), count),
  findingsTotal: count,
  telling: z.enum(keysOf(NOTIFICATIONS)),
  places: z.object({ record: z.string(), html: z.string() }).nullable(),
  otherWriters: z.enum(keysOf(OTHER_WRITERS_WORDS)),
  historyFailure: z.string().nullable(),
  notices: z.array(notice),
}) satisfies z.ZodType<Omit<SummaryBody, 'notices'>>;

const errorBody = z.object({
  ...head,
  messageType: z.literal('run_error'),
  incomplete: z
    .object({
      reason: z.enum(keysOf(RUN_ERRORS)),
      message: z.string(),
      missingScopes: z.array(z.enum(missingScopes(new Set()))),
      truncated: z.literal(true).exactOptional(),
    })
    .nullable(),
}) satisfies z.ZodType<ErrorBody>;

const findingsBody = z.object({
  ...head,
  messageType: z.literal('finding'),
  findings: z.array(ocsfFinding),
}) satisfies z.ZodType<FindingsBody>;

/** docs/findings-message.schema.json. A strict one also refuses members that it does not describe. */
export function messageJsonSchema({ strict = false }: { readonly strict?: boolean } = {}): Record<string, unknown> {
  const schema = z.toJSONSchema(z.union([summaryBody, errorBody, findingsBody]), { io: strict ? 'output' : 'input' });
  return { title: `A message on the findings topic, schemaVersion ${SCHEMA_VERSION}`, ...schema };
}
