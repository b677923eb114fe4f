import { type Problem, show } from '../../lambda/policy/problem';
import { isUnset, parseTenantAddress, type TenantAddress } from '../../lambda/tenant-address';
import { environmentProblem } from './problem';

type Fields = Readonly<Record<string, unknown>>;

/** Domains that are reserved and cannot be registered: https://www.rfc-editor.org/rfc/rfc2606 */
const RESERVED = /(^|\.)(example|example\.(com|net|org)|invalid|localhost|test)$/i;

/** The problems of the domains of an environment: domains of the tenant, and domains of addresses. */
export function checkDomains(fields: Fields): Problem[] {
  return [
    ...checkTenant('domain', fields.domain),
    ...checkTenant('canonicalDomain', fields.canonicalDomain),
    ...checkCanonical(fields.domain, fields.canonicalDomain),
    ...checkAddresses(fields),
  ];
}

/** A placeholder is a domain that can be parsed but belongs to no tenant. */
function checkTenant(path: string, value: unknown): Problem[] {
  const address = readAddress(value);
  if (address === undefined || !isPlaceholder(address)) return [];
  const message = isUnset(address)
    ? "is still the placeholder; until you set your tenant's domain, runs report SETUP NEEDED"
    : 'is an example domain; no tenant has this domain';
  return [environmentProblem('NO_TENANT', path, { message, found: show(value), allowed: 'the domain of your tenant' })];
}

/** The documents use `your-tenant.eu.auth0.com`. Another check refuses plain http. */
function isPlaceholder({ origin, host }: TenantAddress): boolean {
  if (!origin.startsWith('https:')) return false;
  return RESERVED.test(host.replace(/:\d+$/, '')) || host.startsWith('your-tenant');
}

/** A domain that needs no canonical domain in addition. Another check refuses plain http. */
const OWN_DOMAIN = /^https:\/\/[^/]+\.auth0\.com(:\d+)?$|^http:/;

function checkCanonical(domain: unknown, canonicalDomain: unknown): Problem[] {
  const [reached, own] = [readAddress(domain), readAddress(canonicalDomain)];
  const found = show(canonicalDomain);
  if (reached === undefined || isPlaceholder(reached)) return [];
  if (typeof canonicalDomain === 'string' && isOwn(reached) && (own === undefined || !isOwn(own))) {
    const message = 'is not under auth0.com, but domain is; the two values are swapped';
    const allowed = "the tenant's own domain in canonicalDomain, and the custom domain in domain";
    return [environmentProblem('NO_CANONICAL_DOMAIN', 'canonicalDomain', { message, found, allowed })];
  }
  if (canonicalDomain !== undefined || isOwn(reached)) return [];
  const message = 'is not set, but domain is not under auth0.com; a token for a custom domain is refused';
  const allowed = "the tenant's own domain, such as example.eu.auth0.com; in a private cloud, the same value as domain";
  return [environmentProblem('NO_CANONICAL_DOMAIN', 'canonicalDomain', { message, found, allowed })];
}

/** Auth0 gives each tenant a domain under auth0.com. Any other domain is a custom domain or the domain of a private cloud. */
function isOwn({ origin }: TenantAddress): boolean {
  return OWN_DOMAIN.test(origin);
}

function readAddress(value: unknown): TenantAddress | undefined {
  const parsed = typeof value === 'string' ? parseTenantAddress(value) : undefined;
  return parsed?.ok === true ? parsed.address : undefined;
}

/** A reserved domain receives no message, and a link to it does not work. */
function checkAddresses({ recipients, docsUrl }: Fields): Problem[] {
  const addresses = Array.isArray(recipients)
    ? recipients.map((value: unknown, index) => ({ path: `recipients[${index}]`, value, host: /@(.+)$/ }))
    : [];
  return [...addresses, { path: 'docsUrl', value: docsUrl, host: /^https:\/\/([^/:]+)/ }].flatMap(
    ({ path, value, host }) => {
      if (typeof value !== 'string' || !RESERVED.test(host.exec(value)?.[1] ?? '')) return [];
      const message = 'uses a domain that is reserved for examples';
      return [
        environmentProblem('EXAMPLE_DOMAIN', path, {
          message,
          found: show(value),
          allowed: 'an address of your own domain',
        }),
      ];
    },
  );
}
