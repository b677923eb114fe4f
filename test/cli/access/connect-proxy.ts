import { createServer } from 'node:http';
import net from 'node:net';
import { listenOnLoopback } from '../../../sandbox/loopback';

export interface ConnectProxy {
  /** `http://127.0.0.1:PORT`, or with a user and a password in it. */
  address(user?: string): string;
  /** The hosts of the requested tunnels, each with its header Proxy-Authorization. */
  readonly asked: readonly { readonly host: string | undefined; readonly authorization: string | undefined }[];
  /** Requests that were sent to the proxy itself, in clear text. */
  readonly others: readonly (string | undefined)[];
  stop(): Promise<void>;
}

/** A proxy on this machine that opens tunnels (CONNECT), if requested all to one local port, or answers with a text. */
export async function startProxy({
  instead,
  leadsTo,
}: {
  instead?: string;
  leadsTo?: number;
} = {}): Promise<ConnectProxy> {
  const asked: { readonly host: string | undefined; readonly authorization: string | undefined }[] = [];
  const others: (string | undefined)[] = [];
  const sockets = new Set<net.Socket>();
  const server = createServer((request, response) => {
    others.push(request.url);
    response.writeHead(405).end();
  });
  server.on('connection', (socket) => sockets.add(socket));
  server.on('connect', ({ url, headers }, socket) => {
    asked.push({ host: url, authorization: headers['proxy-authorization'] });
    socket.on('error', () => undefined);
    if (instead !== undefined) {
      socket.end(instead);
      return;
    }
    const [, host = '', port] = /^(.*):(\d+)$/.exec(url ?? '') ?? [];
    const to = leadsTo === undefined ? { port: Number(port), host } : { port: leadsTo, host: '127.0.0.1' };
    const upstream = net.connect(to, () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      socket.pipe(upstream).pipe(socket);
    });
    sockets.add(upstream);
    upstream.on('error', () => socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n'));
  });
  const { port, stop } = await listenOnLoopback(server);
  return {
    address: (user) => `http://${user === undefined ? '' : `${user}@`}127.0.0.1:${port}`,
    asked,
    others,
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      await stop();
    },
  };
}
