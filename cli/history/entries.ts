import type { ChangeEntry, RunEntry, TenantState } from '../../lambda/history/state';
import type { ChangeKind } from '../../lambda/judge/change';
import type { TrendPoint } from '../../lambda/judge/report';

/** A run in numbers. Mode and author are unknown for a run that an earlier version listed. */
type ListedRun = TrendPoint & Partial<Pick<RunEntry, 'mode' | 'by'>>;

/** One entry of the history list: a run, or a change by a person. */
export interface Entry {
  readonly runId: string;
  /** End of the run or time of the change; ISO 8601, UTC. */
  readonly at: string;
  /** `audit` is a run that wrote to no connection. */
  readonly kind: 'audit' | ChangeKind;
  /** The AWS identity, or the OS user and host; `null`: the function; `undefined`: unknown. */
  readonly by: string | null | undefined;
  /** `undefined` for a change by a person, or for a run that did not record its end. */
  readonly run: ListedRun | undefined;
  /** `undefined` if nothing was changed. */
  readonly change: ChangeEntry | undefined;
  /** The change is not yet reported to recipients or consumers. */
  readonly isUnreported: boolean;
}

/** The runs and changes in the state, newest first. */
export function listEntries({ runs, trend, changes, unreported }: TenantState): readonly Entry[] {
  // The trend also contains each run. A run of an earlier version is only in the trend.
  const all = new Map<string, ListedRun>([...trend, ...runs].map((run) => [run.runId, run]));
  const changeOf = new Map(changes.map((change) => [change.runId, change]));
  const entries = [...new Set([...all.keys(), ...changeOf.keys()])].flatMap((runId): Entry[] => {
    const run = all.get(runId);
    const change = changeOf.get(runId);
    const at = run?.at ?? change?.at;
    if (at === undefined) return [];
    const by = run?.by === undefined ? change?.by : run.by;
    const isUnreported = Object.hasOwn(unreported, runId);
    return [{ runId, at, kind: change?.kind ?? 'audit', by, run, change, isUnreported }];
  });
  return entries.toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at));
}

/** The id of the newest run that has a report. */
export function newestRun(entries: readonly Entry[]): string | undefined {
  return entries.find(({ run }) => run !== undefined)?.runId;
}

/** The times of the oldest run and the oldest change in the list (ISO 8601, UTC); `null` if the list contains none. */
export function oldestOf(entries: readonly Entry[]): { readonly runs: string | null; readonly changes: string | null } {
  return {
    runs: entries.findLast(({ run }) => run !== undefined)?.at ?? null,
    changes: entries.findLast(({ change }) => change !== undefined)?.at ?? null,
  };
}
