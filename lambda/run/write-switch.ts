import type { WriteSwitch } from '../contract';
import type { Memory } from '../history/memory';
import type { Notice } from '../judge/notice';

/** The kill switch, as one run reads it. */
export interface AskedSwitch {
  readonly ask: () => Promise<WriteSwitch>;
  /** The value that was read last; reads the kill switch now if it was not read before. */
  readonly last: () => Promise<WriteSwitch>;
}

/** Remembers the value of the kill switch. A kill switch that rejects is unreadable. */
export function rememberSwitch(mayWrite: () => Promise<WriteSwitch>): AskedSwitch {
  let said: WriteSwitch | undefined;
  const ask = async (): Promise<WriteSwitch> => {
    said = await mayWrite().catch((): WriteSwitch => 'unreadable');
    return said;
  };
  return { ask, last: async () => said ?? ask() };
}

/**
 * What a run in remediate mode reports about the kill switch, even if nothing had to be written. Otherwise no one would
 * notice that it was left on `stop`. `startedAt`: ISO 8601, UTC.
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
