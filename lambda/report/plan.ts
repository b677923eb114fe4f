import type { Finding } from '../audit/report';
import { describeDrift } from './finding-words';
import { makeHarmless } from './harmless';
import { fill } from './paragraphs';
import { describeRepair } from './repair-words';

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
