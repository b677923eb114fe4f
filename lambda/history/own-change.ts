import { ROOT_ATTRIBUTES, type RootAttributes } from '../connection/setting';
import type { Change, ChangedConnection } from '../judge/change';
import type { Report } from '../judge/report';
import { shortName } from './state';

/** The part of a finding that shows how its repair ended, from this run or from an earlier record. */
interface Repaired {
  readonly connection: Pick<ChangedConnection, 'id' | 'name' | 'strategy'>;
  /** The raw value as read, `null` if the key is absent. */
  readonly actual?: unknown;
  readonly repair: { readonly action: string; readonly to?: RootAttributes | undefined };
  readonly outcome: string;
  readonly change: {
    readonly before: RootAttributes | null;
    readonly after: RootAttributes | null;
    readonly writtenAt?: string | undefined;
  } | null;
}

/**
 * What a repair changed, if anything. `isPlan`: the record was made before the first write, so a planned change might
 * have been written. If a repair ended in an internal error of the auditor, it is unknown what was written.
 */
export function changedBy(
  { connection: { id, name, strategy }, actual, repair, outcome, change }: Repaired,
  { at, isPlan }: { readonly at: string; readonly isPlan: boolean },
): ChangedConnection[] {
  const connection = { id, name: shortName(name), strategy: shortName(strategy) };
  if (change !== null) {
    const { before, after, writtenAt } = change;
    return [
      {
        ...connection,
        before,
        after,
        result: outcome === 'remediated' ? 'verified' : 'unverified',
        at: writtenAt ?? at,
      },
    ];
  }
  const isPlanned = isPlan && outcome === 'planned';
  const before = ROOT_ATTRIBUTES.find((value) => value === actual) ?? null;
  const isKnown = actual === null || before !== null;
  if (!(isPlanned || outcome === 'failed_verification') || !isKnown) return [];
  if (repair.action !== 'set' && repair.action !== 'remove') return [];
  const after = repair.action === 'set' ? (repair.to ?? null) : null;
  return [{ ...connection, before, after, result: isPlanned ? 'unknown' : 'unverified', at }];
}

/** What a run wrote; `undefined` if it wrote nothing. `by`: the operator who ran it, `null` for the function. */
export function changeOf({ runId, finishedAt, findings }: Report, by: string | null): Change | undefined {
  const connections = findings.flatMap((finding) => changedBy(finding, { at: finishedAt, isPlan: false }));
  if (connections.length === 0) return undefined;
  return { runId, kind: 'repair', at: finishedAt, by, reason: null, of: null, isCut: false, connections };
}
