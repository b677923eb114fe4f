import * as z from 'zod';
import { parseJson } from '../connection/parse-json';
import { ROOT_ATTRIBUTES, SETTING } from '../connection/setting';
import { CHANGE_RESULTS, type Change, NOBODY_TOLD } from '../judge/change';
import type { PastChange, PastRun, RunPhase } from './history';
import { changedBy } from './own-change';
import { describeExpectation } from './state';
import { change, connectionId, instant, kind, rawValue, runId } from './value-schemas';
import { readVersion, type Unread, unreadable, type Versioned } from './versioned';

const finding = z.object({
  connection: z.object({ id: z.string(), name: z.string().default(''), strategy: z.string().default('') }),
  // A record of version 1 names no control, because there was only one.
  control: z.literal(SETTING).optional(),
  actual: z.unknown(),
  rule: z.string().optional(),
  expected: z.array(z.enum(ROOT_ATTRIBUTES)).optional(),
  repair: z.object({ action: z.string(), to: z.enum(ROOT_ATTRIBUTES).optional() }),
  outcome: z.string(),
  change: z.object({ before: rawValue, after: rawValue, writtenAt: instant.optional() }).nullable(),
});
type RecordedFinding = z.infer<typeof finding>;
/** A finding of another control: this auditor does not know its values and changes none of them. */
const foreign = z.object({ control: z.string().refine((control) => control !== SETTING) }).transform(() => undefined);

const phase = z.enum(['planned', 'ended', 'cut']) satisfies z.ZodType<RunPhase>;
const repairRecord = z.object({
  kind: z.literal('repair').default('repair'),
  phase,
  // A record of version 0.1.0 contains only the domain of the requests, which names its folder.
  tenant: z.string().optional(),
  report: z.object({
    runId,
    tenant: z.string(),
    finishedAt: instant.default('1970-01-01T00:00:00Z'),
    findings: z.array(z.union([foreign, finding])),
  }),
  by: z.string().nullable().default(null),
  published: z.object({ people: z.boolean(), machines: z.boolean() }).nullable().default(null),
  cut: change.optional(),
});
const personalRecord = z.object({
  kind: kind.exclude(['repair']),
  phase,
  tenant: z.string(),
  change,
  cut: change.optional(),
});
const recordKind = z.object({ kind: kind.default('repair') });

export interface ParsedRun {
  readonly ok: true;
  readonly tenant: string;
  readonly run: Omit<PastRun, 'version'>;
}

/** A run as recorded, or why the text is not a record. */
export function parseRun(text: string): ParsedRun | Unread {
  const versioned = readVersion(parseJson(text));
  if (!versioned.ok) return versioned;
  const { file } = versioned;
  const parsed = recordKind.safeParse(file);
  if (!parsed.success) return unreadable(parsed.error);
  const read = parsed.data.kind === 'repair' ? readRepair(file) : readPersonal(file);
  if (!read.ok) return read;
  const ids = new Set(read.run.undoable.map((past) => past.connectionId));
  // A run writes to a connection at most one time, and only to a connection with an id of Auth0.
  const isOurs = ids.size === read.run.undoable.length && [...ids].every((id) => connectionId.safeParse(id).success);
  return isOurs ? read : { ok: false, isNewer: false, problem: 'report (connection ids)' };
}

function readRepair(file: Versioned): ParsedRun | Unread {
  const parsed = repairRecord.safeParse(file);
  if (!parsed.success) return unreadable(parsed.error);
  const { phase, report, by, published, cut, tenant = report.tenant } = parsed.data;
  const findings = report.findings.filter((one) => one !== undefined);
  const { finishedAt: at } = report;
  const planned: Change = {
    runId: report.runId,
    kind: 'repair',
    at,
    by,
    reason: null,
    of: null,
    isCut: false,
    connections: findings.flatMap((one) => changedBy(one, { at, isPlan: phase !== 'ended' })),
  };
  const expectations = new Map(findings.map((one) => [one.connection.id, expectationOf(one)]));
  const run = runOf(file, { phase, planned, cut, published: published ?? NOBODY_TOLD, expectations });
  return { ok: true, tenant, run };
}

function readPersonal(file: Versioned): ParsedRun | Unread {
  const parsed = personalRecord.safeParse(file);
  if (!parsed.success) return unreadable(parsed.error);
  const { phase, tenant, change: planned, cut } = parsed.data;
  const run = runOf(file, { phase, planned, cut, published: NOBODY_TOLD, expectations: new Map() });
  return { ok: true, tenant, run };
}

interface Recorded {
  readonly phase: RunPhase;
  readonly planned: Change;
  readonly cut: Change | undefined;
  readonly published: PastRun['published'];
  readonly expectations: ReadonlyMap<string, string | null>;
}

function runOf(file: Versioned, { phase, planned, cut, published, expectations }: Recorded): Omit<PastRun, 'version'> {
  const change = cut ?? planned;
  return {
    runId: planned.runId,
    kind: planned.kind,
    phase,
    change,
    undoable: change.connections
      .filter(({ result }) => phase === 'planned' || CHANGE_RESULTS[result].canBeUndone)
      .map(({ id, name, strategy, before, after }): PastChange => {
        return { connectionId: id, name, strategy, before, after, expectation: expectations.get(id) ?? null };
      }),
    published,
    file,
  };
}

function expectationOf({ rule, expected }: RecordedFinding): string | null {
  return rule === undefined || expected === undefined ? null : describeExpectation({ rule, allowed: expected });
}
