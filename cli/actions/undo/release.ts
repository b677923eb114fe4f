import type { History } from '../../../lambda/history/history';
import { releaseHolds, type TenantState } from '../../../lambda/history/state';
import type { ChangedConnection } from '../../../lambda/judge/change';
import { didYouMean } from '../../../lambda/policy/nearest';
import { makeHarmless, makeVisible } from '../../../lambda/report/text/harmless';
import { count } from '../../../lambda/report/words/run';
import { changeBy, keepChange, type Person } from '../../../lambda/run/people/personal-change';
import type { ExitCode } from '../../exit-code';
import { TargetError } from '../../target-error';
import type { Terminal } from '../../terminal';

const HELD_SHOWN = 50;

/** Ends the hold of a connection, or all holds of an undone run, so that runs can repair the connections again. */
export async function releaseConnections(
  id: string,
  person: Person,
  { history, terminal }: { readonly history: History; readonly terminal: Terminal },
): Promise<ExitCode> {
  const { print, now } = terminal;
  const { state } = await history.readState();
  const held = Object.entries(state.holds).filter(([connectionId, hold]) => connectionId === id || hold.runId === id);
  const [first] = held;
  if (first === undefined) {
    throw new TargetError([`--release: '${makeHarmless(id)}' is not held${explainHeld(id, state.holds)}`]);
  }
  const of = Object.hasOwn(state.holds, id) ? first[1].runId : id;
  const at = new Date(now()).toISOString();
  const connections = held.map(([connectionId]) => toReleased(connectionId, state, at));
  const change = { ...changeBy(person, { kind: 'release', of, at: now() }), connections };
  const ids = new Set(held.map(([connectionId]) => connectionId));
  const failure = await keepChange(history, { person, change }, (current) => releaseHolds(current, ids));
  if (failure !== null) throw new TargetError([`not released: ${failure}`]);
  print(
    held.length === 1
      ? `${first[0]} is no longer held; runs can repair it again.`
      : `${count(held.length, 'connection')} are no longer held; runs can repair them again.`,
  );
  return 0;
}

function toReleased(id: string, { findings }: TenantState, at: string): ChangedConnection {
  const known = Object.hasOwn(findings, id) ? findings[id] : undefined;
  const { name = '', strategy = '' } = known ?? {};
  return { id, name, strategy, before: null, after: null, result: 'released', at };
}

function explainHeld(id: string, holds: TenantState['holds']): string {
  const known = Object.entries(holds).flatMap(([connectionId, { runId }]) => [connectionId, runId]);
  const write = (one: string): string => makeVisible(one);
  return didYouMean(id, [...new Set(known)], { write, otherwise: `; ${listHeld(holds)}` });
}

function listHeld(holds: TenantState['holds']): string {
  const ids = Object.keys(holds);
  const more = ids.length > HELD_SHOWN ? ` and ${ids.length - HELD_SHOWN} more` : '';
  return ids.length === 0 ? 'no connection is' : `held connections: ${ids.slice(0, HELD_SHOWN).join(', ')}${more}`;
}
