import type { EarlierChange } from '../../lambda/judge/change';
import type { WithoutFinding } from '../../lambda/judge/evaluate';
import type { Finding } from '../../lambda/judge/finding';
import { isFailure, isSettled } from '../../lambda/judge/outcome';
import type { Report } from '../../lambda/judge/report';
import { makeExact } from '../../lambda/report/text/harmless';
import { describeAuthor } from '../../lambda/report/words/author';
import {
  countResults,
  describeChangedValue,
  describeChangeRun,
  explainChange,
  explainReason,
  groupByResult,
  isToCheck,
} from '../../lambda/report/words/change';
import { dashboardLink, dashboardPath } from '../../lambda/report/words/dashboard';
import { describeDrift, explainEffect } from '../../lambda/report/words/finding';
import { describeAge, describeResolution } from '../../lambda/report/words/lifecycle';
import { describeEnding } from '../../lambda/report/words/outcome';
import { describeRepair } from '../../lambda/report/words/repair';
import { count, describeCoverage } from '../../lambda/report/words/run';
import { describeSelection, type Selection } from '../../lambda/report/words/selection';
import { NOT_APPLICABLE_WORDS } from './explanation';

export type Result = 'passed' | 'failure' | 'error' | 'skipped';

/** One test of a suite. */
export interface Case {
  readonly group: string;
  readonly name: string;
  readonly result: Result;
  readonly type: string;
  readonly message: string;
  readonly text: string;
  /** The output of a case that passed. */
  readonly output?: string;
}

/** The part of a run that is listed. */
export interface Part {
  /** @default every finding */
  readonly selection?: Selection | undefined;
  /** @default unknown */
  readonly withoutFinding?: readonly WithoutFinding[] | undefined;
}

/** The report as a list of tests. */
export function listCases(report: Report, { selection, withoutFinding = [] }: Part): readonly Case[] {
  const resolvedIds = new Set(report.resolved.map(({ connection }) => connection.id));
  return [
    ...caseOfRun(report),
    ...report.earlierChanges.map(caseOfChange),
    ...(selection === undefined ? [] : [caseOfRest(selection, report)]),
    ...(selection?.findings ?? report.findings).map((finding) => caseOf(finding, report)),
    ...report.resolved.map(({ connection, how }) => ({ ...passed(connection), message: describeResolution(how) })),
    ...withoutFinding.filter(({ id }) => !resolvedIds.has(id)).map(caseWithoutFinding),
  ];
}

function caseOfRun(report: Report): Case[] {
  const { incomplete, complete, historyFailure } = report;
  const saw = {
    group: 'audit',
    name: 'the audit saw every connection',
    type: 'INCOMPLETE',
    text: describeCoverage(report),
  };
  const kept = { group: 'audit', name: 'the history was read and kept', type: 'HISTORY', text: '' };
  return [
    { ...saw, result: complete ? 'passed' : 'error', message: incomplete?.message ?? '' },
    { ...kept, result: historyFailure === null ? 'passed' : 'error', message: historyFailure ?? '' },
  ];
}

/** A suite that omits open findings does not pass. */
function caseOfRest(selection: Selection, report: Report): Case {
  const shown = new Set(selection.findings);
  const left = report.findings.filter((finding) => !shown.has(finding) && !isSettled(finding)).length;
  return {
    group: 'audit',
    name: 'no open finding is left out by a filter',
    result: left === 0 ? 'passed' : 'failure',
    type: 'FILTERED',
    message: `${count(left, 'open finding')} omitted`,
    text: describeSelection(selection, report),
  };
}

function caseOfChange(earlier: EarlierChange): Case {
  const { change } = earlier;
  const exact = (text: string): string => text;
  const counts = countResults(change);
  const message = [explainChange(earlier), ...(counts === '' ? [] : [`${counts}.`])].join(' ');
  const lines = [
    message,
    ...explainReason(change, exact),
    ...groupByResult(change).flatMap(({ words, isToCheck, connections }) => [
      `${words.name}: ${words.explanation}${isToCheck ? ` ${words.remedy}` : ''}`,
      ...connections.map((connection) => {
        const { id, name, strategy } = connection;
        return [id, strategy, describeChangedValue(connection), name].filter((text) => text !== '').join(' ');
      }),
    ]),
  ];
  const text = lines.map((line) => makeExact(line)).join('\n');
  const name = describeChangeRun(change, { author: exact, run: exact });
  const told = { group: 'earlier changes', name, type: 'NOT_VERIFIED', message };
  return isToCheck(change)
    ? { ...told, result: 'failure', text }
    : { ...told, result: 'passed', text: '', output: text };
}

function caseOf(finding: Finding, report: Report): Case {
  const { connection, code, lifecycle, firstSeen, changedBy } = finding;
  const author = describeAuthor(changedBy, (text) => text);
  const path = dashboardPath(connection.strategy);
  const link = dashboardLink(report.canonicalHost, connection);
  const lines = [
    lifecycle === 'open' ? describeAge(firstSeen, report) : lifecycle,
    ...(author === undefined ? [] : [author]),
    explainEffect(finding),
    describeRepair(finding),
    describeEnding(finding),
    ...(path === undefined ? [] : [path]),
    ...(link === undefined ? [] : [link.address]),
  ];
  return {
    ...passed(connection),
    result: resultOf(finding),
    type: code,
    message: `${finding.severity.toUpperCase()}: ${describeDrift(finding)}`,
    text: lines.map((line) => makeExact(line)).join('\n'),
  };
}

function caseWithoutFinding(connection: WithoutFinding): Case {
  const { notApplicable } = connection;
  if (notApplicable === null) return passed(connection);
  return {
    ...passed(connection),
    result: 'skipped',
    message: `Not applicable: ${NOT_APPLICABLE_WORDS[notApplicable]}`,
  };
}

function passed({ id, name, strategy }: Pick<Finding['connection'], 'id' | 'name' | 'strategy'>): Case {
  return { group: strategy, name: `${name} (${id})`, result: 'passed', type: '', message: '', text: '' };
}

function resultOf(finding: Finding): Result {
  const { verdict, exemption, outcome } = finding;
  if (isFailure(outcome)) return 'failure';
  if (isSettled(finding)) return exemption !== null && outcome === 'skipped_exempt' ? 'skipped' : 'passed';
  return verdict === 'indeterminate' ? 'error' : 'failure';
}
