import type { Finding } from '../../judge/finding';
import type { Report } from '../../judge/report';
import { makeHarmless } from '../text/harmless';
import { html, type Markup, NOTHING } from '../text/markup';
import { dashboardLink } from '../words/dashboard';

type Tenant = Pick<Report, 'canonicalHost'>;
type Connection = Pick<Finding['connection'], 'id' | 'strategy'>;

/** The id of a connection, as a link to its page in the Dashboard. The link does not change the text that filters search. */
export function linkId(connection: Connection, { canonicalHost }: Tenant): Markup {
  const link = dashboardLink(canonicalHost, connection);
  const id = makeHarmless(connection.id, 40);
  return link?.opens === 'connection' ? html`<a href="${link.address}">${id}</a>` : html`${id}`;
}

/** The strategy of a connection, as a link to its list in the Dashboard if the address of its own page is not proven. */
export function linkStrategy(connection: Connection, { canonicalHost }: Tenant): Markup {
  const link = dashboardLink(canonicalHost, connection);
  const strategy = makeHarmless(connection.strategy, 24);
  return link?.opens === 'list' ? html`<a href="${link.address}">${strategy}</a>` : html`${strategy}`;
}

/** What the links of a table open; nothing if the table has none. */
export function explainLinks(findings: readonly Finding[], { canonicalHost }: Tenant): Markup {
  const links = findings.flatMap(({ connection }) => dashboardLink(canonicalHost, connection) ?? []);
  if (links.length === 0) return NOTHING;
  const opens = new Set(links.map((link) => link.opens));
  const words = [
    ...(opens.has('connection') ? ['A linked id opens the connection in the Auth0 Dashboard.'] : []),
    ...(opens.has('list') ? ['A linked strategy opens the list of connections; choose the connection there.'] : []),
  ];
  return html`<p class="muted links">${words.join(' ')}</p>`;
}
