import { type Sandbox, type SandboxOptions, start } from '../../../sandbox/auth0/server';
import { isObject, type Json, type JsonObject, parseJson } from '../../../sandbox/json';

export interface Heard {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: JsonObject;
}

export type Speak = (method: string, path: string, body?: Json, headers?: Record<string, string>) => Promise<Heard>;

/** One exchange over real HTTP. `body` is `{}` if the answer is not a JSON object. */
export async function exchange(url: string, init: RequestInit): Promise<Heard> {
  const response = await fetch(url, { redirect: 'manual', ...init });
  const text = await response.text();
  const parsed = parseJson(text);
  const body = parsed.ok && isObject(parsed.value) ? parsed.value : {};
  return { status: response.status, headers: response.headers, text, body };
}

export function askToken(sandbox: Sandbox, changes: JsonObject = {}): Promise<Heard> {
  return exchange(`${sandbox.origin}/oauth/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      grant_type: 'client_credentials',
      ...sandbox.credentials,
      audience: `https://127.0.0.1:${sandbox.port}/api/v2/`,
      ...changes,
    }),
  });
}

/** Sends a request with a new token. */
export async function speakTo(sandbox: Sandbox): Promise<Speak> {
  const token = String((await askToken(sandbox)).body.access_token);
  return (method, path, body, headers = {}) =>
    exchange(`${sandbox.origin}/api/v2${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
}

/** Starts a sandbox, calls `use`, and stops the sandbox in every case. */
export async function withSandbox(
  options: SandboxOptions,
  use: (speak: Speak, sandbox: Sandbox) => Promise<void>,
): Promise<void> {
  const sandbox = await start({ rateLimit: 'off', ...options });
  try {
    await use(await speakTo(sandbox), sandbox);
  } finally {
    await sandbox.stop();
  }
}

export function objectAt(body: JsonObject, ...path: readonly string[]): JsonObject {
  let current = body;
  for (const key of path) {
    const inner = current[key];
    if (!isObject(inner)) throw new Error(`no object at ${path.join('.')}`);
    current = inner;
  }
  return current;
}

export function listAt(body: JsonObject, key: string): JsonObject[] {
  const list = body[key];
  return Array.isArray(list) ? list.filter(isObject) : [];
}
