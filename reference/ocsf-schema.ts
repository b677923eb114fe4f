import * as z from 'zod';
import { FILL_KEYS } from '../lambda/connection/fills';
import { ROOT_ATTRIBUTES, SETTING } from '../lambda/connection/setting';
import { ECHOED_FIELDS } from '../lambda/connection/strategies';
import { keysOf } from '../lambda/connection/tables';
import { MODES, SEVERITIES } from '../lambda/contract';
import { FINDING_CODES } from '../lambda/judge/evaluate';
import { LIFECYCLES } from '../lambda/judge/finding';
import { OUTCOMES, QUARANTINES, STOP_REASONS } from '../lambda/judge/outcome';
import { MANUAL_REASONS } from '../lambda/judge/repair';
import type { OcsfFinding } from '../lambda/report/machine/ocsf-shape';
import { UNKNOWN_AUTHOR_WORDS } from '../lambda/report/words/author';
import { RESOLUTION_WORDS } from '../lambda/report/words/lifecycle';

export const time = z.string().describe('ISO 8601, UTC.');
const milliseconds = z.int().describe('Milliseconds since the epoch, UTC.');
export const outcome = z.enum(keysOf(OUTCOMES));
const connection = z.object({ id: z.string(), name: z.string(), strategy: z.string() });
const control = z.literal(SETTING).describe('The setting that is checked.');
const rawValue = z.enum(ROOT_ATTRIBUTES).nullable().describe('`null` if the key is absent.');

export const permission = { reason: z.string(), owner: z.string(), ticket: z.string(), expires: z.string() };
const manualReason = z.enum(keysOf(MANUAL_REASONS));
const filledKeys = z.array(z.enum(keysOf(FILL_KEYS)));
const atWrite = {
  fills: filledKeys.describe('Options that the connection lacks and that Auth0 fills in at the write.'),
  unproven: z
    .array(z.enum(ECHOED_FIELDS))
    .describe(
      'Fields in the write that no recorded write of this strategy contains, so it is unproven that Auth0 accepts them.',
    ),
};
const repair = z.union([
  z.object({ action: z.literal('set'), to: z.enum(ROOT_ATTRIBUTES), ...atWrite }),
  z.object({ action: z.literal('remove'), to: z.literal('on_each_login'), ...atWrite }),
  z.object({ action: z.literal('manual'), reason: manualReason.exclude(['write_fills']) }),
  z.object({ action: z.literal('manual'), reason: z.literal('write_fills'), keys: filledKeys }),
]);
const change = z.object({
  before: rawValue,
  after: rawValue,
  otherKeysChanged: z.array(z.string()),
  windowMs: z.number().describe('Milliseconds from the fresh read to the write.'),
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
  z.object({
    kind: z.literal('ours'),
    change: z.enum(['repair', 'undo']),
    runId: z.string(),
    by: z
      .string()
      .nullable()
      .describe('The person who made the change; `null`: the function, or the configuration omits people.'),
    at: time,
  }),
  z.object({ kind: z.literal('unknown'), why: z.enum(keysOf(UNKNOWN_AUTHOR_WORDS)) }),
]);

/** The auditor's own facts in `unmapped`, for a finding or a resolved finding. */
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
  unsafe: manualReason.nullable(),
  detail: z.string().nullable(),
  quarantine: z
    .enum(keysOf(QUARANTINES))
    .nullable()
    .describe('Why the outcome is `quarantined`; `null` with any other outcome.'),
  refusal: z.string().nullable().describe("Auth0's message when it refused the repair, masked, up to 300 characters."),
  change: change.nullable(),
});
const resolvedFacts = z.object({
  ...run,
  connection,
  control,
  code: z.enum(keysOf(FINDING_CODES)),
  lifecycle: z.literal('resolved'),
  how: z.enum(keysOf(RESOLUTION_WORDS)),
});

/** https://schema.ocsf.io/1.8.0/classes/compliance_finding, with the fields that the auditor writes. */
export const ocsfFinding = z.object({
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
  status_id: z
    .literal([1, 2, 3, 4])
    .describe('1 New, 2 In Progress (work is under way), 3 Suppressed (exempt), 4 Resolved.'),
  status: z.string(),
  time: milliseconds,
  message: z.string(),
  metadata: z.object({
    version: z.literal('1.8.0'),
    product: z.object({ name: z.string(), uid: z.string(), vendor_name: z.string() }),
    uid: z.string().describe('The id of this event.'),
    correlation_uid: z.string().describe('The id of the run.'),
    tenant_uid: z.string().describe("The tenant's own domain, even if the run uses a custom domain."),
    is_truncated: z.literal(true).exactOptional().describe('Texts were cut so that the event fits one message.'),
  }),
  finding_info: z.object({
    uid: z.string().describe('The same in every run. Use it to update and close the finding.'),
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
    status_id: z.literal([1, 2, 3, 99]).describe('1 Pass, 2 Warning (options could not be read), 3 Fail, 99 Other.'),
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
  unmapped: z.union([ownFacts, resolvedFacts]).describe("The auditor's own facts, exactly as in the report."),
}) satisfies z.ZodType<OcsfFinding>;
