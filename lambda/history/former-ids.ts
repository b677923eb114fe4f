import { ownEntry } from '../connection/own-entry';
import { SETTING } from '../connection/setting';
import type { EarlierFinding, Report } from '../judge/report';

/** Open findings of earlier runs, and the former ids under which they were published. */
interface Published {
  readonly findings: Readonly<
    Record<string, Pick<EarlierFinding, 'code' | 'firstSeen'> & Pick<EarlierFinding['connection'], 'name' | 'strategy'>>
  >;
  /**
   * `CONNECTION`: under the id of version 0.1.0. `HOST/CONNECTION` and `HOST/CONNECTION/CONTROL`: under an id with
   * another host. A host and a connection id of Auth0 never contain a slash.
   */
  readonly formerIds: readonly string[];
}

/** A finding that is open under a former id, and the other parts of that id. */
export interface FormerFinding extends EarlierFinding {
  readonly former: {
    /** The host in the former id; `null`: the host of the tenant's own domain. */
    readonly tenant: string | null;
    readonly namesControl: boolean;
  };
}

/** The former ids of a tenant whose ids had another host: each finding under that host, in both possible forms. */
export function formerIdsUnder(host: string, { findings, formerIds }: Published): readonly string[] {
  const withControl = Object.keys(findings).map((id) => `${host}/${id}/${SETTING}`);
  return [...formerIds.map((id) => (id.includes('/') ? id : `${host}/${id}`)), ...withControl];
}

/**
 * The findings that a report contains under their new id, or as resolved, and that are still open under their former
 * id. An incomplete run has not read all connections: a finding that it did not read keeps its former id until a run
 * reads it.
 */
export function formerFindings({ findings, formerIds }: Published, report: Report): readonly FormerFinding[] {
  const seen = seenIn(report);
  return formerIds.flatMap((entry) => {
    const { id, former } = readEntry(entry);
    const known = ownEntry(findings, id);
    if (known === undefined || !seen.has(id)) return [];
    const { name, strategy, code, firstSeen } = known;
    return [{ connection: { id, name, strategy }, control: SETTING, code, firstSeen, former }];
  });
}

/** The former ids that remain after a report was published. A run that could not read the state has closed none. */
export function formerIdsAfter({ formerIds }: Published, report: Report): readonly string[] {
  if (report.historyFailure !== null) return formerIds;
  const seen = seenIn(report);
  return report.complete ? [] : formerIds.filter((entry) => !seen.has(readEntry(entry).id));
}

function readEntry(entry: string): Pick<FormerFinding, 'former'> & { readonly id: string } {
  const [first = '', second, control] = entry.split('/');
  return second === undefined
    ? { id: entry, former: { tenant: null, namesControl: false } }
    : { id: second, former: { tenant: first, namesControl: control !== undefined } };
}

function seenIn({ findings, resolved }: Report): ReadonlySet<string> {
  return new Set([...findings, ...resolved].map(({ connection }) => connection.id));
}
