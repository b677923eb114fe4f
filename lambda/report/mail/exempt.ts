import type { Finding } from '../../judge/finding';
import { fill } from '../text/columns';
import { makeHarmless } from '../text/harmless';
import { describeDrift } from '../words/finding';

/** Permitted drift asks nothing of anybody tonight. */
const SHOWN = 10;

/** Who deviates with whose leave, and until when. What was told before is counted only. */
export function writeExempt(findings: readonly Finding[]): string[] {
  const untold = findings.filter(({ lifecycle }) => lifecycle !== 'open');
  const more = untold.length - SHOWN;
  if (untold.length === 0) return [];
  return [
    'EXEMPT',
    ...untold.slice(0, SHOWN).flatMap(writeOne),
    ...(more > 0 ? [`- and ${more} more; the full report has them all`] : []),
    ...(untold.length < findings.length ? [`- and ${findings.length - untold.length} as before`] : []),
  ];
}

function writeOne(finding: Finding): string[] {
  const { connection, exemption } = finding;
  if (exemption === null) return [];
  const [reason, owner, ticket, expires] = [
    makeHarmless(exemption.reason, 200),
    makeHarmless(exemption.owner),
    makeHarmless(exemption.ticket),
    makeHarmless(exemption.expires),
  ];
  return [
    ...fill(makeHarmless(connection.name), { first: '- ' }),
    ...fill(`${makeHarmless(connection.id, 40)}  ${makeHarmless(connection.strategy, 24)}`, { first: '  ' }),
    ...fill(describeDrift(finding), { first: '  ' }),
    ...fill(`until ${expires}, ${owner}, ${ticket}: ${reason}`, { first: '  ' }),
  ];
}
