import { SERVICE } from '../../contract';
import type { FormerFinding } from '../../history/former-ids';
import type { EarlierFinding, Report } from '../../judge/report';

/** The control that every finding is about, for tools that count by control. */
export const CONTROL = 'AUTH0-CONN-ROOT-ATTRS';

/** Auth0's documentation of the setting. */
export const DOCUMENTATION =
  'https://auth0.com/docs/manage-users/user-accounts/user-profiles/configure-connection-sync-with-auth0';

/** The parts of an id. */
type Identified = Pick<EarlierFinding, 'control'> & { readonly connection: { readonly id: string } };

/**
 * One setting of one connection has one finding, regardless of its value, its rule and the run. Tools update and close the
 * finding by this id.
 */
export function findingUid(
  { canonicalHost }: Pick<Report, 'canonicalHost'>,
  { connection, control }: Identified,
): string {
  return `${SERVICE}/${canonicalHost}/${connection.id}/${control}`;
}

/** The former id of a finding. Version 0.1.0 used no control, and used the custom domain if the tenant has one. */
export function formerUid({ canonicalHost }: Pick<Report, 'canonicalHost'>, finding: FormerFinding): string {
  const { connection, former } = finding;
  const host = former.tenant ?? canonicalHost;
  return former.namesControl ? findingUid({ canonicalHost: host }, finding) : `${SERVICE}/${host}/${connection.id}`;
}
