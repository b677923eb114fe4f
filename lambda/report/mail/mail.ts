import { isSettled } from '../../judge/outcome';
import type { Notice, Report } from '../../judge/report';
import { fill } from '../text/columns';
import { makeHarmless, makeVisible } from '../text/harmless';
import { headline } from '../words/headline';
import { explainIncomplete, remedyFor, titleIncomplete } from '../words/incomplete';
import { describeChanges, isAllClear, isFirstRun, isReminder } from '../words/lifecycle';
import { describeNotice } from '../words/notice';
import { countOutcomes, isPermitted } from '../words/outcome';
import { count, describeCoverage, describeMode, describeOtherWriters } from '../words/run';
import { writeExempt } from './exempt';
import { writeFailed, writeUnverified } from './failed';
import { writeFixed, writeSettledElsewhere } from './fixed';
import { writeHeld, writeQuarantined } from './kept-back';
import { type AlertContext, writeNext } from './next';
import { writeStillOpen } from './open';
import { writePlaces } from './places';
import { writeRemaining } from './remaining';
import { writeResolved } from './resolved';
import { writeAllClear } from './short';
import { writeHistoryFailure, writeOverCap, writeStopped } from './stopped';
import { writeSubject } from './subject';

/** A message for people: the alerts topic delivers it as a mail. */
export interface Alert {
  /** At most 100 characters of printable ASCII. */
  readonly subject: string;
  /** Plain text in lines of at most 72 columns; a command's argument and an address are the two things never broken. */
  readonly body: string;
}

/** A run's unknown strategies are anyone's texts: more notices than these are counted. */
const NOTICES_SHOWN = 8;

/**
 * One message for one run: the verdict, what was not seen, what was done and not done, what remains, what to do next.
 * Where nothing happened it is a reminder of what stays open, or three lines.
 */
export function writeAlert(report: Report, context: AlertContext = {}): Alert {
  const sections = isAllClear(report)
    ? [writeAllClear(headline(report), report)]
    : [fill(headline(report)), writeFacts(report), ...writeMiddle(report, context), writeRun(report)];
  const body = sections.filter((lines) => lines.length > 0).map((lines) => lines.join('\n'));
  return { subject: writeSubject(report), body: `${body.join('\n\n')}\n` };
}

function writeMiddle(report: Report, context: AlertContext): string[][] {
  const { findings } = report;
  const places = writePlaces(report, context.region);
  if (isReminder(report)) {
    const open = findings.filter((finding) => !isSettled(finding));
    return [writeStillOpen(open, report), places, writeNext(report, context)];
  }
  return [
    writeIncomplete(report),
    ...writeOutcomes(report),
    writeResolved(report),
    writeExempt(findings.filter(isPermitted)),
    writeNotices(report),
    places,
    writeNext(report, context),
  ];
}

/** Each finding that is not permitted stands in one of these. A run that only reports has no deeds to tell first. */
function writeOutcomes(report: Report): string[][] {
  const keptBack = [writeQuarantined(report), writeHeld(report)];
  if (report.mode === 'report') return [writeHistoryFailure(report), ...writeRemaining(report), ...keptBack];
  return [
    writeUnverified(report),
    writeFailed(report),
    writeOverCap(report),
    writeStopped(report),
    writeHistoryFailure(report),
    writeFixed(report),
    writeSettledElsewhere(report),
    ...keptBack,
    ...writeRemaining(report),
  ];
}

function writeFacts(report: Report): string[] {
  return [
    ...fill(makeHarmless(report.environment), { first: 'Environment  ' }),
    ...fill(makeVisible(report.tenant), { first: 'Tenant       ' }),
    ...fill(describeCoverage(report), { first: 'Connections  ' }),
    ...fill(describeLifecycles(report), { first: isFirstRun(report) ? 'First run    ' : 'Changes      ' }),
    ...writeWritten(report),
  ];
}

/** What the reader may expect of these messages is said once. */
function describeLifecycles(report: Report): string {
  if (isReminder(report)) return `${describeChanges(report)}. Nothing else changed since the last message.`;
  if (!isFirstRun(report)) return `${describeChanges(report)}.`;
  const all = report.findings.length === 0 ? '' : 'All it found stands here once. ';
  return report.complete
    ? `${all}From now on you hear of changes, are reminded of what stays open, and get a weekly all-clear.`
    : 'No run has seen everything yet, so that nothing can be compared.';
}

function writeWritten({ findings, otherWriters }: Report): string[] {
  const written = findings.filter(({ change }) => change !== null).length;
  if (written === 0) return [];
  return fill(`${count(written, 'connection')}. Other writers meanwhile: ${describeOtherWriters(otherWriters)}`, {
    first: 'Written      ',
  });
}

function writeIncomplete(report: Report): string[] {
  const { incomplete, complete } = report;
  if (complete) return [];
  const title = titleIncomplete(report).toUpperCase();
  if (incomplete === null) return [title];
  const scopes = incomplete.missingScopes.join(', ');
  return [
    title,
    ...fill(explainIncomplete(report), { first: '  ' }),
    ...fill(makeHarmless(incomplete.message, 1000), { first: '  Reason   ' }),
    ...(scopes === '' ? [] : fill(scopes, { first: '  Missing  ' })),
    ...fill(remedyFor(incomplete.reason), { first: '  Do       ' }),
  ];
}

/** What a section above has said already is not said twice. */
function writeNotices({ notices, mode, findings }: Report): string[] {
  const { skipped_cap } = countOutcomes(findings);
  const isToldAbove = ({ code }: Notice): boolean =>
    (code === 'CAP_EXCEEDED' && skipped_cap > 0) ||
    (code === 'WRITE_SCOPES_MISSING' && findings.some(({ stopped }) => stopped === 'scope'));
  const left = notices.filter((notice) => !isToldAbove(notice));
  const more = left.length - NOTICES_SHOWN;
  if (left.length === 0) return [];
  return [
    'TO KNOW',
    ...left.slice(0, NOTICES_SHOWN).flatMap((notice) => fill(describeNotice(notice, mode), { first: '- ' })),
    ...(more > 0 ? [`- and ${more} more; the full report has them all`] : []),
  ];
}

function writeRun({ runId, startedAt, finishedAt, mode }: Report): string[] {
  return [
    ...fill(makeVisible(runId), { first: 'Run       ' }),
    ...fill(makeVisible(startedAt), { first: 'Started   ' }),
    ...fill(makeVisible(finishedAt), { first: 'Finished  ' }),
    ...fill(describeMode(mode), { first: 'Mode      ' }),
  ];
}
