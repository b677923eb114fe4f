/** Where a tenant is reached: an origin without a trailing slash, and the host as people write it. */
export interface TenantAddress {
  readonly origin: string;
  readonly host: string;
}

export type ParsedAddress =
  | { readonly ok: true; readonly address: TenantAddress }
  | { readonly ok: false; readonly problem: string };

/** What a domain may look like, in words. */
export const ADDRESS_FORM = 'a domain such as example.eu.auth0.com, without path, user or trailing dot';

const LOOPBACK = /^http:\/\/(127\.0\.0\.1|localhost|\[::1\])(:\d{1,5})?$/;
const DOMAIN = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?::\d{1,5})?$/;

/** A domain as a person may paste it, without the `https://` before it and the slash behind it. */
export function bareDomain(text: string): string {
  return text.replace(/^https:\/\/(?!.*:\/\/)/i, '').replace(/(?<=[^/])\/$/, '');
}

/**
 * A tenant is a domain, `host` or `host:port`, and always https; `https://` and one slash at the end may be written. The
 * literal prefix `http://` is accepted for the loopback hosts only, so that the sandbox and a real tenant differ by data
 * alone.
 */
export function parseTenantAddress(text: string): ParsedAddress {
  const written = bareDomain(text).toLowerCase();
  if (LOOPBACK.test(written) && portIsValid(written)) {
    return { ok: true, address: { origin: written, host: written.slice('http://'.length) } };
  }
  const host = written.replace(/:\d+$/, '');
  if (DOMAIN.test(written) && portIsValid(written) && host.length <= 253 && isWholeName(host)) {
    return { ok: true, address: { origin: `https://${written}`, host: written } };
  }
  return {
    ok: false,
    problem: `expected ${ADDRESS_FORM}, got ${JSON.stringify(text.replace(/^.*@/s, '***@'))}`,
  };
}

/** A name of one part is that of a tenant without its region, such as `acme`, and no domain. */
function isWholeName(host: string): boolean {
  return host.includes('.') || ['localhost', 'invalid'].includes(host);
}

/** The address of a domain that has been checked; one that has not is an error. */
export function addressOf(domain: string): TenantAddress {
  const parsed = parseTenantAddress(domain);
  if (!parsed.ok) throw new Error(`domain: ${parsed.problem}`);
  return parsed.address;
}

/** The tenant's own address, also where a custom domain reaches it. Audience, history and ids are made of it. */
export function canonicalAddress(address: TenantAddress, canonicalDomain: string | undefined): TenantAddress {
  return canonicalDomain === undefined ? address : addressOf(canonicalDomain);
}

/**
 * The audience of the Management API's tokens, from the address of the tenant's own domain, also where a custom domain
 * reaches it (Auth0 docs, custom domains).
 */
export function audienceOf(canonical: TenantAddress): string {
  return `${canonical.origin}/api/v2/`;
}

/**
 * The hosts that name the folders of a tenant's history, for function, command line and stack. `tenant`: of the tenant's
 * own domain. `former`: of the custom domain, which named the folder up to version 0.1.0; `undefined` without one.
 */
export function historyHostsOf(
  address: TenantAddress,
  canonicalDomain: string | undefined,
): { readonly tenant: string; readonly former: string | undefined } {
  const { host } = canonicalAddress(address, canonicalDomain);
  return { tenant: host, former: host === address.host ? undefined : address.host };
}

/** A domain under `.invalid` (RFC 2606) is how a shipped environment says that nobody has set it up. */
export function isUnset(address: TenantAddress): boolean {
  return /(^|\.)invalid(:\d+)?$/.test(address.host);
}

function portIsValid(written: string): boolean {
  const port = /:(\d{1,5})$/.exec(written)?.[1];
  return port === undefined || (Number(port) >= 1 && Number(port) <= 65535);
}
