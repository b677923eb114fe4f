import { keysOf } from '../../connection/tables';
import { SEVERITIES, type Severity } from '../../contract';
import type { Finding, LIFECYCLES, Lifecycle } from '../../judge/finding';
import { isSettled } from '../../judge/outcome';
import type { Report } from '../../judge/report';
import { doubtOf, isListingCut } from '../words/incomplete';
import { isFirstRun, isNewlyHeld } from '../words/lifecycle';
import { count } from '../words/run';
import { counted, type Part, same } from './part';
import { type SubjectWord, sayWord } from './subject-words';

interface Before {
  /** Another part comes before. */
  readonly isContinued: boolean;
  /** The part before is about the writes of a run, or the message is a reminder. */
  readonly isStill: boolean;
}

/**
 * The findings that remain. Unverified repairs are counted only as unverified: it is unknown whether they still deviate.
 */
export function sayRemains(report: Report, { isContinued, isStill }: Before): Part[] {
  const { complete, findings, coverage } = report;
  const open = findings.filter((finding) => !isSettled(finding));
  const drifted = open.filter(
    ({ verdict, outcome }) => verdict === 'noncompliant' && outcome !== 'failed_verification',
  );
  const unseen = open.filter(({ verdict }) => verdict === 'indeterminate').length;
  const word = sayWord('drifted');
  const indeterminate = counted(unseen, 'indeterminate');

  if (drifted.length > 0) {
    const of = complete ? `of ${count(coverage.listed, 'connection')}` : `of the ${coverage.listed} read`;
    const full = isContinued
      ? `${drifted.length} ${complete ? `of ${coverage.listed}` : of} ${isStill && !isListingCut(report) ? 'still ' : ''}${word} (${worstOf(drifted, drifted.length)})`
      : `${nameNews(report) ?? worstOf(drifted)}: ${drifted.length} ${of} ${word}`;
    return [{ about: 'drifted', full, short: `${drifted.length} ${word}` }, ...indeterminate];
  }
  if (isContinued) return open.length === 0 ? [same('drifted', `none of ${coverage.listed} ${word}`)] : indeterminate;
  if (!complete) {
    const none = same('drifted', `${coverage.listed} read, none of them ${word}`);
    return [coverage.listed === 0 ? same('incomplete', sayNoneRead(report)) : none, ...indeterminate];
  }
  const short = `${sayWord('indeterminate').toUpperCase()}: ${unseen}`;
  const full = `${short} of ${count(coverage.listed, 'connection')} could not be judged`;
  return [{ about: 'indeterminate', full, short }];
}

function sayNoneRead(report: Report): string {
  return doubtOf(report) === undefined ? 'no connection was read' : 'Auth0 listed no connections';
}

/** `2 NEW (1 HIGH), 1 REOPENED`: the news for recipients of earlier messages; `undefined` on a first run. */
function nameNews(report: Report): string | undefined {
  const news = newsIn(report).filter(({ found }) => found.length > 0);
  if (news.length === 0) return undefined;
  return news
    .map(({ found, about }) => `${found.length} ${sayWord(about).toUpperCase()} (${worstOf(found, found.length)})`)
    .join(', ');
}

/** The same next to the results of a run. */
export function sayNews(report: Report): Part[] {
  return newsIn(report).flatMap(({ found, about }) =>
    counted(found.length, about).map((part): Part => ({ ...part, optional: true })),
  );
}

type NewsOf = { [One in Lifecycle]: (typeof LIFECYCLES)[One]['isNews'] extends true ? One : never }[Lifecycle];

/** The lifecycles that are news. A lifecycle of this kind without a word does not compile. */
const NEWS: Readonly<Record<NewsOf, SubjectWord>> = { new: 'new', reopened: 'reopened' };

function newsIn(report: Report): { readonly about: SubjectWord; readonly found: readonly Finding[] }[] {
  if (isFirstRun(report) || report.historyFailure !== null) return [];
  // Newly held findings are counted as held instead.
  const open = report.findings.filter((finding) => !isSettled(finding) && !isNewlyHeld(finding));
  return keysOf(NEWS).map((name) => ({
    about: NEWS[name],
    found: open.filter(({ lifecycle }) => lifecycle === name),
  }));
}

/** `3 HIGH`, or `HIGH` if all findings have this severity and their number is already stated. */
function worstOf(findings: readonly Finding[], said?: number): string {
  const severities = findings.map(({ severity }) => severity);
  const worst: Severity = SEVERITIES.findLast((severity) => severities.includes(severity)) ?? 'informational';
  const number = severities.filter((severity) => severity === worst).length;
  return `${number === said ? '' : `${number} `}${worst.toUpperCase()}`;
}
