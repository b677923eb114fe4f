import * as z from 'zod';
import { parseJson } from '../connection/parse-json';
import { SETTING } from '../connection/setting';
import { keysOf } from '../connection/tables';
import { MODES } from '../contract';
import { FINDING_CODES } from '../judge/evaluate';
import { cutRefusal } from '../judge/outcome';
import { asObject, type Carried, isTooDeep, type Unknown, unknownIn, unknownInEach } from './carried';
import type { TenantState } from './state';
import { change, changeEntry, connectionId, count, instant, rawValue, runId, trendPoint } from './value-schemas';
import { readVersion, type Unread, unreadable, type Versioned } from './versioned';

// An unknown code could not be compared: a version that adds a code raises FILE_VERSION.
// Findings and repairs are only looked up, so any id of a connection is valid here. A run can read every id that it
// writes.
const anyId = z.string().min(1);
const known = z.object({
  code: z.enum(keysOf(FINDING_CODES)),
  firstSeen: instant,
  name: z.string(),
  strategy: z.string(),
  outcome: z.string(),
  untold: z.literal(true).optional(),
});
const settled = z.object({ code: z.enum(keysOf(FINDING_CODES)), at: instant });
const hold = z.object({
  runId,
  since: instant,
  by: z.string().nullable().default(null),
  expectation: z.string().max(300),
  expectedThen: z.string().max(300).optional(),
});
// A message longer than our limit is cut. It is only displayed, so it is not a reason to stop writes.
const refused = z.object({
  runs: z.int().positive(),
  since: instant,
  last: instant,
  runId,
  words: z.string().transform(cutRefusal),
  value: rawValue,
  expectation: z.string().max(300),
  facts: z.int(),
});
const runEntry = trendPoint.extend({ mode: z.enum(MODES), by: z.string().nullable() });
const claim = z.object({ by: z.string(), until: z.number() });
const unreported = z.object({ change, people: z.boolean(), machines: z.boolean(), claim: claim.nullable() });
const control = z.object({
  findings: z.record(anyId, known),
  resolved: z.record(anyId, settled),
  repairs: z.record(anyId, z.array(instant)),
  holds: z.record(connectionId, hold),
  refusals: z.record(anyId, refused).default({}),
  formerIds: z.array(anyId).default([]),
  unreported: z.record(runId, unreported).default({}),
  changes: z.array(changeEntry).max(1000).default([]),
});
const stateFile = z.object({
  version: z.int(),
  controls: z.object({ [SETTING]: control }),
  lastTold: instant.nullable(),
  lastListing: z
    .object({ listed: count, sample: z.array(anyId).max(1000) })
    .nullable()
    .default(null),
  acceptedEmpty: z.object({ at: instant, by: z.string() }).nullable().default(null),
  writesStoppedSince: instant.nullable().default(null),
  keptPolicy: z.string().nullable().default(null),
  trend: z.array(trendPoint).max(1000),
  runs: z.array(runEntry).max(1000).default([]),
});

/** Reads a state of this version or an earlier one, or returns the problem with it. */
export function parseState(text: string): { readonly ok: true; readonly state: TenantState } | Unread {
  const versioned = readVersion(parseJson(text));
  if (!versioned.ok) return versioned;
  const file = versioned.file.version === 1 ? fromVersion1(versioned.file) : versioned.file;
  const parsed = stateFile.safeParse(file);
  if (!parsed.success) return unreadable(parsed.error);
  if (isTooDeep(file)) return { ok: false, isNewer: false, problem: 'text (nested too deep)' };
  const { controls, lastTold, writesStoppedSince, lastListing, acceptedEmpty, keptPolicy, trend, runs } = parsed.data;
  const ofTenant = { lastTold, writesStoppedSince, lastListing, acceptedEmpty, keptPolicy, trend, runs };
  return { ok: true, state: { ...controls[SETTING], ...ofTenant, carried: readCarried(file) } };
}

/** Version 1 had no controls. The ids of the findings that it published contained only the connection. */
function fromVersion1({ findings, resolved, repairs, holds, ...file }: Versioned): object {
  const formerIds = typeof findings === 'object' && findings !== null ? Object.keys(findings) : [];
  return { ...file, controls: { [SETTING]: { findings, resolved, repairs, holds, formerIds } } };
}

/** Reads the members that `stateFile` does not know, from a file that passed it. */
function readCarried(file: object): Carried {
  const whole = asObject(file);
  const controls = asObject(whole.controls);
  const own = asObject(controls[SETTING]);
  return {
    file: unknownIn(whole, Object.keys(stateFile.shape)),
    controls: unknownIn(controls, [SETTING]),
    control: unknownIn(own, Object.keys(control.shape)),
    findings: unknownInEach(own.findings, Object.keys(known.shape)),
    resolved: unknownInEach(own.resolved, Object.keys(settled.shape)),
    holds: unknownInEach(own.holds, Object.keys(hold.shape)),
    refusals: unknownInEach(own.refusals, Object.keys(refused.shape)),
    trend: unknownInEach(byRunId(whole.trend), Object.keys(trendPoint.shape)),
    runs: unknownInEach(byRunId(whole.runs), Object.keys(runEntry.shape)),
  };
}

function byRunId(entries: unknown): Unknown {
  return Object.fromEntries((Array.isArray(entries) ? entries : []).map(asObject).map((entry) => [entry.runId, entry]));
}
