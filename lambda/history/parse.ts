import * as z from 'zod';
import { FINDING_CODES } from '../audit/evaluate';
import type { PastChange } from '../audit/history';
import { ROOT_ATTRIBUTES } from '../audit/ports';
import type { TenantState } from '../audit/state';

// Whoever can write to the history must not be able to make a run write anything but one of three values, or none.
const connectionId = z.string().regex(/^con_[A-Za-z0-9]{1,64}$/);
const runId = z.string().regex(/^[A-Za-z0-9-]{1,64}$/);
const instant = z.iso.datetime();
const rawValue = z.enum(ROOT_ATTRIBUTES).nullable();

const state = z.object({
  findings: z.record(connectionId, z.object({ code: z.enum(FINDING_CODES), firstSeen: instant })),
  repairs: z.record(connectionId, z.array(instant).max(1000)),
  holds: z.record(connectionId, z.object({ runId, since: instant, expectation: z.string().max(300) })),
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
        connection: z.object({ id: connectionId }),
        actual: z.unknown(),
        repair: z.object({ action: z.string(), to: z.enum(ROOT_ATTRIBUTES).optional() }),
        outcome: z.string(),
        change: z.object({ before: rawValue, after: rawValue }).nullable(),
      }),
    ),
  }),
});

/** What a run changed, as far as an undo needs it; `undefined` where the text is no record. */
export function parseChanges(text: string): { tenant: string; changes: readonly PastChange[] } | undefined {
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
  return { tenant: report.tenant, changes };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function placesOf(error: z.ZodError): string {
  return error.issues
    .slice(0, 3)
    .map(({ path, code }) => `${path.map(String).join('.') || 'text'} (${code})`)
    .join(', ');
}
