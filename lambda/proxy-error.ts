const CODE = /^PROXY_([A-Z0-9_]+)$/;

/**
 * The proxy of HTTPS_PROXY refused a tunnel, or gave none. Only the command line uses a proxy. The code and the message
 * hold nothing of the proxy's address, which may carry a password.
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

/** What happened at the proxy and what to do; `undefined` for a code that is not of a proxy. */
export function explainProxy(code: string): string | undefined {
  const cause = CODE.exec(code)?.[1];
  if (cause === undefined) return undefined;
  if (cause === '407') {
    return 'The proxy in HTTPS_PROXY rejects the credentials (407): give user and password in it before the host, with special characters percent-encoded.';
  }
  if (/^4\d\d$/.test(cause)) {
    return `The proxy in HTTPS_PROXY refuses this host (${cause}): have its operator allow the host, or name the host in NO_PROXY.`;
  }
  if (/^\d+$/.test(cause))
    return `The proxy in HTTPS_PROXY could not open a tunnel to this host (${cause}): check the domain, else ask the operator of the proxy.`;
  return `The proxy in HTTPS_PROXY cannot be used (${cause}): check its scheme, host and port.`;
}

/** The proxy will refuse the next tunnel too, or there is none at that address. */
export function isProxyRefusal(code: string): boolean {
  return /^PROXY_(4\d\d|ENOTFOUND|EPROTO|ERR_.*|.*CERT.*|UNABLE_TO_.*)$/.test(code) && code !== 'PROXY_408';
}
