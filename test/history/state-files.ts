import { SETTING } from '../../lambda/connection/setting';

const EMPTY = { findings: {}, resolved: {}, repairs: {}, holds: {}, lastTold: null, trend: [] };

/** The JSON of a state as version 0.1.0 wrote it, with some members replaced. */
export function version1(change: object = {}): object {
  return { ...EMPTY, ...change };
}

/** The JSON of a state of version 2 with the same members. */
export function version2(change: object = {}): object {
  const { findings, resolved, repairs, holds, lastTold, trend, ...more } = { ...EMPTY, ...change };
  const control = { findings, resolved, repairs, holds };
  return { version: 2, controls: { [SETTING]: control }, lastTold, trend, ...more };
}
