import type { Report } from '../../judge/report';
import { makeHarmless } from '../text/harmless';
import { allowWritesCommand, largePlanCommand } from '../words/commands';
import { count } from '../words/run';
import { explainStop, remedyForStop, stopsOf } from '../words/stop';
import { advise } from './short-list';

/** The plan was too large to be trusted. */
export function writeOverCap({ findings, notices, environment }: Report): string[] {
  const skipped = findings.filter(({ outcome }) => outcome === 'skipped_cap').length;
  if (skipped === 0) return [];
  const cap = notices.find((notice) => notice.code === 'CAP_EXCEEDED');
  const allowed = cap === undefined ? '' : `, ${cap.allowed} allowed`;
  return [
    'OVER CAP: NOTHING WAS FIXED',
    ...advise('Reason', `${count(skipped, 'repair')} planned${allowed} by maxChanges and maxPercent.`),
    ...advise(
      'Do',
      'See first why so many drifted at once: one change of the policy is more likely than that many of connections. If the plan is right after all, raise the caps of the environment, or carry it out by hand (this shows all of it and asks first):',
    ),
    ...largePlanCommand(environment, skipped),
  ];
}

/** Why repairs were not tried. What they are is told with the findings below. */
export function writeStopped({ findings, environment }: Report): string[] {
  const stops = stopsOf(findings);
  if (stops.length === 0) return [];
  const left = stops.reduce((sum, stop) => sum + stop.findings.length, 0);
  return [
    `${stops.some(({ ofRun }) => ofRun) ? 'WRITES STOPPED' : 'NOT TRIED'}: ${count(left, 'repair')} left`,
    ...stops.flatMap((stop) => [
      ...advise(
        'Reason',
        `${stops.length === 1 ? '' : `${stop.findings.length} of them: `}${explainStop(stop.stopped)}`,
      ),
      ...advise('Do', remedyForStop(stop.stopped)),
      ...(stop.stopped === 'kill_switch' ? allowWritesCommand(environment) : []),
    ]),
  ];
}

/** Without a record there is no way back, and the next run does not know what this one saw. */
export function writeHistoryFailure({ historyFailure, findings }: Report): string[] {
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
  ];
}
