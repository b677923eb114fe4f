import type { Report } from '../../judge/report';
import { fill } from '../text/columns';
import { makeHarmless, makeVisible } from '../text/harmless';

/** Three lines: what holds, of what, and what it means if they stay away. */
export function writeAllClear(verdict: string, { environment, tenant, runId }: Report): string[] {
  return [
    ...fill(verdict),
    ...fill(`${makeHarmless(environment)}, ${makeVisible(tenant)}, run ${makeVisible(runId)}`),
    ...fill('The weekly all-clear. Should it stay away, the audit does not run.'),
  ];
}
