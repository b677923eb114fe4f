import type { CommandContext } from '../command';
import type { Asked } from '../command-options';
import type { ExitCode } from '../exit-code';
import { describeChange } from '../history/describe-change';
import { openHistory } from '../open-history';
import { READING_HISTORY, whileTelling } from '../screen/while-telling';
import { resolveTarget } from '../target';

/** Lists the last changes, newest first. */
export async function listChanges(asked: Asked, context: CommandContext): Promise<ExitCode> {
  const target = await resolveTarget(asked, context, { history: 'writes', credentials: 'none' });
  const { terminal } = context;
  const { commands } = target;
  const { history } = openHistory(target, terminal);
  const { changes, unreported } = (await whileTelling(READING_HISTORY, terminal, () => history.readState())).state;
  terminal.print(
    changes.length === 0
      ? 'This history contains no changes.'
      : changes
          .toReversed()
          .flatMap((entry) => {
            const isUnreported = Object.hasOwn(unreported, entry.runId);
            return describeChange(entry, { isUnreported, commands });
          })
          .join('\n'),
  );
  return 0;
}
