import type { Finding } from '../../lambda/judge/finding';
import { fill } from '../../lambda/report/text/columns';
import { makeHarmless } from '../../lambda/report/text/harmless';
import { describeDrift } from '../../lambda/report/words/finding';
import { describeRepair } from '../../lambda/report/words/repair';

/** What a person is asked to allow: each connection that would be written, from what to what. */
export function writePlan(planned: readonly Finding[], columns: number): string {
  const lines = planned.flatMap((finding) => {
    const { id, name, strategy } = finding.connection;
    return [
      `${makeHarmless(id)}  ${makeHarmless(strategy, 24)}  ${makeHarmless(name)}`,
      ...fill(describeDrift(finding), { first: '  ', columns }),
      ...fill(describeRepair(finding), { first: '  ', columns }),
    ];
  });
  return ['THESE CONNECTIONS WOULD BE WRITTEN', ...lines].join('\n');
}
