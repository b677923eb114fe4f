import { SERVICE } from '../../contract';
import type { Report } from '../../judge/report';

/** The control that every finding is about, for tools that count by control. */
export const CONTROL = 'AUTH0-CONN-ROOT-ATTRS';

/** What Auth0 says of the setting. */
export const DOCUMENTATION =
  'https://auth0.com/docs/manage-users/user-accounts/user-profiles/configure-connection-sync-with-auth0';

/**
 * One thing that can deviate has one finding, whatever its value, its rule or the run: tools update it by this id and
 * close it by this id. A connection has one such setting.
 */
export function findingUid({ tenant }: Pick<Report, 'tenant'>, connectionId: string): string {
  return `${SERVICE}/${tenant}/${connectionId}`;
}
