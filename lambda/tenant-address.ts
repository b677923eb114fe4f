/** Where a tenant is reached: an origin without a trailing slash, and the host as users write it. */
export interface TenantAddress {
  readonly origin: string;
  readonly host: string;
}

export type ParsedAddress =
  | { readonly ok: true; readonly address: TenantAddress }
  | { readonly ok: false; readonly problem: string };

/** The form of a domain, as a text for messages. */
export const ADDRESS_FORM = 'a domain such as example.eu.auth0.com, without path, user or trailing dot';

const LOOPBACK = /^http:\/\/(127\.0\.0\.1|localhost|\[::1\])(:\d{1,5})?$/;
const DOMAIN = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?::\d{1,5})?$/;

/** Removes the `https://` before a pasted domain and one slash after it. */
export function bareDomain(text: string): string {
  return text.replace(/^https:\/\/(?!.*:\/\/)/i, '').replace(/(?<=[^/])\/$/, '');
}

/**
 * A tenant is a domain, `host` or `host:port`, and always https. `https://` and one slash at the end are allowed. The
 * literal prefix `http://` is accepted only for loopback hosts, so that the sandbox and a real tenant differ only in
 * data.
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

/** A name of one part, such as `acme`, is the name of a tenant without its region. It is not a domain. */
function isWholeName(host: string): boolean {
  return host.includes('.') || ['localhost', 'invalid'].includes(host);
}

/** The address of a domain that was checked before; throws if the domain is invalid. */
export function addressOf(domain: string): TenantAddress {
  const parsed = parseTenantAddress(domain);
  if (!parsed.ok) throw new Error(`domain: ${parsed.problem}`);
  return parsed.address;
}

/** The tenant's own address, also if a custom domain reaches it. Audience, history and ids are made from it. */
export function canonicalAddress(address: TenantAddress, canonicalDomain: string | undefined): TenantAddress {
  return canonicalDomain === undefined ? address : addressOf(canonicalDomain);
}

/**
 * The audience of the tokens for the Management API. It is made from the tenant's own domain, also if a custom domain
 * reaches the tenant (Auth0 docs, custom domains).
 */
export function audienceOf(canonical: TenantAddress): string {
  return `${canonical.origin}/api/v2/`;
}

/**
 * The hosts that name the folders of a tenant's history, for function, command line and stack. `tenant`: the host of
 * the tenant's own domain. `former`: the host of the custom domain, which named the folder up to version 0.1.0;
 * `undefined` without a custom domain.
 */
export function historyHostsOf(
  address: TenantAddress,
  canonicalDomain: string | undefined,
): { readonly tenant: string; readonly former: string | undefined } {
  const { host } = canonicalAddress(address, canonicalDomain);
  return { tenant: host, former: host === address.host ? undefined : address.host };
}

/** A domain under `.invalid` (RFC 2606) marks a shipped environment that has not been set up. */
export function isUnset(address: TenantAddress): boolean {
  return /(^|\.)invalid(:\d+)?$/.test(address.host);
}

function portIsValid(written: string): boolean {
  const port = /:(\d{1,5})$/.exec(written)?.[1];
  return port === undefined || (Number(port) >= 1 && Number(port) <= 65535);
}
