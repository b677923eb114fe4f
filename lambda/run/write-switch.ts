import type { WriteSwitch } from '../contract';
import type { Memory } from '../history/memory';
import type { Notice } from '../judge/notice';

/** The kill switch, as one run asks it. */
export interface AskedSwitch {
  readonly ask: () => Promise<WriteSwitch>;
  /** What it said last; it is asked now where it was not before. */
  readonly last: () => Promise<WriteSwitch>;
}

/** Remembers what the kill switch says. A switch that rejects is unreadable. */
export function rememberSwitch(mayWrite: () => Promise<WriteSwitch>): AskedSwitch {
  let said: WriteSwitch | undefined;
  const ask = async (): Promise<WriteSwitch> => {
    said = await mayWrite().catch((): WriteSwitch => 'unreadable');
    return said;
  };
  return { ask, last: async () => said ?? ask() };
}

/**
 * What a run that may write says of the kill switch, also where nothing was to be written: else nobody would notice that
 * it has been left on `stop`. `startedAt`: ISO 8601, UTC.
 */
export function stopNotices(
  said: WriteSwitch,
  { state, failure }: Pick<Memory, 'state' | 'failure'>,
  startedAt: string,
): Notice[] {
  if (said === 'allow') return [];
  const since = failure === null ? (state.writesStoppedSince ?? startedAt) : null;
  return [{ code: 'WRITES_STOPPED', since, why: said }];
}
