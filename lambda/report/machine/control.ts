import { SERVICE } from '../../contract';
import type { FormerFinding } from '../../history/former-ids';
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
export function findingUid(
  { canonicalHost }: Pick<Report, 'canonicalHost'>,
  { connection, control }: Identified,
): string {
  return `${SERVICE}/${canonicalHost}/${connection.id}/${control}`;
}

/** The id that a finding had: version 0.1.0 named no control, and named the custom domain where there is one. */
export function formerUid({ canonicalHost }: Pick<Report, 'canonicalHost'>, finding: FormerFinding): string {
  const { connection, former } = finding;
  const host = former.tenant ?? canonicalHost;
  return former.namesControl ? findingUid({ canonicalHost: host }, finding) : `${SERVICE}/${host}/${connection.id}`;
}
