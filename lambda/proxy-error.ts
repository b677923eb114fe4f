const CODE = /^PROXY_([A-Z0-9_]+)$/;

/**
 * The proxy of HTTPS_PROXY refused a tunnel, or could not open one. Only the command line uses a proxy. The code and
 * the message contain nothing of the proxy's address, which can contain a password.
 */
export class ProxyError extends Error {
  readonly code: string;

  /** `cause`: the status of the proxy's answer, or a code of Node.js such as ECONNREFUSED. */
  constructor(cause: string) {
    const code = `PROXY_${cause}`;
    super(explainProxy(code));
    this.name = 'ProxyError';
    this.code = code;
  }
}

/** What happened at the proxy and what to do; `undefined` for a code that does not belong to a proxy. */
export function explainProxy(code: string): string | undefined {
  const cause = CODE.exec(code)?.[1];
  if (cause === undefined) return undefined;
  if (cause === '407') {
    return 'The proxy in HTTPS_PROXY rejects the credentials (407): put user and password before the host in HTTPS_PROXY, and percent-encode special characters.';
  }
  if (/^4\d\d$/.test(cause)) {
    return `The proxy in HTTPS_PROXY refuses this host (${cause}): ask the operator of the proxy to allow the host, or add the host to NO_PROXY.`;
  }
  if (/^\d+$/.test(cause))
    return `The proxy in HTTPS_PROXY could not open a tunnel to this host (${cause}): check the domain; if it is correct, ask the operator of the proxy.`;
  return `The proxy in HTTPS_PROXY cannot be used (${cause}): check its scheme, host and port.`;
}

/** The proxy will refuse the next tunnel too, or there is no proxy at that address. */
export function isProxyRefusal(code: string): boolean {
  return /^PROXY_(4\d\d|ENOTFOUND|EPROTO|ERR_.*|.*CERT.*|UNABLE_TO_.*)$/.test(code) && code !== 'PROXY_408';
}
