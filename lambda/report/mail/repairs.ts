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

/** Writes that might affect users: they come before everything else. */
export function writeUnverified(report: Report, commands: CommandPlace): string[] {
  const unverified = report.findings.filter(({ outcome }) => outcome === 'failed_verification');
  if (unverified.length === 0) return [];
  return [
    `FAILED VERIFICATION: ${unverified.length}`,
    ...fill('Written, but something else changed too, or it is unknown what was written.', { first: '  ' }),
    ...writeShortList(unverified, { result: describeWrite, authors: true, beside: strategyColumn(unverified) }),
    '',
    ...advise('Do', 'Check now that users can sign in through each connection. Fix the differences manually.'),
    ...advise(
      'Look',
      "In the Dashboard: the connection, and Monitoring > Logs with type sapi. The correlation id of the auditor's writes is the run id.",
    ),
    ...writeLinks(unverified, report.canonicalHost),
    ...introduce(
      advise(
        'Undo',
        'Restores only this setting, and only on connections that still have the value that this run wrote. The command shows the changes and asks first:',
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
          `Intended change: ${describeChange(change)}, at ${describeTime(change.writtenAt)}, ${change.windowMs} ms between read and write.`,
        ];
  return [...meant, ...(detail === null ? [] : [quoteDetail(detail)])];
}

/** Repairs that Auth0 refused or did not receive. The connections are unchanged. */
export function writeFailed({ findings, canonicalHost }: Report): string[] {
  const failed = findings.filter(({ outcome }) => outcome === 'failed');
  if (failed.length === 0) return [];
  return [
    `FAILED: ${failed.length}`,
    ...fill('Nothing was changed on these connections.', { first: '  ' }),
    ...writeShortList(failed, { result: describeFailure, authors: true, beside: strategyColumn(failed) }),
    '',
    ...advise('Do', 'Fix the cause stated above. If the repair fails in the next run too, set the value manually.'),
    ...writeLook(failed, canonicalHost),
  ];
}

function describeFailure(finding: Finding): string[] {
  return [`${describeDrift(finding)}.`, ...(finding.detail === null ? [] : [quoteDetail(finding.detail)])];
}

/** What was written, when, and how long the window was in which an edit by someone else would be lost. */
export function writeFixed({ findings }: Report): string[] {
  const fixed = findings.filter(({ outcome }) => outcome === 'remediated');
  if (fixed.length === 0) return [];
  return [
    `FIXED AND VERIFIED: ${fixed.length}`,
    ...fill(
      'After each write, the auditor compared the whole connection with the expected connection. The setting has the expected value, and nothing else changed except what is listed below. The milliseconds are the time between read and write. An edit by someone else in this time would be lost.',
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

/** Fixed without a write by the auditor. */
export function writeFixedElsewhere({ findings }: Report): string[] {
  return writeSettled('FIXED BY SOMEONE ELSE', findings, 'already_compliant');
}

export function writeGone({ findings }: Report): string[] {
  return writeSettled('DELETED AFTER THE LISTING', findings, 'gone');
}

function writeSettled(heading: string, findings: readonly Finding[], outcome: OutcomeOf<'put_right'>): string[] {
  const settled = findings.filter((finding) => finding.outcome === outcome);
  if (settled.length === 0) return [];
  return [`${heading}: ${settled.length}`, ...writeShortList(settled, { beside: strategyColumn(settled) })];
}
