import type { ChangeEntry, TenantState } from '../../lambda/history/state';
import { introduce } from '../../lambda/report/commands/command';
import { undoCommand } from '../../lambda/report/commands/npm';
import type { CommandPlace } from '../../lambda/report/commands/place';
import { fill } from '../../lambda/report/text/columns';
import { makeHarmless, makeVisible } from '../../lambda/report/text/harmless';
import { describeMoment, quoteAuthor } from '../../lambda/report/words/author';
import { CHANGE_KIND_WORDS } from '../../lambda/report/words/change';
import { count } from '../../lambda/report/words/run';
import type { CommandContext } from '../command';
import type { Asked } from '../command-options';
import type { ExitCode } from '../exit-code';
import { openHistory } from '../open-history';
import { resolveTarget } from '../target';

/** The last changes, the newest first. */
export async function listChanges(asked: Asked, context: CommandContext): Promise<ExitCode> {
  const target = await resolveTarget(asked, context, { history: 'writes', credentials: 'none' });
  const { terminal } = context;
  const { history } = openHistory(target, terminal);
  const { state } = await history.readState();
  const { changes } = state;
  terminal.print(
    changes.length === 0
      ? 'This history knows of no changes.'
      : changes
          .toReversed()
          .flatMap((entry) => describeEntry(entry, { state, commands: target.commands }))
          .join('\n'),
  );
  return 0;
}

interface Context {
  readonly state: TenantState;
  readonly commands: CommandPlace;
}

function describeEntry(entry: ChangeEntry, { state: { unreported }, commands }: Context): string[] {
  const { runId, kind, at, by, reason, of, isCut, connections } = entry;
  const facts = [
    `by ${by === null ? 'the function' : quoteAuthor(by)}`,
    ...(of === null || of === '' ? [] : [`of run ${makeVisible(of)}`]),
    ...(isCut ? ['the run was cut'] : []),
    ...(Object.hasOwn(unreported, runId) ? ['not reported yet'] : []),
    ...(reason === null ? [] : [`reason: ${makeHarmless(reason, 300)}`]),
  ];
  return [
    `${describeMoment(at)}  ${makeVisible(runId)}`,
    ...fill(`${CHANGE_KIND_WORDS[kind].name}, ${count(connections, 'connection')}, ${facts.join(', ')}`, {
      first: '  ',
      columns: 80,
    }),
    ...(kind === 'repair' && connections > 0
      ? introduce(['  To undo it (shows the changes and asks first):'], undoCommand(commands, runId))
      : []),
  ];
}
