import { strategyOf } from '../../connection/strategies';
import { unreachable } from '../text/unreachable';

/**
 * The path to the setting in the Auth0 Dashboard, with the labels of the Dashboard. All strategies must be of one group.
 * `undefined` if the strategy is unknown, because the path is unknown too. Sources, under
 * https://auth0.com/docs/: manage-users/user-accounts/user-profiles/configure-connection-sync-with-auth0 (the path by
 * type of connection, and the switch); authenticate/identity-providers/enterprise-identity-providers/oidc and
 * .../google-apps (enterprise connections have the switch and its Sync Frequency in the Provisioning view).
 */
export function dashboardPath(strategy: string, ...others: readonly string[]): string | undefined {
  const { group } = strategyOf(strategy);
  switch (group) {
    case 'database':
      return `Authentication > Database > (connection), ${SWITCH}.`;
    case 'social':
      return `Authentication > Social > (connection) > Advanced, ${SWITCH}.`;
    case 'enterprise':
      return `Authentication > Enterprise > ${nameTypes([strategy, ...others])} > (connection) > Provisioning, ${SWITCH} and, below it, "Sync Frequency".`;
    case 'passwordless':
      return 'Authentication > Passwordless. Connections of this type do not have the setting.';
    case null:
      return undefined;
    default:
      return unreachable(group);
  }
}

/** The types of one group of strategies, with the labels of the Dashboard if they are known. */
function nameTypes(strategies: readonly string[]): string {
  return [...new Set(strategies.map((strategy) => strategyOf(strategy).dashboardName ?? '(type)'))].join(' or ');
}

const SWITCH = 'switch "Sync user profile attributes at each login"';

/** A page of the Dashboard: the page of one connection, or the list that contains the connection. */
export interface DashboardLink {
  readonly address: string;
  readonly opens: 'connection' | 'list';
}

/**
 * The Dashboard's page of a connection; `undefined` if its address is not proven: then only `dashboardPath` helps.
 * `canonicalHost`: host of the tenant's own domain, because a custom domain does not contain the tenant's name. Sources:
 * - `/dashboard/REGION/TENANT/`: auth0-cli, `formatManageTenantURL` in internal/cli/utils_shared.go. A domain without a
 *   region is in `us`.
 * - Regions, and names of tenants: https://auth0.com/docs/get-started/auth0-overview/create-tenants. A private cloud has
 *   different hosts.
 * - The pages of a connection: github.com/abbaspour/replate, tf/04-business-website.tf (database),
 *   tf/11-token-vault-connected-accounts.tf (social) and tf/10-user-events-crm.tf (okta), of replate-prd.au.auth0.com.
 * - The lists: `#/connections/enterprise`, and below it `ad`, `oidc`, `okta` and `samlp`, in github.com/auth0/docs-v2. For
 *   `waad`, only `connections/enterprise/waad/create` was seen.
 */
export function dashboardLink(
  canonicalHost: string,
  { id, strategy }: { readonly id: string; readonly strategy: string },
): DashboardLink | undefined {
  const { name, region = 'us' } = TENANT.exec(canonicalHost)?.groups ?? {};
  const page = name === undefined ? undefined : pageOf(id, strategy);
  return page === undefined
    ? undefined
    : { address: `https://manage.auth0.com/dashboard/${region}/${name}/connections/${page.path}`, opens: page.opens };
}

const TENANT = /^(?<name>[a-z0-9][a-z0-9-]{1,61}[a-z0-9])(?:\.(?<region>au|ca|eu|jp|uk|us))?\.auth0\.com$/;

/** Only this form is safe in a link: an id is a foreign text. */
const CONNECTION_ID = /^con_[A-Za-z0-9]{16}$/;

/** The page below `connections/`. It contains a strategy's name only if the table of strategies has it. */
function pageOf(id: string, strategy: string): { path: string; opens: DashboardLink['opens'] } | undefined {
  const { group, dashboardPage } = strategyOf(strategy);
  const isSafe = CONNECTION_ID.test(id);
  switch (group) {
    case 'database':
    case 'social':
      return isSafe ? { path: `${group}/${id}/settings`, opens: 'connection' } : undefined;
    case 'enterprise':
      if (dashboardPage === undefined) return { path: group, opens: 'list' };
      return dashboardPage === 'connection' && isSafe
        ? { path: `${group}/${strategy}/${id}/provisioning`, opens: 'connection' }
        : { path: `${group}/${strategy}`, opens: 'list' };
    default:
      return undefined;
  }
}

/** The pages of several connections in their order, without duplicates. */
export function dashboardLinks(
  canonicalHost: string,
  connections: readonly { readonly id: string; readonly strategy: string }[],
): readonly DashboardLink[] {
  const links = connections.flatMap((connection) => dashboardLink(canonicalHost, connection) ?? []);
  return [...new Map(links.map((link) => [link.address, link])).values()];
}
