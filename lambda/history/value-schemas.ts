import * as z from 'zod';
import { ROOT_ATTRIBUTES } from '../connection/setting';
import { keysOf } from '../connection/tables';
import { CHANGE_KINDS, CHANGE_RESULTS } from '../judge/change';

// An attacker who can write to the history must not be able to make a run write any value but one of three, or none.
export const connectionId = z.string().regex(/^con_[A-Za-z0-9]{1,64}$/);
export const runId = z.string().regex(/^[A-Za-z0-9-]{1,64}$/);
export const rawValue = z.enum(ROOT_ATTRIBUTES).nullable();
export const instant = z.iso.datetime();
export const count = z.int().min(0);
export const kind = z.enum(keysOf(CHANGE_KINDS));

const changed = z.object({
  id: z.string().min(1),
  name: z.string(),
  strategy: z.string(),
  before: rawValue,
  after: rawValue,
  result: z.enum(keysOf(CHANGE_RESULTS)),
  at: instant,
});
const given = z.string().nullable();

export const change = z.object({
  runId,
  kind,
  at: instant,
  by: given,
  reason: given,
  of: given,
  isCut: z.boolean(),
  connections: z.array(changed),
});
/** A change with the number of its connections. */
export const changeEntry = change.omit({ connections: true }).extend({ connections: count });

/** One run in numbers. */
export const trendPoint = z.object({
  runId,
  at: instant,
  complete: z.boolean(),
  listed: count,
  noncompliant: count,
  indeterminate: count,
  exempt: count,
  remediated: count,
});
