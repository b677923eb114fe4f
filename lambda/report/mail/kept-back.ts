import type { Finding } from '../../judge/finding';
import { isResting } from '../../judge/outcome';
import type { Report } from '../../judge/report';
import { allowWritesCommand } from '../commands/aws';
import { inLines, introduce } from '../commands/command';
import { largePlanCommand, releaseCommand, retryCommand, unlockCommand } from '../commands/npm';
import type { CommandPlace } from '../commands/place';
import { fill } from '../text/columns';
import { groupBy } from '../text/group-by';
import { makeHarmless } from '../text/harmless';
import { sayStoppedSince } from '../words/auditor-notice';
import { describeDrift } from '../words/finding';
import { describeCase, RESTING_ADVICE, RETRY_NOW } from '../words/outcome';
import { count } from '../words/run';
import { explainStop, remedyForStop, stopsOf } from '../words/stop';
import { advise, SHOWN, strategyColumn, writeShortList } from './list';

/** The plan was too large to be trusted. */
export function writeOverCap(report: Report, commands: CommandPlace): string[] {
  const { findings, notices } = report;
  const skipped = findings.filter(({ outcome }) => outcome === 'skipped_cap').length;
  if (skipped === 0) return [];
  const cap = notices.find((notice) => notice.code === 'CAP_EXCEEDED');
  const allowed = cap === undefined ? '' : `, ${cap.allowed} allowed`;
  return [
    'OVER CAP: NOTHING WAS FIXED',
    ...advise('Reason', `${count(skipped, 'repair')} planned${allowed} by maxChanges and maxPercent.`),
    ...advise(
      'Do',
      'See first why so many drifted at once: one change of the policy is more likely than that many of connections. If the plan is right after all, raise the caps of the environment.',
    ),
    ...introduce(
      advise('Or', 'Carry out the plan from a terminal. It shows every change and asks first:'),
      largePlanCommand(commands, skipped),
    ),
  ];
}

/** Why repairs were not tried. The findings themselves are listed below. */
export function writeStopped(report: Report, commands: CommandPlace): string[] {
  const stops = stopsOf(report.findings);
  if (stops.length === 0) return [];
  const left = stops.reduce((sum, stop) => sum + stop.findings.length, 0);
  return [
    `${stops.some(({ isOfRun }) => isOfRun) ? 'WRITES STOPPED' : 'NOT TRIED'}: ${count(left, 'repair')} left`,
    ...stops.flatMap((stop) => [
      ...advise(
        'Reason',
        [
          `${stops.length === 1 ? '' : `${stop.findings.length} of them: `}${explainStop(stop.stopped)}`,
          ...(stop.stopped === 'kill_switch' ? sayStoppedSince(report) : []),
        ].join(' '),
      ),
      ...advise('Do', remedyForStop(stop.stopped)),
      ...(stop.stopped === 'kill_switch' ? inLines(allowWritesCommand(commands)) : []),
      ...(stop.stopped === 'lease' ? inLines(unlockCommand(commands)) : []),
    ]),
  ];
}

/** Without a record there is no way back, and the next run does not know what this one saw. */
export function writeHistoryFailure({ historyFailure, findings }: Report, commands: CommandPlace): string[] {
  if (historyFailure === null) return [];
  const hasWritten = findings.some(({ change }) => change !== null);
  return [
    'THE HISTORY FAILED',
    ...advise('Reason', makeHarmless(historyFailure, 1000)),
    ...advise(
      'Do',
      hasWritten
        ? 'Keep this message: it may be the only full record of what was written, and undo may not know all of it. Then see that the history can be read and written.'
        : 'See that the history can be read and written. Until then nothing is repaired.',
    ),
    ...introduce(
      advise('Lease', 'If the reason names a lease: this shows who holds it, and asks before it ends it:'),
      unlockCommand(commands),
    ),
  ];
}

/** What is left alone for some days, by the reason. */
export function writeQuarantined(report: Report, commands: CommandPlace): string[] {
  const quarantined = report.findings.filter(({ outcome }) => outcome === 'quarantined');
  const setBack = writeSetBack(quarantined.filter((finding) => !isResting(finding)));
  const resting = writeResting(quarantined.filter(isResting), commands);
  return [...setBack, ...(setBack.length > 0 && resting.length > 0 ? [''] : []), ...resting];
}

/** What earlier runs repaired again and again. */
function writeSetBack(quarantined: readonly Finding[]): string[] {
  if (quarantined.length === 0) return [];
  return [
    `QUARANTINED: ${quarantined.length}`,
    ...fill('Repaired so often lately that something must keep setting it back. Not repaired for now.', {
      first: '  ',
    }),
    ...list(quarantined),
    '',
    ...advise(
      'Do',
      'Find out what sets it back (Terraform, a script, a person): Dashboard, Monitoring > Logs, the writes to the connection that do not carry a run id of ours. Stop that, or change the policy. The quarantine ends by itself as our repairs grow old.',
    ),
  ];
}

/** What Auth0 refused in several runs in a row, in its own words, and how to try it at once. */
function writeResting(resting: readonly Finding[], commands: CommandPlace): string[] {
  if (resting.length === 0) return [];
  return [
    `RESTING AFTER REFUSALS: ${resting.length}`,
    ...fill(
      'Auth0 refused the repair in several runs in a row, so it is not tried for some days. Nothing was changed.',
      {
        first: '  ',
      },
    ),
    ...list(resting),
    '',
    ...advise('Do', RESTING_ADVICE),
    ...introduce(
      fill(RETRY_NOW, { first: '  ' }),
      retryCommand(
        commands,
        resting.map(({ connection }) => connection.id),
      ),
    ),
  ];
}

/** The commands of more holds than these are not read. */
const RELEASED = 3;

/** What a person took back, and how to let it go. */
export function writeHeld(report: Report, commands: CommandPlace): string[] {
  const held = report.findings.filter(({ outcome }) => outcome === 'held');
  if (held.length === 0) return [];
  return [
    `HELD: ${held.length}`,
    ...fill('A person undid an earlier repair. Not repaired until the rule changes or the hold is released.', {
      first: '  ',
    }),
    ...writeSharedDetails(held),
    '',
    ...advise(
      'Do',
      'If the person was right, change the policy or exempt the connections. Otherwise release the hold: runs may then repair it again.',
    ),
    ...held.slice(0, RELEASED).flatMap(({ connection: { id } }) => inLines(releaseCommand(commands, id))),
    ...(held.length > RELEASED ? [`  and ${held.length - RELEASED} more, each with its id`] : []),
  ];
}

/** Who holds them and since when is said once for all connections of which it is true, before their lists. */
function writeSharedDetails(held: readonly Finding[]): string[] {
  const more = held.length - SHOWN;
  const shared = groupBy(held.slice(0, SHOWN), ({ detail }) => detail ?? '');
  return [
    ...shared.flatMap((group) => [
      ...describeCase(group[0]).flatMap((words) => ['', ...fill(words, { first: '  ' })]),
      ...writeShortList(group, { heading: describeDrift, beside: strategyColumn(group), authors: true }),
    ]),
    ...(more > 0 ? [`  - and ${more} more; the full report has them all`] : []),
  ];
}

function list(findings: readonly Finding[]): string[] {
  return writeShortList(findings, {
    heading: describeDrift,
    beside: strategyColumn(findings),
    result: describeCase,
    authors: true,
  });
}
