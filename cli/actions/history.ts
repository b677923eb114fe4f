import type { CommandContext } from '../command';
import type { HistoryOptions } from '../commands/history';
import type { ExitCode } from '../exit-code';
import { listEntries } from '../history/entries';
import { writeListJson } from '../history/list-json';
import { writeList } from '../history/list-text';
import { openHistory } from '../open-history';
import { READING_HISTORY, whileTelling } from '../screen/while-telling';
import { resolveTarget } from '../target';

/** Lists the last runs and changes that are in the state, newest first. */
export async function listHistory(options: HistoryOptions, context: CommandContext): Promise<ExitCode> {
  const { terminal } = context;
  const target = await resolveTarget(options, context, { history: 'writes', credentials: 'none' });
  const { environment, canonicalHost: tenant, commands } = target;
  const { history, place } = openHistory(target, terminal);
  const { state } = await whileTelling(READING_HISTORY, terminal, () => history.readState());
  const entries = listEntries(state);
  terminal.print(
    options.format === 'json'
      ? writeListJson(entries, { environment, tenant, place })
      : writeList(entries, { place, commands }),
  );
  return 0;
}
