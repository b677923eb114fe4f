import { keysOf } from '../../connection/tables';
import type { OutcomeOf, StopReason } from '../../judge/outcome';
import type { Report } from '../../judge/report';
import { nameChanges } from '../words/earlier';
import { countOutcomes } from '../words/outcome';
import { nameStop, stopsOf } from '../words/stop';

/** One thing a headline says: in full, and as short as it can be said where room is scarce. */
export interface Part {
  readonly full: string;
  readonly short: string;
  /** The first to give way. */
  readonly optional?: true;
}

/** What is counted under a name of its own. An outcome of this kind without one does not compile. */
const FAILURES: Readonly<Record<OutcomeOf<'failure'>, string>> = {
  failed_verification: 'FAILED VERIFICATION',
  failed: 'FAILED',
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
    return [{ full: `WRITES STOPPED (${named.map(({ stopped }) => nameStop(stopped)).join(', ')})`, short: 'STOPPED' }];
  },
  // The lead says that the run is incomplete.
  skipped_incomplete: () => [],
};

/** What the run did, and what kept it from doing more: the worst words first. Nothing where it only looked. */
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
    ...keysOf(FAILURES).flatMap((outcome) => counted(counts[outcome], FAILURES[outcome])),
    ...nameChanges(report),
    ...sayDrop(report),
    ...saidOfStops,
    ...(historyFailure !== null && !isStoppedBy('history') ? [same('HISTORY FAILED')] : []),
    ...(counts.remediated === 0 && isHeldBack ? [same('nothing fixed')] : counted(counts.remediated, 'fixed')),
  ];
}

function sayCap(cap: { readonly planned: number; readonly allowed: number } | undefined, skipped: number): Part {
  const limits = cap === undefined ? `${skipped} planned` : `${cap.planned} planned, ${cap.allowed} allowed`;
  return { full: `OVER CAP: nothing fixed, ${limits}`, short: `OVER CAP: ${limits}` };
}

/** Fewer connections than a run may lose without a word. */
export function sayDrop({ notices }: Report): Part[] {
  const drop = notices.find((notice) => notice.code === 'LISTING_DROPPED');
  if (drop === undefined) return [];
  const { before, now } = drop;
  return [{ full: `LISTING DROPPED from ${before} to ${now}`, short: `DROPPED to ${now}` }];
}

export function counted(number: number, what: string): Part[] {
  return number === 0 ? [] : [same(`${number} ${what}`)];
}

export function same(text: string): Part {
  return { full: text, short: text };
}
