import type { IncomingMessage, Server } from 'node:http';

/** A server on this machine that can be stopped and started again. */
export interface Loopback {
  readonly port: number;
  /** Breaks every connection and refuses new ones, until `up`. */
  down(): void;
  /** Listens on the same port again. */
  up(): Promise<void>;
  stop(): Promise<void>;
}

/** Listens on 127.0.0.1. Without a port or with port 0, it uses any free port. */
export async function listenOnLoopback(server: Server, wanted = 0): Promise<Loopback> {
  const listen = (at: number) =>
    new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(at, '127.0.0.1', () => {
        server.off('error', reject);
        resolve();
      });
    });
  await listen(wanted);
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the sandbox has no port');
  const { port } = address;
  return {
    port,
    down() {
      server.close();
      server.closeAllConnections();
    },
    up: () => listen(port),
    async stop() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}
