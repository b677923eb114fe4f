import { keysOf } from '../../connection/tables';
import type { OutcomeOf, StopReason } from '../../judge/outcome';
import type { Report } from '../../judge/report';
import { countOutcomes } from '../words/outcome';
import { nameStop, stopsOf } from '../words/stop';
import { sayChanges } from './changes';
import { counted, type Part, say } from './part';
import { type SubjectWord, sayWord } from './subject-words';

/** The failures, each counted under a separate word. An outcome of this kind without a word does not compile. */
const FAILURES: Readonly<Record<OutcomeOf<'failure'>, SubjectWord>> = {
  failed_verification: 'failed-verification',
  failed: 'failed',
};

/** What prevented a run from writing. An outcome of this kind without a word does not compile. */
const STOPPED: Readonly<Record<OutcomeOf<'stopped'>, (report: Report, count: number) => Part[]>> = {
  skipped_cap: ({ notices }, skipped) => [
    sayCap(
      notices.find((notice) => notice.code === 'CAP_EXCEEDED'),
      skipped,
    ),
  ],
  skipped_stopped: ({ findings }) => {
    const named = stopsOf(findings).filter(({ isOfRun }) => isOfRun);
    if (named.length === 0) return [];
    const about = 'word-writes-stopped';
    const full = `${sayWord(about)} (${named.map(({ stopped }) => nameStop(stopped)).join(', ')})`;
    return [{ about, full, short: 'STOPPED' }];
  },
  // The lead states that the run is incomplete.
  skipped_incomplete: () => [],
};

/** Failed writes, and earlier changes: most severe first. */
export function sayWrites(report: Report): Part[] {
  const counts = countOutcomes(report.findings);
  return [...keysOf(FAILURES).flatMap((outcome) => counted(counts[outcome], FAILURES[outcome])), ...sayChanges(report)];
}

/** The other results of the run, and what prevented more: most severe first. Empty if the run only read. */
export function sayDone(report: Report): Part[] {
  const { findings, historyFailure } = report;
  const counts = countOutcomes(findings);
  const isStoppedBy = (reason: StopReason): boolean => findings.some(({ stopped }) => stopped === reason);
  const saidOfStops = keysOf(STOPPED).flatMap((outcome) =>
    counts[outcome] > 0 ? STOPPED[outcome](report, counts[outcome]) : [],
  );
  // For a plan over the cap, the words already state that nothing was fixed.
  const isHeldBack = keysOf(STOPPED).some((outcome) => outcome !== 'skipped_cap' && counts[outcome] > 0);
  return [
    ...sayDrop(report),
    ...saidOfStops,
    ...(historyFailure !== null && !isStoppedBy('history') ? [say('history-failed')] : []),
    ...(counts.remediated === 0 && isHeldBack ? [say('nothing-fixed')] : counted(counts.remediated, 'fixed')),
  ];
}

function sayCap(cap: { readonly planned: number; readonly allowed: number } | undefined, skipped: number): Part {
  const limits = cap === undefined ? `${skipped} planned` : `${cap.planned} planned, ${cap.allowed} allowed`;
  const about = 'over-cap';
  const word = sayWord(about);
  return { about, full: `${word}: ${sayWord('nothing-fixed')}, ${limits}`, short: `${word}: ${limits}` };
}

/** The part on a listing that lost too many connections. */
export function sayDrop({ notices }: Report): Part[] {
  const drop = notices.find((notice) => notice.code === 'LISTING_DROPPED');
  if (drop === undefined) return [];
  const { before, now } = drop;
  const about = 'listing-dropped';
  return [{ about, full: `${sayWord(about)} from ${before} to ${now}`, short: `${sayWord(about)} to ${now}` }];
}
