import { keysOf } from '../../connection/tables';
import { SEVERITIES, type Severity } from '../../contract';
import { type Finding, LIFECYCLES } from '../../judge/finding';
import { isResting, isSettled, type OutcomeOf } from '../../judge/outcome';
import type { Report } from '../../judge/report';
import { nameChanges } from '../words/earlier';
import { doubtOf, isListingCut, nameFailure } from '../words/incomplete';
import { isFirstRun, isNewlyHeld, isReminder } from '../words/lifecycle';
import { countOutcomes, isPermitted } from '../words/outcome';
import { count, sawNoConnections } from '../words/run';
import { stopsOf } from '../words/stop';
import { counted, type Part, same, sayDone, sayDrop } from './done';

/** The verdict in one line of ASCII: the first line of the body, and the last of a terminal. */
export function headline(report: Report): string {
  const { lead, parts } = sayAll(report);
  return lead.full + parts.map(({ full }) => full).join(', ');
}

/** The verdict in so many characters. What asks most stands first, and the end gives way: whole parts, never a digit. */
export function headlineWithin(report: Report, characters: number): string {
  const { lead, parts } = sayAll(report);
  const needed = parts.filter(({ optional }) => optional === undefined);
  for (const said of [parts, needed]) {
    const full = lead.full + said.map((part) => part.full).join(', ');
    if (full.length <= characters) return full;
  }
  const short = needed.map((part) => part.short);
  while (short.length > 1 && (lead.short + short.join(', ')).length > characters) short.pop();
  return lead.short + short.join(', ');
}

function sayAll(report: Report): { readonly lead: Part; readonly parts: readonly Part[] } {
  const { complete, incomplete, findings, historyFailure } = report;
  if (complete && historyFailure === null && findings.every(isSettled)) {
    return sayAllSettled(report);
  }
  const reason = incomplete === null ? '' : ` (${nameFailure(incomplete.reason)})`;
  const calm = same(isReminder(report) ? 'REMINDER: ' : '');
  const lead = complete ? calm : { full: `INCOMPLETE${reason}: `, short: 'INCOMPLETE: ' };
  const done = sayDone(report);
  const isContinued = done.length > 0 || isReminder(report);
  return {
    lead,
    parts: [
      ...done,
      ...sayRemains(report, isContinued),
      ...(done.length > 0 ? sayNews(report) : []),
      ...sayApart(findings),
    ],
  };
}

/** An all-clear only where nobody has to hear of anything else. */
function sayAllSettled(report: Report): { readonly lead: Part; readonly parts: readonly Part[] } {
  const changed = [...nameChanges(report), ...sayDrop(report)];
  if (sawNoConnections(report)) {
    return { lead: same('NO CONNECTIONS: '), parts: [same('is this the right tenant?'), ...changed] };
  }
  return { lead: same(changed.length === 0 ? 'OK: ' : ''), parts: [...changed, ...sayAllClear(report)] };
}

/** Only where nothing asks anything of anybody any more. */
function sayAllClear({ coverage, findings }: Report): Part[] {
  if (coverage.listed === 0) return [same('the tenant has no connections')];
  const fixed = countOutcomes(findings).remediated;
  return [
    same(`${count(coverage.listed, 'connection')} audited`),
    ...counted(fixed, 'fixed'),
    same(fixed > 0 ? 'none still drifted' : 'none drifted'),
    ...counted(permittedIn(findings), 'exempt'),
  ];
}

/**
 * `isContinued`: something is said before it. What was not verified is counted once, as that: nobody knows whether it
 * still deviates.
 */
function sayRemains(report: Report, isContinued: boolean): Part[] {
  const { complete, findings, coverage } = report;
  const open = findings.filter((finding) => !isSettled(finding));
  const drifted = open.filter(
    ({ verdict, outcome }) => verdict === 'noncompliant' && outcome !== 'failed_verification',
  );
  const unseen = open.filter(({ verdict }) => verdict === 'indeterminate').length;
  const short = `${drifted.length} drifted`;
  const indeterminate = counted(unseen, 'indeterminate');

  if (drifted.length > 0) {
    const of = complete ? `of ${count(coverage.listed, 'connection')}` : `of the ${coverage.listed} read`;
    const full = isContinued
      ? `${drifted.length} ${complete ? `of ${coverage.listed}` : of} ${isListingCut(report) ? '' : 'still '}drifted (${worstOf(drifted, drifted.length)})`
      : `${nameNews(report) ?? worstOf(drifted)}: ${drifted.length} ${of} drifted`;
    return [{ full, short }, ...indeterminate];
  }
  if (isContinued) return open.length === 0 ? [same(`none of ${coverage.listed} drifted`)] : indeterminate;
  if (!complete) {
    const none = `${coverage.listed} read, none of them drifted`;
    return [same(coverage.listed === 0 ? sayNoneRead(report) : none), ...indeterminate];
  }
  const could = count(coverage.listed, 'connection');
  return [{ full: `INDETERMINATE: ${unseen} of ${could} could not be seen`, short: `INDETERMINATE: ${unseen}` }];
}

function sayNoneRead(report: Report): string {
  return doubtOf(report) === undefined ? 'no connection was read' : 'Auth0 listed no connections';
}

/** `2 NEW (1 HIGH), 1 REOPENED`: what asks most of whoever has heard of the rest; nothing where all of it is new. */
function nameNews(report: Report): string | undefined {
  const news = newsIn(report).filter(({ found }) => found.length > 0);
  if (news.length === 0) return undefined;
  return news
    .map(({ found, name }) => `${found.length} ${name.toUpperCase()} (${worstOf(found, found.length)})`)
    .join(', ');
}

/** The same beside what a run did. */
function sayNews(report: Report): Part[] {
  return newsIn(report).flatMap(({ found, name }) =>
    counted(found.length, name).map((part): Part => ({ ...part, optional: true })),
  );
}

function newsIn(report: Report): { readonly name: string; readonly found: readonly Finding[] }[] {
  if (isFirstRun(report) || report.historyFailure !== null) return [];
  // What a person undid is back because of that, and is counted as held.
  const open = report.findings.filter((finding) => !isSettled(finding) && !isNewlyHeld(finding));
  return keysOf(LIFECYCLES)
    .filter((lifecycle) => LIFECYCLES[lifecycle].isNews)
    .map((name) => ({ name, found: open.filter(({ lifecycle }) => lifecycle === name) }));
}

/** What is counted under a name of its own. An outcome of this kind without one does not compile. */
const GUARDED: Readonly<Record<OutcomeOf<'guarded'>, string>> = { quarantined: 'quarantined', held: 'held' };

/** Drift that is counted apart: not tried, quarantined, held, resting or permitted. */
function sayApart(findings: readonly Finding[]): Part[] {
  const counts = countOutcomes(findings.filter((finding) => !isResting(finding)));
  const untried = stopsOf(findings).filter(({ isOfRun }) => !isOfRun);
  return [
    ...counted(
      untried.reduce((sum, { findings: left }) => sum + left.length, 0),
      'not tried',
    ),
    ...keysOf(GUARDED).flatMap((outcome) => counted(counts[outcome], GUARDED[outcome])),
    ...counted(findings.filter(isResting).length, 'resting'),
    ...counted(permittedIn(findings), 'exempt'),
  ];
}

function permittedIn(findings: readonly Finding[]): number {
  return findings.filter(isPermitted).length;
}

/** `3 HIGH`, or `HIGH` where that is all of them and their number was said. */
function worstOf(findings: readonly Finding[], said?: number): string {
  const severities = findings.map(({ severity }) => severity);
  const worst: Severity = SEVERITIES.findLast((severity) => severities.includes(severity)) ?? 'informational';
  const number = severities.filter((severity) => severity === worst).length;
  return `${number === said ? '' : `${number} `}${worst.toUpperCase()}`;
}
