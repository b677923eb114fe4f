import type { EarlierChange } from '../judge/change';
import type { Finding } from '../judge/finding';
import type { Notice } from '../judge/notice';
import type { StopReason } from '../judge/outcome';
import type { Incomplete, OtherWriters, Report, TrendPoint } from '../judge/report';
import type { Judged } from './judge-all';
import type { Run } from './world';

/** Everything a run produced, before it becomes a report. */
export interface Result {
  readonly run: Pick<Run, 'runId' | 'environment' | 'tenant' | 'canonicalHost' | 'mode'>;
  readonly judged: Judged;
  readonly findings: readonly Finding[];
  readonly notices: readonly Notice[];
  readonly otherWriters: OtherWriters;
  readonly historyFailure: string | null;
  readonly earlierChanges: readonly EarlierChange[];
  readonly trend: readonly TrendPoint[];
  readonly subscribers: number | null;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  readonly finishedAt: number;
}

/** The report of a run. Repairs that the time limit prevented make it incomplete, as a page that was not read does. */
export function sumUp({ run, judged, findings, notices, startedAt, finishedAt, ...told }: Result): Report {
  const { runId, environment, tenant, canonicalHost, mode } = run;
  const incomplete = judged.incomplete ?? cutShort(findings);
  return {
    runId,
    environment,
    tenant,
    canonicalHost,
    mode,
    startedAt: new Date(startedAt).toISOString(),
    finishedAt: new Date(finishedAt).toISOString(),
    complete: incomplete === null,
    incomplete,
    coverage: { listed: judged.listed, judged: judged.listed - judged.verdicts.indeterminate },
    summary: { ...judged.verdicts, exempt: findings.filter(({ exemption }) => exemption !== null).length },
    findings,
    notices: [...judged.notices, ...notices],
    resolved: judged.resolved,
    telling: 'at_once',
    places: null,
    untold: [],
    ...told,
  };
}

function cutShort(findings: readonly Finding[]): Incomplete | null {
  const left = (reason: StopReason): number => findings.filter(({ stopped }) => stopped === reason).length;
  if (left('interrupted') > 0) {
    const message = `An operator interrupted the run before ${left('interrupted')} repairs could be made. The next run continues with them.`;
    return { reason: 'interrupted', message, missingScopes: [] };
  }
  if (left('time') === 0) return null;
  const message = `The time limit was reached before ${left('time')} repairs could be made. The next run continues with them.`;
  return { reason: 'out_of_time', message, missingScopes: [] };
}
