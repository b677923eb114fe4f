import type { Finding } from '../../judge/finding';
import type { Report } from '../../judge/report';
import { makeHarmless } from '../text/harmless';
import { html, type Markup, NOTHING } from '../text/markup';
import { dashboardLink } from '../words/dashboard';

type Tenant = Pick<Report, 'canonicalHost'>;
type Connection = Pick<Finding['connection'], 'id' | 'strategy'>;

/** The id of a connection, as a link to its page in the Dashboard. The text of the cell stays what filters look for. */
export function linkId(connection: Connection, { canonicalHost }: Tenant): Markup {
  const link = dashboardLink(canonicalHost, connection);
  const id = makeHarmless(connection.id, 40);
  return link?.opens === 'connection' ? html`<a href="${link.address}">${id}</a>` : html`${id}`;
}

/** The strategy of a connection, as a link to the list that has it where nothing proves the address of its page. */
export function linkStrategy(connection: Connection, { canonicalHost }: Tenant): Markup {
  const link = dashboardLink(canonicalHost, connection);
  const strategy = makeHarmless(connection.strategy, 24);
  return link?.opens === 'list' ? html`<a href="${link.address}">${strategy}</a>` : html`${strategy}`;
}

/** What the links of a table open; nothing where it has none. */
export function explainLinks(findings: readonly Finding[], { canonicalHost }: Tenant): Markup {
  const links = findings.flatMap(({ connection }) => dashboardLink(canonicalHost, connection) ?? []);
  if (links.length === 0) return NOTHING;
  const opens = new Set(links.map((link) => link.opens));
  const words = [
    ...(opens.has('connection') ? ['An id with a link opens the connection in the Auth0 Dashboard.'] : []),
    ...(opens.has('list') ? ['A strategy with a link opens the list in which to choose the connection.'] : []),
  ];
  return html`<p class="muted links">${words.join(' ')}</p>`;
}
