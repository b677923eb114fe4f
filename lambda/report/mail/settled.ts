import type { Finding } from '../../judge/finding';
import type { Report } from '../../judge/report';
import { fill } from '../text/columns';
import { makeHarmless } from '../text/harmless';
import { describeDrift, nameCode } from '../words/finding';
import { daysOpen, describeResolution } from '../words/lifecycle';
import { count } from '../words/run';

/** The maximum number of permitted or resolved findings, which need no action. The full report has the rest. */
const SHOWN = 10;

/** The exempt findings with owner and expiry. Findings that an earlier run found are only counted. */
export function writeExempt(findings: readonly Finding[]): string[] {
  const fresh = findings.filter(({ lifecycle }) => lifecycle !== 'open');
  const more = fresh.length - SHOWN;
  if (fresh.length === 0) return [];
  return [
    'EXEMPT',
    ...fresh.slice(0, SHOWN).flatMap(writeOne),
    ...(more > 0 ? [`- and ${more} more; the full report lists all of them`] : []),
    ...(fresh.length < findings.length
      ? [`- and ${findings.length - fresh.length} more, found by an earlier run`]
      : []),
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

/** The findings of earlier runs that are resolved, and why. */
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
    ...(more > 0 ? [`  - and ${more} more; the full report lists all of them`] : []),
  ];
}
