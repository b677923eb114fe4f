import { keysOf } from '../../connection/tables';
import type { OutcomeOf, StopReason } from '../../judge/outcome';
import type { Report } from '../../judge/report';
import { countOutcomes } from '../words/outcome';
import { nameStop, stopsOf } from '../words/stop';
import { sayChanges } from './changes';
import { counted, type Part, say } from './part';
import { type SubjectWord, sayWord } from './subject-words';

/** What is counted under a word of its own. An outcome of this kind without one does not compile. */
const FAILURES: Readonly<Record<OutcomeOf<'failure'>, SubjectWord>> = {
  failed_verification: 'failed-verification',
  failed: 'failed',
};

/** What kept a run from writing. An outcome of this kind without words does not compile. */
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
  // The lead says that the run is incomplete.
  skipped_incomplete: () => [],
};

/** What went wrong with writes, and what was written before: the worst words first. */
export function sayWrites(report: Report): Part[] {
  const counts = countOutcomes(report.findings);
  return [...keysOf(FAILURES).flatMap((outcome) => counted(counts[outcome], FAILURES[outcome])), ...sayChanges(report)];
}

/** What else the run did, and what kept it from doing more: the worst words first. Nothing where it only looked. */
export function sayDone(report: Report): Part[] {
  const { findings, historyFailure } = report;
  const counts = countOutcomes(findings);
  const isStoppedBy = (reason: StopReason): boolean => findings.some(({ stopped }) => stopped === reason);
  const saidOfStops = keysOf(STOPPED).flatMap((outcome) =>
    counts[outcome] > 0 ? STOPPED[outcome](report, counts[outcome]) : [],
  );
  // Over the cap, the words say already that nothing was fixed.
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

/** Fewer connections than a run may lose without a word. */
export function sayDrop({ notices }: Report): Part[] {
  const drop = notices.find((notice) => notice.code === 'LISTING_DROPPED');
  if (drop === undefined) return [];
  const { before, now } = drop;
  const about = 'listing-dropped';
  return [{ about, full: `${sayWord(about)} from ${before} to ${now}`, short: `DROPPED to ${now}` }];
}
