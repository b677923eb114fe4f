import { version as auditorVersion } from '../../package.json';
import { piecesOfJson } from '../connection/json-pieces';
import { ownEntry } from '../connection/own-entry';
import { SETTING } from '../connection/setting';
import type { Change } from '../judge/change';
import type { Unknown } from './carried';
import type { PastRun, RunRecord } from './history';
import type { TenantState } from './state';
import type { Text } from './store';
import { FILE_VERSION } from './versioned';

/** The stored form of the state: by control, together with the members that a later version of the auditor wrote. */
export function writeState(state: TenantState): string {
  const { findings, resolved, repairs, holds, refusals, formerIds, unreported, changes } = state;
  const { lastTold, writesStoppedSince, lastListing, acceptedEmpty, keptPolicy, trend, runs, carried } = state;
  const control = {
    ...carried.control,
    findings: withUnknown(findings, carried.findings),
    resolved: withUnknown(resolved, carried.resolved),
    repairs,
    holds: withUnknown(holds, carried.holds),
    refusals: withUnknown(refusals, carried.refusals),
    formerIds,
    unreported,
    changes,
  };
  return JSON.stringify({
    ...carried.file,
    version: FILE_VERSION,
    controls: { ...carried.controls, [SETTING]: control },
    lastTold,
    writesStoppedSince,
    lastListing,
    acceptedEmpty,
    keptPolicy,
    trend: trend.map((point) => ({ ...ownEntry(carried.trend, point.runId), ...point })),
    runs: runs.map((run) => ({ ...ownEntry(carried.runs, run.runId), ...run })),
  });
}

/** The stored form of a record, with the version of the auditor that wrote it: 40,000 findings are 30 MB. */
export function writeRecord(record: RunRecord): Text {
  if (record.kind !== 'repair') {
    const { kind, phase, environment, tenant, change } = record;
    return JSON.stringify({ version: FILE_VERSION, auditorVersion, kind, phase, environment, tenant, change });
  }
  const { kind, phase, policyFingerprint, report, by, published } = record;
  const { canonicalHost: tenant } = report;
  const file = { version: FILE_VERSION, auditorVersion, kind, phase, tenant, policyFingerprint, report, by, published };
  return { [Symbol.iterator]: () => piecesOfJson(file, FINDING_LEVEL) };
}

/** In the record, a finding is an entry of `report.findings`. */
const FINDING_LEVEL = 3;

/** The record of an interrupted run, with the result of its writes and this tenant; all other members are unchanged. */
export function writeConclusion({ file }: PastRun, cut: Change, tenant: string): string {
  return JSON.stringify({ ...file, phase: 'cut', tenant, cut });
}

/** The run id that names the file of a record. */
export function runIdOf(record: RunRecord): string {
  return record.kind === 'repair' ? record.report.runId : record.change.runId;
}

function withUnknown<T extends object>(
  entries: Readonly<Record<string, T>>,
  unknown: Readonly<Record<string, Unknown>>,
): Readonly<Record<string, T>> {
  const written = Object.entries(entries).map(([id, entry]) => [id, { ...ownEntry(unknown, id), ...entry }]);
  return Object.fromEntries(written);
}
