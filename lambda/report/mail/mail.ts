import { isSettled, type OutcomeOf } from '../../judge/outcome';
import type { Report } from '../../judge/report';
import { type CommandPlace, commandPlaceOf } from '../commands/place';
import { headline } from '../headline/headline';
import { fill } from '../text/columns';
import { isAllClear, isReminder } from '../words/lifecycle';
import { isPermitted } from '../words/outcome';
import { writeEarlier } from './earlier';
import { writeHeld, writeHistoryFailure, writeOverCap, writeQuarantined, writeStopped } from './kept-back';
import { writeAuditorNext, writeNext } from './next';
import { writeAuditorNotices, writeNotices } from './notices';
import { writeRemaining, writeStillOpen } from './remaining';
import { writeFailed, writeFixed, writeFixedElsewhere, writeGone, writeUnverified } from './repairs';
import { type AlertContext, writeAllClear, writeDocs, writeFacts, writeIncomplete, writePlaces, writeRun } from './run';
import { writeExempt, writeResolved } from './settled';
import { type Mail, writeSubject } from './subject';

/**
 * One message for one run. In order: the verdict, notices about the auditor, earlier changes, what the run did not read, its
 * repairs and skipped repairs, what remains, and what to do next. If nothing changed, the message is a reminder of the open
 * findings, or an all-clear of three lines. These contain the notices about the auditor too.
 */
export function writeMail(report: Report, context: AlertContext = {}): Mail {
  const commands = context.commands ?? commandPlaceOf(report);
  const sections = isAllClear(report)
    ? [
        writeAllClear(headline(report), report),
        ...writeAuditorNotices(report),
        writeDocs(report, context.docsUrl),
        writeAuditorNext(report, commands),
      ]
    : [
        fill(headline(report)),
        writeFacts(report),
        ...writeAuditorNotices(report),
        ...writeMiddle(report, commands),
        writeDocs(report, context.docsUrl),
        writeNext(report, commands),
        writeRun(report),
      ];
  const body = sections.filter((lines) => lines.length > 0).map((lines) => lines.join('\n'));
  return { subject: writeSubject(report), body: `${body.join('\n\n')}\n` };
}

function writeMiddle(report: Report, commands: CommandPlace): string[][] {
  const { findings } = report;
  const places = writePlaces(report, commands.region);
  if (isReminder(report)) {
    const open = findings.filter((finding) => !isSettled(finding));
    return [writeStillOpen(open, report), places];
  }
  return [
    ...writeEarlier(report, commands),
    writeIncomplete(report, commands),
    ...writeOutcomes(report, commands),
    writeResolved(report),
    writeExempt(findings.filter(isPermitted)),
    writeNotices(report),
    places,
  ];
}

type Writer = (report: Report, commands: CommandPlace) => string[];

/** Each outcome of these kinds has a separate section. An outcome without a section does not compile. */
const FAILURES: Readonly<Record<OutcomeOf<'failure'>, Writer>> = {
  failed_verification: writeUnverified,
  failed: writeFailed,
};
const PUT_RIGHT: Readonly<Record<OutcomeOf<'put_right'>, Writer>> = {
  remediated: writeFixed,
  already_compliant: writeFixedElsewhere,
  gone: writeGone,
};
const GUARDED: Readonly<Record<OutcomeOf<'guarded'>, Writer>> = {
  quarantined: writeQuarantined,
  held: writeHeld,
};
/** Why a run did not write. The sections on what remains list the findings. */
const STOPPED: Readonly<Record<OutcomeOf<'stopped'>, Writer>> = {
  skipped_cap: writeOverCap,
  skipped_stopped: writeStopped,
  // The section on the incomplete run already states this.
  skipped_incomplete: () => [],
};

/**
 * Each finding that is not permitted is in one of these sections. In report mode there are no repairs to list first.
 */
function writeOutcomes(report: Report, commands: CommandPlace): string[][] {
  const writeEach = (sections: Readonly<Record<string, Writer>>) =>
    Object.values(sections).map((write) => write(report, commands));
  const keptBack = writeEach(GUARDED);
  if (report.mode === 'report') return [writeHistoryFailure(report, commands), ...writeRemaining(report), ...keptBack];
  return [
    ...writeEach(FAILURES),
    ...writeEach(STOPPED),
    writeHistoryFailure(report, commands),
    ...writeEach(PUT_RIGHT),
    ...keptBack,
    ...writeRemaining(report),
  ];
}
