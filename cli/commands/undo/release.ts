import type { History } from '../../../lambda/history/history';
import { keepState } from '../../../lambda/history/memory';
import { releaseHold, type TenantState } from '../../../lambda/history/state';
import { makeHarmless } from '../../../lambda/report/text/harmless';
import type { ExitCode } from '../../exit-code';
import { TargetError } from '../../target';
import type { Terminal } from '../../terminal';

const HELD_SHOWN = 50;

/** Ends the hold of a connection, so that runs may repair it again. */
export async function releaseConnection(
  connectionId: string,
  history: History,
  { print }: Terminal,
): Promise<ExitCode> {
  const { state } = await history.readState();
  if (!Object.hasOwn(state.holds, connectionId)) {
    throw new TargetError([`--release: '${makeHarmless(connectionId)}' is not held; ${listHeld(state.holds)}`]);
  }
  const failure = await keepState(history, (current) => releaseHold(current, connectionId));
  if (failure !== null) throw new TargetError([failure]);
  print(`${connectionId} is no longer held; a run may repair it again.`);
  return 0;
}

function listHeld(holds: TenantState['holds']): string {
  const ids = Object.keys(holds);
  const more = ids.length > HELD_SHOWN ? ` and ${ids.length - HELD_SHOWN} more` : '';
  return ids.length === 0 ? 'nothing is' : `held are: ${ids.slice(0, HELD_SHOWN).join(', ')}${more}`;
}
