import type { Report } from '../../lambda/judge/report';
import { introduce } from '../../lambda/report/commands/command';
import { reportCommand } from '../../lambda/report/commands/npm';
import type { CommandPlace } from '../../lambda/report/commands/place';
import { makeVisible } from '../../lambda/report/text/harmless';
import { LOCAL_HISTORY } from '../deployed/history-place';
import type { ResolvedTarget } from '../target';
import type { Terminal } from '../terminal';

/** Prints where a run keeps its record and its page, and the command that writes its report in another format. Prints nothing for a run that is not kept. */
export function sayWhereKept(
  { runId, places }: Report,
  target: ResolvedTarget,
  { note }: Pick<Terminal, 'note'>,
): void {
  if (places === null) return;
  const { record, html } = places;
  note(
    [
      `Record: ${makeVisible(record, 500)}`,
      `Page:   ${makeVisible(html, 500)}`,
      ...introduce(
        ['To write this report in another format, without another run:'],
        reportCommand(placeOfRecord(record, target), runId),
      ),
    ].join('\n'),
  );
}

/** A run uses a local history if the history of its environment is not found. A command about the history then needs `--history`. */
function placeOfRecord(record: string, { deployment, commands }: ResolvedTarget): CommandPlace {
  const { launcher, environment, region, stack, typed = [], typedHistory } = commands;
  const isFallback = deployment.isOfEnvironment && typedHistory === undefined && !record.startsWith('s3://');
  return { launcher, environment, region, stack, typed, typedHistory: isFallback ? LOCAL_HISTORY : typedHistory };
}
