import { Agent, type IncomingHttpHeaders, request } from 'node:http';
import type { VirtualClock } from '../sandbox/virtual-clock';
import type { Address } from './measured-tenant';

export interface OtherClient {
  /** Milliseconds between two requests. The client does not wait for an answer before the next request. */
  readonly everyMs: number;
  /** The client sends requests until this is true. */
  readonly isOver: () => boolean;
}

/** One read of the other client, including its retries. */
export interface Wanted {
  /** Milliseconds from the first request to the first answer that is not a 429. */
  readonly tookMs: number;
  /** The number of 429s before that answer. */
  readonly refused: number;
}

/**
 * Another application of the same tenant. It reads one connection at a time, at even intervals, independent of the auditor.
 * It leaves no reserve. After a 429 it waits until `x-ratelimit-reset` (UNIX seconds) and repeats the request.
 */
export async function runOtherClient(
  address: Address,
  clock: VirtualClock,
  { everyMs, isOver }: OtherClient,
): Promise<readonly Wanted[]> {
  const agent = new Agent({ keepAlive: true });
  const ask = (method: string, path: string, headers: Record<string, string> = {}, body = '') =>
    exchange(new URL(path, address.origin), { method, agent, headers }, body);
  const token = await readToken(address, ask);
  const want = async (): Promise<Wanted> => {
    const begun = clock.now();
    for (let refused = 0; ; refused += 1) {
      const answer = await ask('GET', '/api/v2/connections?take=1', { authorization: `Bearer ${token}` });
      if (answer.status === 200) return { tookMs: clock.now() - begun, refused };
      if (answer.status !== 429) throw new Error(`the other client got ${answer.status}`);
      await clock.sleep(Math.max(0, Number(answer.headers['x-ratelimit-reset']) * 1000 - clock.now()));
    }
  };
  const wanted: Promise<Wanted>[] = [];
  while (!isOver()) {
    wanted.push(want());
    await clock.sleep(everyMs);
  }
  const all = await Promise.all(wanted);
  agent.destroy();
  return all;
}

type Ask = (method: string, path: string, headers?: Record<string, string>, body?: string) => Promise<Answer>;

/** The token request uses another bucket. */
async function readToken({ origin, credentials }: Address, ask: Ask): Promise<string> {
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    audience: `${origin}/api/v2/`,
    ...credentials,
  });
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const { status, body } = await ask('POST', '/oauth/token', headers, form.toString());
  const [, token] = /"access_token":"([^"]+)"/.exec(body) ?? [];
  if (token === undefined) throw new Error(`the other client got no token (${status})`);
  return token;
}

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Uses `node:http`, because the virtual clock observes its requests. */
function exchange(
  url: URL,
  options: { readonly method: string; readonly agent: Agent; readonly headers: Record<string, string> },
  sent: string,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = request(url, options, (incoming) => {
      let body = '';
      incoming.setEncoding('utf8');
      incoming.on('data', (chunk: string) => {
        body += chunk;
      });
      incoming.once('error', reject);
      incoming.once('end', () => resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, body }));
    });
    outgoing.once('error', reject);
    outgoing.end(sent);
  });
}
