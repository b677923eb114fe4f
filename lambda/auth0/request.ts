import http from 'node:http';
import https from 'node:https';
import type { Readable } from 'node:stream';
import axios, { type AxiosInstance } from 'axios';
import { version } from '../../package.json';
import { isObject } from '../connection/own-entry';
import { SERVICE } from '../contract';
import type { Attempt } from './exchange';

/**
 * What came back: a status with its text, or no answer and a code such as ECONNRESET. `text` is `undefined` where the
 * body is not UTF-8: read with replacement characters, it would be written back with them.
 */
export type RawAnswer =
  | { readonly status: number; readonly headers: Headers; readonly text: string | undefined }
  | { readonly status: undefined; readonly headers: Headers; readonly broken: string };

type Headers = Readonly<Record<string, string | undefined>>;

/** The headers that pacing and repeating live on; the others stay behind. */
const HEADERS = ['retry-after', 'x-ratelimit-limit', 'x-ratelimit-remaining', 'x-ratelimit-reset'] as const;
/** 100 connections with their certificates and scripts stay far below this. */
const MAX_ANSWER_BYTES = 32 * 1024 * 1024;

/**
 * Text in, bytes out: left to itself axios returns half a JSON as a plain string, takes bytes that are no text for
 * characters, and follows redirects with the bearer token. axios reads no proxy from the environment. A proxy that ends
 * TLS would see every upstream secret, so `httpsAgent` may open tunnels only; without one each connection is direct.
 */
export function createClient(origin: string, httpsAgent = new https.Agent({ keepAlive: true })): AxiosInstance {
  const identity = Buffer.from(JSON.stringify({ name: SERVICE, version })).toString('base64url');
  return axios.create({
    baseURL: origin,
    headers: { 'User-Agent': `${SERVICE}/${version}`, 'Auth0-Client': identity, Accept: 'application/json' },
    responseType: 'stream',
    transformRequest: [(body: unknown) => body],
    transformResponse: [(body: unknown) => body],
    validateStatus: () => true,
    maxRedirects: 0,
    maxContentLength: MAX_ANSWER_BYTES,
    maxBodyLength: MAX_ANSWER_BYTES,
    proxy: false,
    httpAgent: new http.Agent({ keepAlive: true }),
    httpsAgent,
  });
}

/**
 * One exchange. The only place that sees axios: its error carries the bearer token, the client secret and half an
 * answer with upstream secrets, so nothing of it leaves but a code.
 */
export async function ask(
  client: AxiosInstance,
  { method, path, headers, body }: Attempt<unknown>,
  timeoutMs: number,
): Promise<RawAnswer> {
  const signal = AbortSignal.timeout(Math.max(1, Math.ceil(timeoutMs)));
  const type = body === undefined ? {} : { 'Content-Type': 'application/json' };
  try {
    const answer = await client.request<Readable>({
      method,
      url: path,
      headers: { ...headers, ...type },
      data: body,
      signal,
    });
    const kept = HEADERS.map((name) => [name, textOf(answer.headers[name])]);
    return { status: answer.status, headers: Object.fromEntries(kept), text: await decode(answer.data) };
  } catch (error) {
    return { status: undefined, headers: {}, broken: signal.aborted ? 'TIMEOUT' : codeOf(error) };
  }
}

/**
 * The text as it comes, so that the bytes of a page are never held together: a long listing left up to 60 MB of them
 * to be collected. JSON is UTF-8 (RFC 8259, section 8.1).
 */
async function decode(body: Readable): Promise<string | undefined> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let text = '';
  let isText = true;
  const append = (bytes?: Uint8Array): void => {
    try {
      text += decoder.decode(bytes, { stream: bytes !== undefined });
    } catch {
      isText = false;
    }
  };
  // To its end in any case: an answer that breaks off is another failure than one that is no text.
  for await (const bytes of body) if (isText) append(bytes);
  if (isText) append();
  return isText ? text : undefined;
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** An error of axios before the answer, and of Node.js's stream once it has begun. */
function codeOf(error: unknown): string {
  const { message, code } = isObject(error) ? error : {};
  // axios gives a body that is too long the code of a bad answer; only its message tells the two apart.
  if (typeof message === 'string' && message.startsWith('maxContentLength')) return 'ANSWER_TOO_LARGE';
  return typeof code === 'string' && /^[A-Z][A-Z0-9_]{2,60}$/.test(code) ? code : 'UNKNOWN';
}
