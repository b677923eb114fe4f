import type { Finding } from '../../judge/finding';
import type { OutcomeOf } from '../../judge/outcome';
import type { Report } from '../../judge/report';
import { introduce } from '../commands/command';
import { undoCommand } from '../commands/npm';
import type { CommandPlace } from '../commands/place';
import { fill } from '../text/columns';
import { describeDrift } from '../words/finding';
import { describeAdditions, describeChange, quoteDetail } from '../words/outcome';
import { describeTime } from '../words/run';
import { writeLinks, writeLook } from './links';
import { advise, strategyColumn, writeShortList } from './list';

/** What may have gone wrong for users: it comes before everything else. */
export function writeUnverified(report: Report, commands: CommandPlace): string[] {
  const unverified = report.findings.filter(({ outcome }) => outcome === 'failed_verification');
  if (unverified.length === 0) return [];
  return [
    `FAILED VERIFICATION: ${unverified.length}`,
    ...fill('Written, and then something else was different too, or nobody can say what was written.', { first: '  ' }),
    ...writeShortList(unverified, { result: describeWrite, authors: true, beside: strategyColumn(unverified) }),
    '',
    ...advise('Do', 'See now that people can log in through each of them. Put right by hand what differs.'),
    ...advise(
      'Look',
      'Dashboard, the connection itself; and Monitoring > Logs, type sapi: what we wrote has the run id as its correlation id.',
    ),
    ...writeLinks(unverified, report.canonicalHost),
    ...introduce(
      advise(
        'Undo',
        'Puts back the one setting, nothing else, of everything that this run wrote and that still is as written. It shows the changes and asks first:',
      ),
      undoCommand(commands, report.runId),
    ),
  ];
}

function describeWrite({ change, detail }: Finding): string[] {
  const meant =
    change === null
      ? []
      : [
          `Meant: ${describeChange(change)}, at ${describeTime(change.writtenAt)}, ${change.windowMs} ms between our read and our write.`,
        ];
  return [...meant, ...(detail === null ? [] : [quoteDetail(detail)])];
}

/** Refused or never arrived: as bad as before, and no worse. */
export function writeFailed({ findings, canonicalHost }: Report): string[] {
  const failed = findings.filter(({ outcome }) => outcome === 'failed');
  if (failed.length === 0) return [];
  return [
    `FAILED: ${failed.length}`,
    ...fill('Nothing was changed there.', { first: '  ' }),
    ...writeShortList(failed, { result: describeFailure, authors: true, beside: strategyColumn(failed) }),
    '',
    ...advise('Do', 'Fix what the reason above names. If the next run fails there too, set the value manually.'),
    ...writeLook(failed, canonicalHost),
  ];
}

function describeFailure(finding: Finding): string[] {
  return [`${describeDrift(finding)}.`, ...(finding.detail === null ? [] : [quoteDetail(finding.detail)])];
}

/** What was written, when, and how long an edit by someone else could have been lost. */
export function writeFixed({ findings }: Report): string[] {
  const fixed = findings.filter(({ outcome }) => outcome === 'remediated');
  if (fixed.length === 0) return [];
  return [
    `FIXED AND VERIFIED: ${fixed.length}`,
    ...fill(
      'Read back after the write: the setting is as meant, all else as before unless named below. The milliseconds are the window between our read and our write, in which an edit by someone else would be lost.',
      { first: '  ' },
    ),
    ...writeShortList(fixed, { heading: describeFix, beside: timesOf, authors: true }),
  ];
}

function describeFix({ outcome, change, repair }: Finding): string {
  if (change === null) return 'changed';
  return [describeChange(change), ...describeAdditions({ outcome, change, repair })].join('; ');
}

function timesOf({ change }: Finding): string {
  return change === null ? '' : `${describeTime(change.writtenAt)} ${`${change.windowMs} ms`.padStart(7)}`;
}

/** Settled without a write of ours. */
export function writeFixedElsewhere({ findings }: Report): string[] {
  return writeSettled('PUT RIGHT BY SOMEONE ELSE', findings, 'already_compliant');
}

export function writeGone({ findings }: Report): string[] {
  return writeSettled('DELETED SINCE THEY WERE LISTED', findings, 'gone');
}

function writeSettled(heading: string, findings: readonly Finding[], outcome: OutcomeOf<'put_right'>): string[] {
  const settled = findings.filter((finding) => finding.outcome === outcome);
  if (settled.length === 0) return [];
  return [`${heading}: ${settled.length}`, ...writeShortList(settled, { beside: strategyColumn(settled) })];
}
