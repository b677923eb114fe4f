import { ownEntry } from '../connection/own-entry';
import { SETTING } from '../connection/setting';
import type { Unknown } from './carried';
import type { RunRecord } from './history';
import type { TenantState } from './state';
import { FILE_VERSION } from './versioned';

/** The state as it is kept: by control, with what a later version of the auditor wrote beside what this one knows. */
export function writeState(state: TenantState): string {
  const { findings, resolved, repairs, holds, formerIds, lastTold, trend, carried } = state;
  const control = {
    ...carried.control,
    findings: withUnknown(findings, carried.findings),
    resolved: withUnknown(resolved, carried.resolved),
    repairs,
    holds: withUnknown(holds, carried.holds),
    formerIds,
  };
  return JSON.stringify({
    ...carried.file,
    version: FILE_VERSION,
    controls: { ...carried.controls, [SETTING]: control },
    lastTold,
    trend: trend.map((point) => ({ ...ownEntry(carried.trend, point.runId), ...point })),
  });
}

/** A record as it is kept. */
export function writeRecord({ phase, policyFingerprint, report }: RunRecord): string {
  return JSON.stringify({ version: FILE_VERSION, phase, policyFingerprint, report });
}

function withUnknown<T extends object>(
  entries: Readonly<Record<string, T>>,
  unknown: Readonly<Record<string, Unknown>>,
): Readonly<Record<string, T>> {
  const written = Object.entries(entries).map(([id, entry]) => [id, { ...ownEntry(unknown, id), ...entry }]);
  return Object.fromEntries(written);
}
