import type { Finding } from '../../lambda/judge/finding';
import { isResting } from '../../lambda/judge/outcome';
import type { Report } from '../../lambda/judge/report';
import { introduce } from '../../lambda/report/commands/command';
import { retryCommand, undoCommand } from '../../lambda/report/commands/npm';
import type { CommandPlace } from '../../lambda/report/commands/place';
import { fill } from '../../lambda/report/text/columns';
import { groupBy } from '../../lambda/report/text/group-by';
import { makeHarmless } from '../../lambda/report/text/harmless';
import { describeEnding, RESTING_ADVICE, RETRY_NOW } from '../../lambda/report/words/outcome';
import { count, describeOtherWriters } from '../../lambda/report/words/run';
import { explainStop, stopsOf } from '../../lambda/report/words/stop';

/** The JSON lists the further cases. */
const SHOWN = 20;

/** The findings that have more details than the outcome, which do not fit into a cell. */
export function writeDetails(findings: readonly Finding[], columns: number): string[] {
  const detailed = findings.filter(({ detail, unsafe, refusal }) =>
    [detail, unsafe, refusal].some((more) => more !== null),
  );
  if (detailed.length === 0) return [];
  const groups = groupBy(detailed, describeEnding);
  return [
    '',
    'Details:',
    ...groups
      .slice(0, SHOWN)
      .flatMap((group) => fill(`${nameAll(group)}: ${describeEnding(group[0])}`, { first: '- ', columns })),
    ...(groups.length > SHOWN ? [`- and ${groups.slice(SHOWN).flat().length} more; --format json lists all`] : []),
  ];
}

/** The number of ids that are listed for one ending; further connections are only counted. */
const IDS_SHOWN = 3;

function nameAll(findings: readonly Finding[]): string {
  const ids = findings.slice(0, IDS_SHOWN).map(({ connection }) => makeHarmless(connection.id, 40));
  const more = findings.length - ids.length;
  return `${ids.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/** The writes of the run, the reasons why the run did not write, and the undo command. */
export function summarizeWrites(report: Report, commands: CommandPlace, columns: number): string[] {
  const { findings, otherWriters, historyFailure } = report;
  const written = findings.filter(({ change }) => change !== null).length;
  const resting = findings.filter(isResting);
  const note = (text: string): string[] => fill(text, { first: 'note: ', columns });
  return [
    ...stopsOf(findings).flatMap((stop) =>
      note(`The auditor did not try ${count(stop.findings.length, 'repair')}. ${explainStop(stop.stopped)}`),
    ),
    ...(historyFailure === null ? [] : note(`The history failed: ${makeHarmless(historyFailure, 1000)}`)),
    ...(resting.length === 0
      ? []
      : [
          ...note(`${count(resting.length, 'connection')} paused after refusals. ${RESTING_ADVICE}`),
          ...introduce(
            fill(RETRY_NOW, { columns }),
            retryCommand(
              commands,
              resting.map(({ connection }) => connection.id),
            ),
          ),
        ]),
    ...(written === 0
      ? []
      : [
          ...note(
            `${count(written, 'connection')} written. Other writers during this run: ${describeOtherWriters(otherWriters)}`,
          ),
          ...introduce(
            ['To undo the writes of this run (shows the changes and asks first):'],
            undoCommand(commands, report.runId),
          ),
        ]),
  ];
}
