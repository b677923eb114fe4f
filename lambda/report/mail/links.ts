import type { Finding } from '../../judge/finding';
import { dashboardLinks } from '../words/dashboard';
import { advise } from './list';

/** The maximum number of addresses in a row. The full report has one for each connection. */
const SHOWN = 5;

/** The indent of the texts that `advise` writes. */
const INDENT = ' '.repeat(11);

/**
 * The Dashboard's pages of connections, below the path in the Dashboard. Each address is unbroken on a separate line, so
 * that a mail program turns it into a link.
 */
export function writeLinks(findings: readonly Finding[], canonicalHost: string): string[] {
  const links = dashboardLinks(
    canonicalHost,
    findings.map(({ connection }) => connection),
  );
  const more = links.length - SHOWN;
  return [
    ...links.slice(0, SHOWN).map(({ address }) => `${INDENT}${address}`),
    ...(more > 0 ? [`${INDENT}and ${more} more; the full report links to each connection`] : []),
  ];
}

/** The same with a label, for a section without the path in the Dashboard. */
export function writeLook(findings: readonly Finding[], canonicalHost: string): string[] {
  const links = writeLinks(findings, canonicalHost);
  return links.length === 0 ? [] : [...advise('Look', 'In the Auth0 Dashboard:'), ...links];
}
