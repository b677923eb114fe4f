import { ownEntry } from '../connection/own-entry';
import { SETTING } from '../connection/setting';
import type { EarlierFinding, Report } from '../judge/report';

/** Findings that earlier runs left, and those of them that version 0.1.0 published under an id of its own. */
interface Published {
  readonly findings: Readonly<
    Record<string, Pick<EarlierFinding, 'code' | 'firstSeen'> & Pick<EarlierFinding['connection'], 'name' | 'strategy'>>
  >;
  /** Connection ids. */
  readonly formerIds: readonly string[];
}

/**
 * The findings that a report tells of under their new id, or as resolved, and that are still open under their former
 * one. An incomplete run has not seen all: what it has not seen keeps its former id until a run sees it.
 */
export function formerFindings({ findings, formerIds }: Published, report: Report): readonly EarlierFinding[] {
  const seen = seenIn(report);
  return formerIds.flatMap((id) => {
    const known = ownEntry(findings, id);
    if (known === undefined || !seen.has(id)) return [];
    const { name, strategy, code, firstSeen } = known;
    return [{ connection: { id, name, strategy }, control: SETTING, code, firstSeen }];
  });
}

/** The former ids that are left after a report was published. A run that could not read the state has ended none. */
export function formerIdsAfter({ formerIds }: Published, report: Report): readonly string[] {
  if (report.historyFailure !== null) return formerIds;
  const seen = seenIn(report);
  return report.complete ? [] : formerIds.filter((id) => !seen.has(id));
}

function seenIn({ findings, resolved }: Report): ReadonlySet<string> {
  return new Set([...findings, ...resolved].map(({ connection }) => connection.id));
}
