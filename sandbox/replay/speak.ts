import type { Sandbox } from '../auth0/server';
import { isObject, type Json, parseJson } from '../json';
import type { Replay } from './recorded-tenant';
import type { Interaction } from './recording';

export const CONNECTIONS = '/api/v2/connections';

/** The answer of the sandbox. A body that is not JSON is null. */
export interface Received {
  readonly status: number;
  readonly body: Json;
}

/** Sends a recorded request, with the id and cursor of the sandbox in place of the recorded id and cursor. */
export async function send(
  { sandbox, token, ids, cursors }: Replay,
  interaction: Interaction,
  path: string,
  id: string | undefined,
  query: string,
): Promise<Received> {
  const asked = new URLSearchParams(query);
  const from = asked.get('from');
  if (from !== null) asked.set('from', cursors.get(from) ?? from);
  const suffix = query === '' ? '' : `?${asked}`;
  const here = id === undefined ? path : `${CONNECTIONS}/${ids.get(id) ?? id}`;
  const hasBody = interaction.requestBody !== null && interaction.method !== 'GET' && interaction.method !== 'DELETE';
  const response = await fetch(`${sandbox.origin}${here}${suffix}`, {
    method: interaction.method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(hasBody ? { body: JSON.stringify(interaction.requestBody) } : {}),
  });
  const parsed = parseJson(await response.text());
  return { status: response.status, body: parsed.ok ? parsed.value : null };
}

export async function fetchToken(sandbox: Sandbox): Promise<string> {
  const response = await fetch(`${sandbox.origin}/oauth/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      grant_type: 'client_credentials',
      ...sandbox.credentials,
      audience: `${sandbox.origin}/api/v2/`,
    }),
  });
  const parsed = parseJson(await response.text());
  const token = parsed.ok && isObject(parsed.value) ? parsed.value.access_token : undefined;
  if (typeof token !== 'string') throw new Error('the sandbox issued no token');
  return token;
}
