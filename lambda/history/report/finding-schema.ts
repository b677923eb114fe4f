import * as z from 'zod';
import { FILL_KEYS } from '../../connection/fills';
import { ROOT_ATTRIBUTES, SETTING } from '../../connection/setting';
import { ECHOED_FIELDS } from '../../connection/strategies';
import { keysOf } from '../../connection/tables';
import { SEVERITIES } from '../../contract';
import type { WritingKind } from '../../judge/change';
import { FINDING_CODES } from '../../judge/evaluate';
import { type Attribution, type Finding, LIFECYCLES, type UnknownAuthor } from '../../judge/finding';
import { OUTCOMES, QUARANTINES, STOP_REASONS } from '../../judge/outcome';
import { MANUAL_REASONS, type Repair } from '../../judge/repair';
import type { Permission } from '../../policy/policy';
import { instant, rawValue } from '../value-schemas';

// No schema here has a default or changes a value: a valid report is used as it was read (`parse-report.ts`).

export const permission = z.object({
  reason: z.string(),
  owner: z.string(),
  ticket: z.string(),
  expires: z.string(),
}) satisfies z.ZodType<Permission>;

const fills = z.array(z.enum(keysOf(FILL_KEYS)));
const write = { fills, unproven: z.array(z.enum(ECHOED_FIELDS)) };
const repair = z.discriminatedUnion('action', [
  z.object({ action: z.literal('set'), to: z.enum(ROOT_ATTRIBUTES), ...write }),
  z.object({ action: z.literal('remove'), to: z.literal('on_each_login'), ...write }),
  z.discriminatedUnion('reason', [
    z.object({ action: z.literal('manual'), reason: z.literal('write_fills'), keys: fills }),
    z.object({ action: z.literal('manual'), reason: z.enum(keysOf(MANUAL_REASONS)).exclude(['write_fills']) }),
  ]),
]) satisfies z.ZodType<Repair>;

const WRITING_KINDS = { repair: true, undo: true } satisfies Record<WritingKind, true>;
const UNKNOWN_AUTHORS = {
  no_scope: true,
  not_in_log: true,
  log_late: true,
  too_many: true,
  log_unreadable: true,
  record_unread: true,
} satisfies Record<UnknownAuthor, true>;
const given = z.string().nullable();
const changedBy = z.discriminatedUnion('kind', [
  z.object({
    ...{ kind: z.literal('known'), at: instant, channel: z.enum(['dashboard', 'api']), email: given },
    ...{ clientName: given, clientId: given, address: given, userAgent: given },
  }),
  z.object({
    ...{ kind: z.literal('ours'), change: z.enum(keysOf(WRITING_KINDS)), runId: z.string(), by: given, at: instant },
  }),
  z.object({ kind: z.literal('unknown'), why: z.enum(keysOf(UNKNOWN_AUTHORS)) }),
]) satisfies z.ZodType<Attribution>;

export const finding = z.object({
  connection: z.object({ id: z.string(), name: z.string(), displayName: given, strategy: z.string() }),
  control: z.literal(SETTING),
  verdict: z.enum(['noncompliant', 'indeterminate']),
  code: z.enum(keysOf(FINDING_CODES)),
  severity: z.enum(SEVERITIES),
  actual: given,
  effective: rawValue,
  expected: z.array(z.enum(ROOT_ATTRIBUTES)),
  source: z.enum(['explicit', 'default']).nullable(),
  rule: z.string(),
  reason: given,
  exemption: permission.nullable(),
  repair,
  lifecycle: z.enum(keysOf(LIFECYCLES)),
  firstSeen: instant.nullable(),
  changedBy: changedBy.nullable(),
  outcome: z.enum(keysOf(OUTCOMES)),
  stopped: z.enum(keysOf(STOP_REASONS)).nullable(),
  unsafe: z.enum(keysOf(MANUAL_REASONS)).nullable(),
  detail: given,
  quarantine: z.enum(keysOf(QUARANTINES)).nullable(),
  refusal: given,
  change: z
    .object({
      ...{ before: rawValue, after: rawValue, otherKeysChanged: z.array(z.string()) },
      ...{ windowMs: z.number(), writtenAt: instant },
    })
    .nullable(),
}) satisfies z.ZodType<Finding>;
