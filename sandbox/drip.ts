import type { ServerResponse } from 'node:http';

const DRIP_MS = 20;

/** Sends the head of an answer and then one space after the other, until the client or the server closes the connection. */
export function drip(response: ServerResponse, headers: { readonly [name: string]: string }): void {
  response.writeHead(200, headers).write(' ');
  const timer = setInterval(() => response.write(' '), DRIP_MS);
  response.once('close', () => clearInterval(timer));
}
