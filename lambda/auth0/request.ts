import http from 'node:http';
import https from 'node:https';
import type { Readable } from 'node:stream';
import axios, { type AxiosInstance } from 'axios';
import { version } from '../../package.json';
import { isObject } from '../connection/own-entry';
import { SERVICE } from '../contract';
import type { Attempt } from './exchange';

/**
 * What came back: a status with its text, or no answer and a code such as ECONNRESET. `text` is `undefined` if the body
 * is not UTF-8: if the body were read with replacement characters, a write would send these characters back.
 */
export type RawAnswer =
  | { readonly status: number; readonly headers: Headers; readonly text: string | undefined }
  | { readonly status: undefined; readonly headers: Headers; readonly broken: string };

type Headers = Readonly<Record<string, string | undefined>>;

/** The headers that pacing and retries need. All other headers are dropped. */
const HEADERS = ['retry-after', 'x-ratelimit-limit', 'x-ratelimit-remaining', 'x-ratelimit-reset'] as const;
/** 100 connections with their certificates and scripts stay far below this. */
const MAX_ANSWER_BYTES = 32 * 1024 * 1024;

/**
 * Sends text and receives bytes. By default, axios returns half a JSON as a plain string, decodes bytes that are not
 * text as characters, and follows redirects with the bearer token. With `proxy: false`, axios reads no proxy from the
 * environment. A proxy that ends TLS would see every upstream secret, so `httpsAgent` is allowed to open tunnels only.
 * Without `httpsAgent`, each connection is direct.
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
 * Makes one exchange. Only this function handles errors of axios: such an error contains the bearer token, the client
 * secret and half an answer with upstream secrets, so the function returns only a code.
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
 * Decodes the body as it arrives, so that the bytes of a page are never in memory together: in a long listing, up to 60
 * MB of them waited for garbage collection. JSON is UTF-8 (RFC 8259, section 8.1).
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
  // Read the body to its end in every case: a body that breaks off is a different failure from a body that is not text.
  for await (const bytes of body) if (isText) append(bytes);
  if (isText) append();
  return isText ? text : undefined;
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** The code of an axios error before the answer, or of a Node.js stream error after the answer has begun. */
function codeOf(error: unknown): string {
  const { message, code } = isObject(error) ? error : {};
  // axios uses the same code for a body that is too long and for a bad answer. Only the message differs.
  if (typeof message === 'string' && message.startsWith('maxContentLength')) return 'ANSWER_TOO_LARGE';
  return typeof code === 'string' && /^[A-Z][A-Z0-9_]{2,60}$/.test(code) ? code : 'UNKNOWN';
}
