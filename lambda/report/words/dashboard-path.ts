import { strategyOf } from '../../connection/strategies';
import { unreachable } from '../text/unreachable';

/**
 * Where a person finds the setting in the Auth0 Dashboard, in the Dashboard's own words; several strategies are those of
 * one group. `undefined`: the strategy is not known, and so nobody can say where. Sources, under
 * https://auth0.com/docs/: manage-users/user-accounts/user-profiles/configure-connection-sync-with-auth0 (the way by
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

/** The types of one group of strategies, in the Dashboard's words where they are known. */
function nameTypes(strategies: readonly string[]): string {
  return [...new Set(strategies.map((strategy) => strategyOf(strategy).dashboardName ?? '(type)'))].join(' or ');
}

const SWITCH = 'switch "Sync user profile attributes at each login"';
