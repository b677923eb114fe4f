import type { ChangeEntry, TenantState } from '../../lambda/history/state';
import { introduce } from '../../lambda/report/commands/command';
import { undoCommand } from '../../lambda/report/commands/npm';
import type { CommandPlace } from '../../lambda/report/commands/place';
import { fill } from '../../lambda/report/text/columns';
import { makeHarmless, makeVisible } from '../../lambda/report/text/harmless';
import { describeMoment, quoteAuthor } from '../../lambda/report/words/author';
import { CHANGE_KIND_WORDS } from '../../lambda/report/words/change';
import { count } from '../../lambda/report/words/run';
import { defineCommand } from '../command';
import { HISTORY, TARGET_OPTIONS } from '../command-options';
import type { ExitCode } from '../exit-code';
import { openHistory } from '../open-history';
import { type ResolvedTarget, resolveTarget } from '../target';
import type { Terminal } from '../terminal';

const OPTIONS = { ...TARGET_OPTIONS, history: HISTORY } as const;

export const changesCommand = defineCommand({
  name: 'changes',
  summary: 'Lists what runs and people changed: repairs, undos, releases, unlocks',
  options: OPTIONS,
  example: 'changes --environment dev',
  exitCodes: { 0: 'changes listed', 2: 'history not readable, or wrong usage' },
  run: async (options, { environments, terminal }) =>
    listChanges(
      await resolveTarget(options, { environments, terminal }, { history: 'writes', credentials: 'none' }),
      terminal,
    ),
});

/** The last changes, the newest first. */
async function listChanges(target: ResolvedTarget, terminal: Terminal): Promise<ExitCode> {
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
