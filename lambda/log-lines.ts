import type { Usage } from './auth0/transport';
import { changedBy } from './history/own-change';
import { type Finding, LIFECYCLES } from './judge/finding';
import { isFailure } from './judge/outcome';
import type { Report, Resolved } from './judge/report';
import { failuresOf } from './run/failures';

/**
 * Every line that the function logs, by its message. Messages and fields are public: saved queries use them, and
 * docs/logs.md explains each of them.
 */
export const LOG_LINES = {
  'run ended': {
    level: 'INFO',
    fields: [
      ...['runId', 'mode', 'complete', 'telling', 'told', 'coverage', 'summary'],
      ...['requests', 'rateLimited', 'waitedSeconds', 'durationMs'],
    ],
  },
  finding: {
    level: 'INFO',
    fields: [
      ...['runId', 'connectionId', 'connectionName', 'strategy'],
      ...['code', 'severity', 'outcome', 'lifecycle'],
    ],
  },
  'finding resolved': {
    level: 'INFO',
    fields: ['runId', 'connectionId', 'connectionName', 'strategy', 'code', 'how'],
  },
  write: {
    level: 'INFO',
    fields: ['runId', 'connectionId', 'connectionName', 'strategy', 'from', 'to', 'outcome'],
  },
  'lines left out': { level: 'INFO', fields: ['runId', 'kind', 'count'] },
  'run failed': { level: 'ERROR', fields: ['runId', 'failures'] },
  'another run reports this event': { level: 'INFO', fields: ['runId'] },
  watch: { level: 'INFO', fields: ['overdue', 'lastCompleteAt', 'dueHours'] },
} as const satisfies Readonly<Record<string, { readonly level: 'INFO' | 'ERROR'; readonly fields: readonly string[] }>>;
export type LogMessage = keyof typeof LOG_LINES;

export interface LogLine {
  readonly message: LogMessage;
  readonly values: Readonly<Record<string, unknown>>;
}

/** The most lines of one kind in one run. A first run can have 40,000 findings; its record contains all of them. */
const MOST_LINES = 1000;
/** The logger drops members that are null. */
const ABSENT = 'absent';
/** Anyone can choose these names, so their length is limited. */
const NAME_CHARACTERS = 200;

/**
 * The log lines of a run that has ended, its failures last. Of a connection they contain only the id, name, strategy
 * and setting.
 */
export function* linesOf(report: Report, usage: Usage): Generator<LogLine> {
  const { runId, finishedAt, findings, resolved } = report;
  yield* upToMost(
    'write',
    runId,
    findings.flatMap((finding) => writesIn(finding, finishedAt)),
  );
  yield* upToMost('finding', runId, findings.filter(isTold).map(aboutFinding));
  yield* upToMost('finding resolved', runId, resolved.map(aboutResolved));
  yield endOf(report, usage);
  const failures = failuresOf(report);
  if (failures.length > 0) yield { message: 'run failed', values: { runId, failures } };
}

/** Findings that are new or reopened, that were written to, or whose repair failed. */
function isTold({ lifecycle, change, outcome }: Finding): boolean {
  return LIFECYCLES[lifecycle].isNews || change !== null || isFailure(outcome);
}

/** The values of a line, created when the line is written. */
type Values = () => object;

/**
 * What was written, or might have been: after an internal error during a repair it is unknown whether something was
 * written.
 */
function writesIn(finding: Finding, at: string): readonly Values[] {
  const { connection, outcome } = finding;
  return changedBy(finding, { at, isPlan: false }).map(({ before, after }) => {
    return () => ({ ...nameOf(connection), from: before ?? ABSENT, to: after ?? ABSENT, outcome });
  });
}

function aboutFinding({ connection, code, severity, outcome, lifecycle }: Finding): Values {
  return () => ({ ...nameOf(connection), code, severity, outcome, lifecycle });
}

function aboutResolved({ connection, code, how }: Resolved): Values {
  return () => ({ ...nameOf(connection), code, how });
}

function endOf(report: Report, usage: Usage): LogLine {
  const { runId, mode, complete, telling, untold, coverage, summary, startedAt, finishedAt } = report;
  const values = {
    ...{ runId, mode, complete, telling, told: untold.length === 0, coverage, summary },
    requests: usage.requests,
    rateLimited: usage.rateLimited,
    waitedSeconds: usage.rateLimitWaitMs / 1000,
    durationMs: Date.parse(finishedAt) - Date.parse(startedAt),
  };
  return { message: 'run ended', values };
}

function* upToMost(message: LogMessage, runId: string, all: readonly Values[]): Generator<LogLine> {
  for (const values of all.slice(0, MOST_LINES)) yield { message, values: { runId, ...values() } };
  const count = all.length - MOST_LINES;
  if (count > 0) yield { message: 'lines left out', values: { runId, kind: message, count } };
}

function nameOf({ id, name, strategy }: Resolved['connection']) {
  return {
    connectionId: id,
    connectionName: name.slice(0, NAME_CHARACTERS),
    strategy: strategy.slice(0, NAME_CHARACTERS),
  };
}
