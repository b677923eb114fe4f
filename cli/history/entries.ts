import type { ChangeEntry, RunEntry, TenantState } from '../../lambda/history/state';
import type { ChangeKind } from '../../lambda/judge/change';
import type { TrendPoint } from '../../lambda/judge/report';

/** A run in numbers; its mode and who ran it are not known of a run that an earlier version listed. */
type ListedRun = TrendPoint & Partial<Pick<RunEntry, 'mode' | 'by'>>;

/** One entry of a list of the history: a run, or what a person changed. */
export interface Entry {
  readonly runId: string;
  /** ISO 8601, UTC: when it ended. */
  readonly at: string;
  /** `audit`: a run that wrote to no connection. */
  readonly kind: 'audit' | ChangeKind;
  /** The AWS identity, or the OS user and host; `null`: the function; `undefined`: not known. */
  readonly by: string | null | undefined;
  /** `undefined`: what a person changed, or a run that was cut. */
  readonly run: ListedRun | undefined;
  /** `undefined`: nothing was changed. */
  readonly change: ChangeEntry | undefined;
  /** The change is still to be told to people or machines. */
  readonly isUnreported: boolean;
}

/** What the state tells of runs and changes, the newest first. */
export function listEntries({ runs, trend, changes, unreported }: TenantState): readonly Entry[] {
  // A run is in the trend as well, and in the trend alone where an earlier version listed it.
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

/** The newest run that has a report, by its id. */
export function newestRun(entries: readonly Entry[]): string | undefined {
  return entries.find(({ run }) => run !== undefined)?.runId;
}

/** When the oldest run and the oldest change of the list ended (ISO 8601, UTC); `null` where the list has none. */
export function oldestOf(entries: readonly Entry[]): { readonly runs: string | null; readonly changes: string | null } {
  return {
    runs: entries.findLast(({ run }) => run !== undefined)?.at ?? null,
    changes: entries.findLast(({ change }) => change !== undefined)?.at ?? null,
  };
}
