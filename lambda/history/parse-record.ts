import * as z from 'zod';
import { parseJson } from '../connection/parse-json';
import { ROOT_ATTRIBUTES, SETTING } from '../connection/setting';
import type { PastChange } from './history';
import { connectionId, rawValue, runId } from './value-schemas';
import { readVersion, type Unread, unreadable } from './versioned';

const finding = z.object({
  connection: z.object({ id: z.string() }),
  // A record of version 1 names none: there was one.
  control: z.literal(SETTING).optional(),
  actual: z.unknown(),
  repair: z.object({ action: z.string(), to: z.enum(ROOT_ATTRIBUTES).optional() }),
  outcome: z.string(),
  change: z.object({ before: rawValue, after: rawValue }).nullable(),
});
/** Of another control: this auditor does not know its values, and changes none of them. */
const foreign = z.object({ control: z.string().refine((control) => control !== SETTING) }).transform(() => undefined);
const record = z.object({
  phase: z.enum(['planned', 'ended']),
  report: z.object({ runId, tenant: z.string(), findings: z.array(z.union([foreign, finding])) }),
});

export interface ParsedChanges {
  readonly ok: true;
  readonly tenant: string;
  readonly runId: string;
  readonly changes: readonly PastChange[];
}

/** What a run changed, as far as an undo needs it, or why the text is no record. */
export function parseChanges(text: string): ParsedChanges | Unread {
  const versioned = readVersion(parseJson(text));
  if (!versioned.ok) return versioned;
  const parsed = record.safeParse(versioned.file);
  if (!parsed.success) return unreadable(parsed.error);
  const { phase, report } = parsed.data;
  const changes = report.findings.flatMap((one) => (one === undefined ? [] : changesOf(one, phase)));
  // A run writes to a connection once, and only to what has an id of Auth0's.
  const ids = new Set(changes.map((change) => change.connectionId));
  const isOurs = ids.size === changes.length && [...ids].every((id) => connectionId.safeParse(id).success);
  if (!isOurs) return { ok: false, isNewer: false, problem: 'report (connection ids)' };
  return { ok: true, tenant: report.tenant, runId: report.runId, changes };
}

function changesOf(
  { connection, change, actual, repair, outcome }: z.infer<typeof finding>,
  phase: z.infer<typeof record>['phase'],
): PastChange[] {
  if (change !== null) return [{ connectionId: connection.id, before: change.before, after: change.after }];
  // A run that was cut has left its plan only: what it meant to write, which may have been written.
  const before = rawValue.safeParse(actual);
  const isPlanned = phase === 'planned' && outcome === 'planned' && before.success;
  if (!isPlanned || (repair.action !== 'set' && repair.action !== 'remove')) return [];
  const after = repair.action === 'set' ? (repair.to ?? null) : null;
  return [{ connectionId: connection.id, before: before.data, after }];
}
