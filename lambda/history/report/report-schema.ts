import * as z from 'zod';
import type { MissingScope } from '../../connection/scopes';
import { SETTING } from '../../connection/setting';
import { keysOf } from '../../connection/tables';
import { MODES } from '../../contract';
import { FINDING_CODES } from '../../judge/evaluate';
import { NOTIFICATIONS, type OtherWriters, type Report, type Resolved, RUN_ERRORS } from '../../judge/report';
import { change, count, instant, runId, trendPoint } from '../value-schemas';
import { finding } from './finding-schema';
import { notice } from './notice-schema';

const MISSING_SCOPES = {
  'read:connections': true,
  'read:connections_options': true,
} satisfies Record<MissingScope, true>;
const OTHER_WRITERS = {
  not_looked_for: true,
  no_scope: true,
  none_seen: true,
  seen: true,
  log_unreadable: true,
} satisfies Record<OtherWriters, true>;
const HOWS = { compliant: true, not_applicable: true, absent: true } satisfies Record<Resolved['how'], true>;

const incomplete = z.object({
  reason: z.enum(keysOf(RUN_ERRORS)),
  message: z.string(),
  missingScopes: z.array(z.enum(keysOf(MISSING_SCOPES))),
});
const resolved = z.object({
  connection: z.object({ id: z.string(), name: z.string(), strategy: z.string() }),
  control: z.literal(SETTING),
  code: z.enum(keysOf(FINDING_CODES)),
  firstSeen: instant,
  how: z.enum(keysOf(HOWS)),
});
const told = z.object({ people: z.boolean(), machines: z.boolean() });

/** A whole report. The schema has no defaults and changes no value: a valid report is used as it was read. */
export const report = z.object({
  runId,
  environment: z.string(),
  tenant: z.string(),
  canonicalHost: z.string(),
  mode: z.enum(MODES),
  startedAt: instant,
  finishedAt: instant,
  complete: z.boolean(),
  incomplete: incomplete.nullable(),
  coverage: z.object({ listed: count, judged: count }),
  summary: z.object({
    ...{ compliant: count, noncompliant: count, not_applicable: count, indeterminate: count, exempt: count },
  }),
  findings: z.array(finding),
  notices: z.array(notice),
  resolved: z.array(resolved),
  earlierChanges: z.array(z.object({ change, to: told })),
  trend: z.array(trendPoint).max(1000),
  telling: z.enum(keysOf(NOTIFICATIONS)),
  places: z.object({ record: z.string(), html: z.string() }).nullable(),
  otherWriters: z.enum(keysOf(OTHER_WRITERS)),
  historyFailure: z.string().nullable(),
  subscribers: count.nullable(),
  untold: z.array(z.string()),
}) satisfies z.ZodType<Report>;
