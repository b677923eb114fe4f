import { ALL_SCOPES } from '../auth0/access';
import { type Sandbox, start } from '../auth0/server';
import { isObject, type Json, type JsonObject, parseJson } from '../json';
import { followOthers, impliedPasswordScheme, optionsOf, type Replay, shownConnections } from './recorded-tenant';
import type { Interaction, Recording } from './recording';

/** How often the sandbox said what the recording says. */
export interface Agreement {
  readonly agreed: number;
  readonly compared: number;
}

export interface Conformance {
  readonly name: string;
  readonly statuses: Agreement;
  /** Sets of option keys of single connections, of those that the recording itself created or changed. */
  readonly keySets: Agreement;
  /** Connections shown by the recording that were put into the sandbox as shown: they prove nothing and count nowhere. */
  readonly seeded: number;
  /** `METHOD /path/{id}` of each interaction outside the emulated paths. */
  readonly notEmulated: readonly string[];
  /** In words, with names of keys and never their values. */
  readonly differences: readonly string[];
}

const CONNECTIONS = '/api/v2/connections';

/** Replays one recording over HTTP against a sandbox of its own. */
export async function replay(recording: Recording): Promise<Conformance> {
  const sandbox = await start({
    scopes: ALL_SCOPES,
    rateLimit: 'off',
    passwordScheme: impliedPasswordScheme(recording.interactions),
  });
  try {
    return await compare(recording, sandbox, await fetchToken(sandbox));
  } finally {
    await sandbox.stop();
  }
}

interface Counts {
  statuses: { agreed: number; compared: number };
  keySets: { agreed: number; compared: number };
  seeded: number;
}

async function compare(recording: Recording, sandbox: Sandbox, token: string): Promise<Conformance> {
  const state: Replay = { sandbox, token, ids: new Map(), cursors: new Map(), own: new Set() };
  const counts: Counts = { statuses: { agreed: 0, compared: 0 }, keySets: { agreed: 0, compared: 0 }, seeded: 0 };
  const notEmulated: string[] = [];
  const differences: string[] = [];

  for (const [position, interaction] of recording.interactions.entries()) {
    const [path = '', query = ''] = interaction.path.split('?');
    const id = /^\/api\/v2\/connections\/([^/]+)$/.exec(path)?.[1];
    if (path !== CONNECTIONS && id === undefined) {
      notEmulated.push(`${interaction.method} ${template(path)}`);
      continue;
    }
    const say = (what: string): number =>
      differences.push(`#${position} ${interaction.method} ${template(path)}: ${what}`);

    followOthers(state, interaction, id, query);
    const answer = await send(state, interaction, path, id, query);
    counts.statuses.compared += 1;
    if (answer.status === interaction.status) counts.statuses.agreed += 1;
    else say(`status ${interaction.status}, here ${answer.status}`);
    learn(state, interaction, id, answer);
    compareKeys(state, interaction, answer.body, counts, say);
  }
  return { name: recording.name, ...counts, notEmulated, differences };
}

interface Received {
  readonly status: number;
  readonly body: Json;
}

async function send(
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

function learn(state: Replay, interaction: Interaction, id: string | undefined, answer: Received): void {
  const { method, responseBody } = interaction;
  const recorded = isObject(responseBody) ? responseBody : {};
  const here = isObject(answer.body) ? answer.body : {};
  if (method === 'POST' && typeof recorded.id === 'string') {
    state.own.add(recorded.id);
    if (typeof here.id === 'string') state.ids.set(recorded.id, here.id);
  }
  if (method === 'PATCH' && id !== undefined) state.own.add(id);
  if (typeof recorded.next === 'string' && typeof here.next === 'string') state.cursors.set(recorded.next, here.next);
}

/** Compares the option keys of each connection in an answer, and of each one that only one side has. */
function compareKeys(
  state: Replay,
  interaction: Interaction,
  body: Json,
  counts: Counts,
  say: (what: string) => number,
): void {
  if (interaction.status >= 300) return;
  const here = new Map(shownConnections(body).map((connection) => [connection.id, connection]));
  for (const connection of shownConnections(interaction.responseBody)) {
    const { id: recorded } = connection;
    if (typeof recorded !== 'string') continue;
    const mine = here.get(state.ids.get(recorded) ?? recorded);
    here.delete(state.ids.get(recorded) ?? recorded);
    if (!state.own.has(recorded)) {
      counts.seeded += 1;
      continue;
    }
    counts.keySets.compared += 1;
    const difference = mine === undefined ? 'a connection is missing here' : keyDifference(connection, mine);
    if (difference === undefined) counts.keySets.agreed += 1;
    else say(difference);
  }
  for (const _ of here) {
    counts.keySets.compared += 1;
    say('a connection is shown here that the recording does not show');
  }
}

function keyDifference(recorded: JsonObject, mine: JsonObject): string | undefined {
  const theirs = Object.keys(optionsOf(recorded) ?? {});
  const ours = Object.keys(optionsOf(mine) ?? {});
  const missing = theirs.filter((key) => !ours.includes(key));
  const extra = ours.filter((key) => !theirs.includes(key));
  const parts: string[] = [];
  if ('options' in recorded !== 'options' in mine) parts.push('options are shown on one side only');
  if (missing.length > 0) parts.push(`options lack ${missing.join(', ')}`);
  if (extra.length > 0) parts.push(`options add ${extra.join(', ')}`);
  return parts.length === 0 ? undefined : parts.join('; ');
}

/** A path with its ids replaced, so that paths can be grouped. */
function template(path: string): string {
  return path
    .split('/')
    .map((segment) =>
      /^[a-z]{2,4}_[A-Za-z0-9]{8,}$|^[A-Za-z0-9_-]{20,}$/.test(segment) && !/^[a-z-]+$/.test(segment)
        ? '{id}'
        : segment,
    )
    .join('/');
}

async function fetchToken(sandbox: Sandbox): Promise<string> {
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
