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

/** The plan exceeds the caps. */
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
      'First find out why so many connections drifted. A change of the policy is the more likely cause. If the plan is correct, raise the caps of the environment.',
    ),
    ...introduce(
      advise('Or', 'Apply the plan from a terminal. The command shows all changes and asks first:'),
      largePlanCommand(commands, skipped),
    ),
  ];
}

/** Why repairs were not tried. A later section lists the findings. */
export function writeStopped(report: Report, commands: CommandPlace): string[] {
  const stops = stopsOf(report.findings);
  if (stops.length === 0) return [];
  const left = stops.reduce((sum, stop) => sum + stop.findings.length, 0);
  return [
    `${stops.some(({ isOfRun }) => isOfRun) ? 'WRITES STOPPED' : 'NOT TRIED'}: ${count(left, 'repair')} not made`,
    ...stops.flatMap((stop) => [
      ...advise(
        'Reason',
        [
          `${stops.length === 1 ? '' : `${count(stop.findings.length, 'repair')}: `}${explainStop(stop.stopped)}`,
          ...(stop.stopped === 'kill_switch' ? sayStoppedSince(report) : []),
        ].join(' '),
      ),
      ...advise('Do', remedyForStop(stop.stopped)),
      ...(stop.stopped === 'kill_switch' ? inLines(allowWritesCommand(commands)) : []),
      ...(stop.stopped === 'lease' ? inLines(unlockCommand(commands)) : []),
    ]),
  ];
}

/** Without a record no write can be undone, and the next run does not know the findings of this run. */
export function writeHistoryFailure({ historyFailure, findings }: Report, commands: CommandPlace): string[] {
  if (historyFailure === null) return [];
  const hasWritten = findings.some(({ change }) => change !== null);
  return [
    'THE HISTORY FAILED',
    ...advise('Reason', makeHarmless(historyFailure, 1000)),
    ...advise(
      'Do',
      hasWritten
        ? 'Keep this message: it might be the only full record of the writes, and undo might not know all of them. Then make sure that the history can be read and written.'
        : 'Make sure that the history can be read and written. Until then nothing is repaired.',
    ),
    ...introduce(
      advise(
        'Lease',
        'If the reason names a lease, this command shows the run that has the lease. It asks before it ends the lease:',
      ),
      unlockCommand(commands),
    ),
  ];
}

/** The quarantined connections, by reason. */
export function writeQuarantined(report: Report, commands: CommandPlace): string[] {
  const quarantined = report.findings.filter(({ outcome }) => outcome === 'quarantined');
  const setBack = writeSetBack(quarantined.filter((finding) => !isResting(finding)));
  const resting = writeResting(quarantined.filter(isResting), commands);
  return [...setBack, ...(setBack.length > 0 && resting.length > 0 ? [''] : []), ...resting];
}

/** Connections whose repairs were reverted again and again. */
function writeSetBack(quarantined: readonly Finding[]): string[] {
  if (quarantined.length === 0) return [];
  return [
    `QUARANTINED: ${quarantined.length}`,
    ...fill(
      'These connections were repaired so often recently that something must be reverting the repairs. Runs do not repair them for now.',
      {
        first: '  ',
      },
    ),
    ...list(quarantined),
    '',
    ...advise(
      'Do',
      "Find out what reverts the repairs (Terraform, a script, a person). In the Dashboard, under Monitoring > Logs, look for writes whose correlation id is not a run id. Stop these writes, or change the policy. The quarantine ends automatically when the auditor's repairs are old enough.",
    ),
  ];
}

/**
 * The repairs that Auth0 refused in several runs in a row, with Auth0's messages and the command that tries them again.
 */
function writeResting(resting: readonly Finding[], commands: CommandPlace): string[] {
  if (resting.length === 0) return [];
  return [
    `PAUSED AFTER REFUSALS: ${resting.length}`,
    ...fill(
      'Auth0 refused these repairs in several runs in a row, so the auditor pauses them for some days. Nothing was changed.',
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

/** The maximum number of release commands in a mail. */
const RELEASED = 3;

/** The held connections, and the command that releases a hold. */
export function writeHeld(report: Report, commands: CommandPlace): string[] {
  const held = report.findings.filter(({ outcome }) => outcome === 'held');
  if (held.length === 0) return [];
  return [
    `HELD: ${held.length}`,
    ...fill(
      'An operator undid an earlier repair of these connections. Runs do not repair them until the rule changes or the hold is released.',
      {
        first: '  ',
      },
    ),
    ...writeSharedDetails(held),
    '',
    ...advise(
      'Do',
      'If the undo was correct, change the policy or exempt the connections. Otherwise release the holds. Then runs can repair the connections again.',
    ),
    ...held.slice(0, RELEASED).flatMap(({ connection: { id } }) => inLines(releaseCommand(commands, id))),
    ...(held.length > RELEASED ? [`  and ${held.length - RELEASED} more: use the same command with each id`] : []),
  ];
}

/**
 * The lists of held connections. Each list starts with the shared detail: who holds the connections, and since when.
 */
function writeSharedDetails(held: readonly Finding[]): string[] {
  const more = held.length - SHOWN;
  const shared = groupBy(held.slice(0, SHOWN), ({ detail }) => detail ?? '');
  return [
    ...shared.flatMap((group) => [
      ...describeCase(group[0]).flatMap((words) => ['', ...fill(words, { first: '  ' })]),
      ...writeShortList(group, { heading: describeDrift, beside: strategyColumn(group), authors: true }),
    ]),
    ...(more > 0 ? [`  - and ${more} more; the full report lists all of them`] : []),
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
