import type { Report } from '../../judge/report';
import { fill } from '../text/columns';
import { makeHarmless } from '../text/harmless';
import { nameCode } from '../words/finding';
import { daysOpen, describeResolution } from '../words/lifecycle';
import { count } from '../words/run';

/** Good news asks nothing of anybody tonight. */
const SHOWN = 10;

/** Findings of earlier runs that are none any more, and how that is known. */
export function writeResolved(report: Report): string[] {
  const { resolved } = report;
  const more = resolved.length - SHOWN;
  if (resolved.length === 0) return [];
  return [
    `RESOLVED: ${resolved.length}`,
    ...resolved.slice(0, SHOWN).flatMap(({ connection, code, firstSeen, how }) => {
      const days = daysOpen(firstSeen, report);
      const age = days === undefined ? '' : `, after ${count(days, 'day')}`;
      return [
        ...fill(`${makeHarmless(connection.id, 40)}  ${makeHarmless(connection.strategy, 24)}`, { first: '  - ' }),
        ...fill(makeHarmless(connection.name), { first: '    ' }),
        ...fill(`${describeResolution(how)} (${nameCode(code)}${age})`, { first: '    ' }),
      ];
    }),
    ...(more > 0 ? [`  - and ${more} more; the full report has them all`] : []),
  ];
}
