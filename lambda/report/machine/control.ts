import { SERVICE } from '../../contract';
import type { EarlierFinding, Report } from '../../judge/report';

/** The control that every finding is about, for tools that count by control. */
export const CONTROL = 'AUTH0-CONN-ROOT-ATTRS';

/** What Auth0 says of the setting. */
export const DOCUMENTATION =
  'https://auth0.com/docs/manage-users/user-accounts/user-profiles/configure-connection-sync-with-auth0';

/** What an id is made of. */
type Identified = Pick<EarlierFinding, 'control'> & { readonly connection: { readonly id: string } };

/**
 * One setting of one connection has one finding, whatever its value, its rule or the run: tools update and close it by
 * this id.
 */
export function findingUid({ tenant }: Pick<Report, 'tenant'>, { connection, control }: Identified): string {
  return `${SERVICE}/${tenant}/${connection.id}/${control}`;
}

/** The id that version 0.1.0 gave to a finding. */
export function formerUid({ tenant }: Pick<Report, 'tenant'>, { connection }: Identified): string {
  return `${SERVICE}/${tenant}/${connection.id}`;
}
