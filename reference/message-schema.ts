import * as z from 'zod';
import { missingScopes } from '../lambda/connection/scopes';
import { ROOT_ATTRIBUTES } from '../lambda/connection/setting';
import { keysOf } from '../lambda/connection/tables';
import { MODES, SCHEMA_VERSION, SEVERITIES } from '../lambda/contract';
import { CHANGE_KINDS, CHANGE_RESULTS } from '../lambda/judge/change';
import { type NoticeCode, TOPICS_FOR_PEOPLE } from '../lambda/judge/notice';
import { OUTCOMES } from '../lambda/judge/outcome';
import { NOTIFICATIONS, RUN_ERRORS } from '../lambda/judge/report';
import type { ChangesBody, ErrorBody, FindingsBody, SummaryBody } from '../lambda/report/machine/message-bodies';
import { OTHER_WRITERS_WORDS } from '../lambda/report/words/run';
import { LIFECYCLE_MEANINGS } from './meanings';
import { ocsfFinding, outcome, permission, time } from './ocsf-schema';

/**
 * The bodies of the messages on the findings topic. Later releases can add members without a new `schemaVersion`, so the
 * published schema allows additional members.
 */
const count = z.int().min(0);

const head = {
  schemaVersion: z.literal(SCHEMA_VERSION),
  runId: z.string(),
  part: z.int().min(1).describe('Counts from 1 to `parts` over all messages of the run.'),
  parts: z.int().min(1),
  environment: z.string(),
  tenant: z.string(),
  mode: z.enum(MODES),
  complete: z
    .boolean()
    .describe('Every page was read, and no repair was cut off by the time limit or an interruption.'),
  startedAt: time,
  finishedAt: time,
  severity: z.enum(SEVERITIES),
  outcome: z.enum([...keysOf(OUTCOMES), 'none']),
  lifecycle: z.enum([...keysOf(LIFECYCLE_MEANINGS), 'none']),
};

const exemption = z.object({ id: z.string().exactOptional(), name: z.string().exactOptional(), ...permission });
/** The members of each notice in addition to its code. */
const NOTICE_SHAPES = {
  SCOPES_UNKNOWN: {},
  WRITE_SCOPES_IN_REPORT_MODE: { scopes: z.array(z.string()) },
  WRITE_SCOPES_MISSING: {},
  CAP_EXCEEDED: { planned: count, allowed: count },
  UNKNOWN_STRATEGY: { strategy: z.string(), connections: count },
  LISTING_DROPPED: { before: count, now: count },
  NO_CONNECTIONS: {},
  LAST_TOLD_IN_FUTURE: { at: z.string() },
  NOBODY_CONFIRMED: { topic: z.enum(TOPICS_FOR_PEOPLE) },
  SUBSCRIBERS_UNKNOWN: { topic: z.enum(TOPICS_FOR_PEOPLE) },
  RUNS_MISSED: { runs: count, since: z.string() },
  WRITES_STOPPED: { since: z.string().nullable(), why: z.enum(['stop', 'unreadable']) },
  RULE_MATCHED_NOTHING: { rule: z.string() },
  ONLY_DEFAULT: { connections: count },
  OUTSIDE_GROUP_RULES: {
    connections: count,
    strategies: z.array(z.object({ strategy: z.string(), connections: count })),
  },
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

const value = z.enum(ROOT_ATTRIBUTES).nullable().describe('`null` if the key is absent, or nothing was written.');
const changesBody = z.object({
  ...head,
  messageType: z.literal('earlier_change'),
  changes: z.array(
    z.object({
      runId: z
        .string()
        .describe('The id of the run or the command that made the change; the same in each entry of one change.'),
      kind: z.enum(keysOf(CHANGE_KINDS)),
      at: time,
      by: z.string().nullable().describe('The AWS identity, or the OS user and host; `null`: the function.'),
      reason: z.string().nullable().describe('The reason that the person gave.'),
      of: z.string().nullable().describe('The run that was undone, released or unlocked.'),
      isCut: z.boolean().describe('The run ended before it could report the results of its writes.'),
      connections: z.array(
        z.object({
          id: z.string(),
          name: z.string(),
          strategy: z.string(),
          before: value,
          after: value,
          result: z.enum(keysOf(CHANGE_RESULTS)),
          at: time,
        }),
      ),
      truncated: z.literal(true).exactOptional(),
    }),
  ),
}) satisfies z.ZodType<ChangesBody>;

/** Creates docs/findings-message.schema.json. A strict schema also refuses members that it does not describe. */
export function messageJsonSchema({ strict = false }: { readonly strict?: boolean } = {}): Record<string, unknown> {
  const schema = z.toJSONSchema(z.union([summaryBody, errorBody, changesBody, findingsBody]), {
    io: strict ? 'output' : 'input',
  });
  return { title: `A message on the findings topic, schemaVersion ${SCHEMA_VERSION}`, ...schema };
}
