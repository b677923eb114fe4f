import { keysOf } from '../../connection/tables';
import { FINDING_CODES } from '../../judge/evaluate';
import { isSettled, OUTCOMES, type Outcome } from '../../judge/outcome';
import { MANUAL_REASONS } from '../../judge/repair';
import type { Report } from '../../judge/report';
import { auditorNoticesOf } from '../words/auditor-notice';
import { CHANGE_RESULT_WORDS } from '../words/change';
import { type ReferenceTopic, referenceLink, runbookLink } from '../words/docs';
import { resultsToCheck } from '../words/earlier';
import { CODE_WORDS } from '../words/finding';
import { nameFailure } from '../words/incomplete';
import { OUTCOME_WORDS, outcomesOf } from '../words/outcome';
import { nameStop, stopsOf } from '../words/stop';
import { wordsOf } from './headline';
import { SUBJECT_WORDS, sayWord } from './subject-words';

export interface DocsLink {
  readonly label: string;
  readonly address: string;
}

/** The maximum number of links in a message. */
const SHOWN = 8;

/**
 * Links to the docs on the result of a run: the articles on the words of its headline that require an action, most severe
 * first, then the entries of the values behind these words. Empty if the address of the docs is unknown.
 */
export function docsLinksOf(report: Report, docsUrl: string | undefined): readonly DocsLink[] {
  if (docsUrl === undefined) return [];
  return [...listArticles(report, docsUrl), ...listEntries(report, docsUrl)].slice(0, SHOWN);
}

function listArticles(report: Report, docsUrl: string): DocsLink[] {
  const said = wordsOf(report);
  return keysOf(SUBJECT_WORDS)
    .filter((word) => said.has(word) && SUBJECT_WORDS[word].asks)
    .map((word) => ({ label: sayWord(word), address: runbookLink(docsUrl, word) }));
}

function listEntries(report: Report, docsUrl: string): DocsLink[] {
  const { incomplete, findings } = report;
  const open = findings.filter((finding) => !isSettled(finding));
  const link = (label: string, topic: ReferenceTopic, value: string): DocsLink => ({
    label,
    address: referenceLink(docsUrl, topic, value),
  });
  const codes = keysOf(FINDING_CODES).filter((code) => open.some((finding) => finding.code === code));
  const reasons = keysOf(MANUAL_REASONS).filter((reason) =>
    open.some(({ repair, unsafe }) => (repair.action === 'manual' && repair.reason === reason) || unsafe === reason),
  );
  const notices = [...new Set(auditorNoticesOf(report).map(({ code }) => code))];
  return [
    ...notices.map((code) => link(`notice ${code}`, 'notice', code)),
    ...resultsToCheck(report).map((result) => link(CHANGE_RESULT_WORDS[result].name, 'change-result', result)),
    ...(incomplete === null ? [] : [link(nameFailure(incomplete.reason), 'run-error', incomplete.reason)]),
    ...outcomesOf(open)
      .filter(isExplained)
      .map((outcome) => link(OUTCOME_WORDS[outcome].name, 'outcome', outcome)),
    ...stopsOf(findings).map(({ stopped }) => link(nameStop(stopped), 'stop', stopped)),
    ...codes.map((code) => link(CODE_WORDS[code].name, 'finding', code)),
    ...reasons.map((reason) => link(reason, 'manual', reason)),
  ];
}

/**
 * Whether an outcome gets a separate link: not if the headline has a word for it, or if the manual reason explains it
 * better.
 */
function isExplained(outcome: Outcome): boolean {
  const { kind } = OUTCOMES[outcome];
  return (kind === 'refused' || kind === 'by_policy') && outcome !== 'skipped_unsafe';
}
