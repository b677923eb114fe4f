import { keysOf } from '../../connection/tables';
import { SEVERITIES } from '../../contract';
import { CHANGE_RESULTS } from '../../judge/change';
import { STOP_REASONS } from '../../judge/outcome';
import { RUN_ERRORS } from '../../judge/report';
import { UNHEARD } from '../words/auditor-notice';
import { CHANGE_KIND_WORDS, CHANGE_RESULT_WORDS } from '../words/change';
import { nameFailure } from '../words/incomplete';
import { nameStop } from '../words/stop';

export interface SubjectWordFacts {
  /** The word in subject lines; some lines have it in capitals. */
  readonly word: string;
  /** Whether the word requires an action. If so, messages link to its article. */
  readonly asks: boolean;
  /** The details that can follow the word, usually in parentheses. The article has a row for each. */
  readonly details?: readonly string[];
}

const NAMED_SEVERITIES = SEVERITIES.map((severity) => severity.toUpperCase());
const RUN_ERROR_NAMES = keysOf(RUN_ERRORS)
  .filter((reason) => RUN_ERRORS[reason].endsRun)
  .map(nameFailure);
const STOP_NAMES = keysOf(STOP_REASONS)
  .filter((reason) => STOP_REASONS[reason].isOfRun)
  .map(nameStop);
const RESULT_NAMES = keysOf(CHANGE_RESULTS)
  .filter((result) => CHANGE_RESULTS[result].isToCheck)
  .map((result) => CHANGE_RESULT_WORDS[result].name);

/**
 * All words of subject lines, most severe first. The keys are public: each is the anchor of its article in docs/runbook.md,
 * to which messages link. An alarm has nearly the same name as `word-writes-stopped`.
 */
export const SUBJECT_WORDS = {
  'setup-needed': { word: 'SETUP NEEDED', asks: true },
  'failed-verification': { word: 'FAILED VERIFICATION', asks: true },
  'unreported-writes': { word: 'UNREPORTED WRITE', asks: true, details: RESULT_NAMES },
  incomplete: { word: 'INCOMPLETE', asks: true, details: RUN_ERROR_NAMES },
  'history-failed': { word: 'HISTORY FAILED', asks: true },
  'alerts-unheard': { word: UNHEARD.alerts.title.toUpperCase(), asks: true },
  'alarms-unheard': { word: UNHEARD.alarms.title.toUpperCase(), asks: true },
  'no-connections': { word: 'NO CONNECTIONS', asks: true },
  'listing-dropped': { word: 'LISTING DROPPED', asks: true },
  'over-cap': { word: 'OVER CAP', asks: true },
  'word-writes-stopped': { word: 'WRITES STOPPED', asks: true, details: STOP_NAMES },
  failed: { word: 'FAILED', asks: true },
  'runs-missed': { word: 'runs not reported', asks: true },
  quarantined: { word: 'quarantined', asks: true },
  resting: { word: 'paused', asks: true },
  held: { word: 'held', asks: true },
  'not-tried': { word: 'not tried', asks: true },
  undo: { word: CHANGE_KIND_WORDS.undo.name, asks: true },
  unlock: { word: CHANGE_KIND_WORDS.unlock.name, asks: true },
  'empty-listing-accepted': { word: CHANGE_KIND_WORDS.accept_empty_listing.name, asks: true },
  'release-of-holds': { word: CHANGE_KIND_WORDS.release.name, asks: false },
  // The reference has an entry for each code of a finding: messages link there.
  drifted: { word: 'drifted', asks: false, details: NAMED_SEVERITIES },
  indeterminate: { word: 'indeterminate', asks: false },
  new: { word: 'new', asks: false },
  reopened: { word: 'reopened', asks: false },
  'nothing-fixed': { word: 'nothing fixed', asks: false },
  fixed: { word: 'fixed', asks: false },
  exempt: { word: 'exempt', asks: false },
  reminder: { word: 'REMINDER', asks: false },
  ok: { word: 'OK', asks: false },
} as const satisfies Readonly<Record<string, SubjectWordFacts>>;
export type SubjectWord = keyof typeof SUBJECT_WORDS;

/** A word as it is in a subject line. */
export function sayWord(word: SubjectWord): string {
  return SUBJECT_WORDS[word].word;
}
