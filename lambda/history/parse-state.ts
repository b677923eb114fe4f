import * as z from 'zod';
import { parseJson } from '../connection/parse-json';
import { ROOT_ATTRIBUTES } from '../connection/setting';
import { FINDING_CODES } from '../judge/evaluate';
import type { PastChange } from './history';
import type { TenantState } from './state';

// Whoever can write to the history must not be able to make a run write anything but one of three values, or none.
const connectionId = z.string().regex(/^con_[A-Za-z0-9]{1,64}$/);
const runId = z.string().regex(/^[A-Za-z0-9-]{1,64}$/);
const instant = z.iso.datetime();
const rawValue = z.enum(ROOT_ATTRIBUTES).nullable();

// Findings and repairs are only ever looked up, so that any id a tenant may have is one; whatever a run writes, it reads.
const anyId = z.string().min(1);
const known = z.object({
  code: z.enum(FINDING_CODES),
  firstSeen: instant,
  name: z.string(),
  strategy: z.string(),
  outcome: z.string(),
});
const count = z.number().int().nonnegative();
const trendPoint = z.object({
  runId,
  at: instant,
  complete: z.boolean(),
  listed: count,
  noncompliant: count,
  indeterminate: count,
  exempt: count,
  remediated: count,
});
const state = z.object({
  findings: z.record(anyId, known),
  resolved: z.record(anyId, z.object({ code: z.enum(FINDING_CODES), at: instant })),
  repairs: z.record(anyId, z.array(instant)),
  holds: z.record(connectionId, z.object({ runId, since: instant, expectation: z.string().max(300) })),
  lastTold: instant.nullable(),
  trend: z.array(trendPoint).max(1000),
});

/** Reads a state, or says where it is wrong. */
export function parseState(text: string): { ok: true; state: TenantState } | { ok: false; problem: string } {
  const parsed = state.safeParse(parseJson(text));
  return parsed.success ? { ok: true, state: parsed.data } : { ok: false, problem: placesOf(parsed.error) };
}

const lease = z.object({ owner: z.string(), until: z.number() });

/** A lease that cannot be read is one that nobody can be sure is over. */
export function parseLease(text: string): { owner: string; until: number } {
  return lease.safeParse(parseJson(text)).data ?? { owner: 'unknown', until: Number.POSITIVE_INFINITY };
}

const record = z.object({
  phase: z.enum(['planned', 'ended']),
  report: z.object({
    runId,
    tenant: z.string(),
    findings: z.array(
      z.object({
        connection: z.object({ id: z.string() }),
        actual: z.unknown(),
        repair: z.object({ action: z.string(), to: z.enum(ROOT_ATTRIBUTES).optional() }),
        outcome: z.string(),
        change: z.object({ before: rawValue, after: rawValue }).nullable(),
      }),
    ),
  }),
});

export interface ParsedChanges {
  readonly tenant: string;
  readonly runId: string;
  readonly changes: readonly PastChange[];
}

/** What a run changed, as far as an undo needs it; `undefined` where the text is no record. */
export function parseChanges(text: string): ParsedChanges | undefined {
  const parsed = record.safeParse(parseJson(text)).data;
  if (parsed === undefined) return undefined;
  const { phase, report } = parsed;
  const changes = report.findings.flatMap(({ connection, change, actual, repair, outcome }): PastChange[] => {
    if (change !== null) return [{ connectionId: connection.id, ...change }];
    // A run that was cut has left its plan only: what it meant to write, which may have been written.
    const before = rawValue.safeParse(actual);
    const isPlanned = phase === 'planned' && outcome === 'planned' && before.success;
    if (!isPlanned || (repair.action !== 'set' && repair.action !== 'remove')) return [];
    const after = repair.action === 'set' ? (repair.to ?? null) : null;
    return [{ connectionId: connection.id, before: before.data, after }];
  });
  // A run writes to a connection once, and only to what has an id of Auth0's.
  const ids = new Set(changes.map((change) => change.connectionId));
  const isOurs = ids.size === changes.length && [...ids].every((id) => connectionId.safeParse(id).success);
  return isOurs ? { tenant: report.tenant, runId: report.runId, changes } : undefined;
}

/** The part of the text alone: what stands below it, keys too, was written by whoever wrote the text. */
function placesOf(error: z.ZodError): string {
  const places = error.issues.map(({ path, code }) => `${path.length === 0 ? 'text' : String(path[0])} (${code})`);
  return [...new Set(places)].join(', ');
}
