import type { ChangeEntry } from '../../lambda/history/state';
import { introduce } from '../../lambda/report/commands/command';
import { undoCommand } from '../../lambda/report/commands/npm';
import type { CommandPlace } from '../../lambda/report/commands/place';
import { fill } from '../../lambda/report/text/columns';
import { makeHarmless, makeVisible } from '../../lambda/report/text/harmless';
import { describeMoment, quoteAuthor } from '../../lambda/report/words/author';
import { CHANGE_KIND_WORDS } from '../../lambda/report/words/change';
import { count } from '../../lambda/report/words/run';

interface Context {
  /** The change is not yet reported to recipients or consumers. */
  readonly isUnreported: boolean;
  readonly commands: CommandPlace;
}

/** A change in lines of at most 80 columns, with the command that undoes it, if there is one. */
export function describeChange(entry: ChangeEntry, { isUnreported, commands }: Context): string[] {
  const { runId, kind, at, connections } = entry;
  return [
    `${describeMoment(at)}  ${makeVisible(runId)}`,
    ...fill(
      [CHANGE_KIND_WORDS[kind].name, count(connections, 'connection'), ...factsOf(entry, isUnreported)].join(', '),
      {
        first: '  ',
        columns: 80,
      },
    ),
    ...(kind === 'repair' && connections > 0
      ? introduce(['  To undo it (shows the changes and asks first):'], undoCommand(commands, runId))
      : []),
  ];
}

/** The author of the change, the run that it reverts, and the reason. */
export function factsOf({ by, reason, of, isCut }: ChangeEntry, isUnreported: boolean): string[] {
  return [
    `by ${nameActor(by)}`,
    ...(of === null || of === '' ? [] : [`of run ${makeVisible(of)}`]),
    ...(isCut ? ['the run did not record its end'] : []),
    ...(isUnreported ? ['not reported yet'] : []),
    ...(reason === null ? [] : [`reason: ${makeHarmless(reason, 300)}`]),
  ];
}

/** The name of an author; `null` is the function. */
export function nameActor(by: string | null): string {
  return by === null ? 'the function' : quoteAuthor(by);
}
