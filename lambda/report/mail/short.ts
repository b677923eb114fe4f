import type { Report } from '../../judge/report';
import { fill } from '../text/columns';
import { makeHarmless, makeVisible } from '../text/harmless';
import { WEEKLY_ALL_CLEAR } from '../words/lifecycle';

/** Three lines: what holds, of what, and what it means if they stay away. */
export function writeAllClear(verdict: string, { environment, tenant, runId }: Report): string[] {
  return [
    ...fill(verdict),
    ...fill(`${makeHarmless(environment)}, ${makeVisible(tenant)}, run ${makeVisible(runId)}`),
    ...fill(WEEKLY_ALL_CLEAR),
  ];
}
