import type { Finding } from '../../judge/finding';
import { dashboardLinks } from '../words/dashboard';
import { advise } from './list';

/** More addresses in a row are not followed; the full report has one for each connection. */
const SHOWN = 5;

/** As far in as what `advise` writes. */
const INDENT = ' '.repeat(11);

/**
 * The Dashboard's pages of connections, below what says where to look. An address stands in a line of its own, whole, so
 * that a mail program makes it a link.
 */
export function writeLinks(findings: readonly Finding[], canonicalHost: string): string[] {
  const links = dashboardLinks(
    canonicalHost,
    findings.map(({ connection }) => connection),
  );
  const more = links.length - SHOWN;
  return [
    ...links.slice(0, SHOWN).map(({ address }) => `${INDENT}${address}`),
    ...(more > 0 ? [`${INDENT}and ${more} more; the full report has a link to each`] : []),
  ];
}

/** The same where nothing else says where to look. */
export function writeLook(findings: readonly Finding[], canonicalHost: string): string[] {
  const links = writeLinks(findings, canonicalHost);
  return links.length === 0 ? [] : [...advise('Look', 'In the Auth0 Dashboard:'), ...links];
}
