import http from 'node:http';
import https from 'node:https';
import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { ProxyError } from '../../lambda/proxy-error';
import type { ProxyAddress } from './proxy-address';

const TUNNEL_MS = 10_000;

/**
 * Asks a proxy for a tunnel (CONNECT; RFC 9110, section 9.3.6) and returns its socket. TLS runs through the socket to the
 * host itself. Throws only `ProxyError`.
 */
export function openTunnel(proxy: ProxyAddress, host: string, port: number): Promise<Socket> {
  const authority = `${host.includes(':') ? `[${host}]` : host}:${port}`;
  const headers = {
    Host: authority,
    ...(proxy.authorization === undefined ? {} : { 'Proxy-Authorization': proxy.authorization }),
  };
  return new Promise((resolve, reject) => {
    const request = (proxy.isSecure ? https : http).request({
      host: proxy.host,
      port: proxy.port,
      method: 'CONNECT',
      path: authority,
      headers,
      agent: false,
      timeout: TUNNEL_MS,
    });
    // Any answer to CONNECT arrives as this event. The text of a refusal is not read, because only the proxy controls it.
    request.once('connect', ({ statusCode = 0 }, socket, head) => {
      socket.setTimeout(0);
      if (statusCode >= 200 && statusCode < 300 && head.length === 0) resolve(socket);
      else {
        socket.destroy();
        reject(new ProxyError(head.length === 0 || statusCode >= 300 ? String(statusCode) : 'BAD_ANSWER'));
      }
    });
    request.once('timeout', () => request.destroy(new ProxyError('TIMEOUT')));
    request.once('error', (error: NodeJS.ErrnoException) => {
      reject(error instanceof ProxyError ? error : new ProxyError(codeOf(error)));
    });
    request.end();
  });
}

function codeOf({ code = '' }: NodeJS.ErrnoException): string {
  return /^[A-Z][A-Z0-9_]{2,60}$/.test(code) ? code : 'UNKNOWN';
}

/** For the clients of Auth0 and AWS: each https connection uses the proxy, except to the hosts in NO_PROXY. */
export class TunnelAgent extends https.Agent {
  readonly #proxy: ProxyAddress;

  constructor(proxy: ProxyAddress) {
    super({ keepAlive: true });
    this.#proxy = proxy;
  }

  override createConnection(
    options: https.RequestOptions,
    callback: (error: Error | null, stream: Duplex) => void = () => undefined,
  ): Duplex | null | undefined {
    const host = options.host ?? '';
    const port = Number(options.port ?? 443);
    if (this.#proxy.isBypassed(host, port)) return super.createConnection(options);
    openTunnel(this.#proxy, host, port).then(
      (socket) => {
        // The certificate is checked as without a proxy: `options` names the requested host.
        const secured = super.createConnection(Object.assign({}, options, { socket }));
        if (secured) callback(null, secured);
      },
      // If there is an error, Node.js ignores the stream.
      (error: Error) => callback(error, new Socket()),
    );
    return undefined;
  }
}
