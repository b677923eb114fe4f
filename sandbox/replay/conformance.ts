import { ALL_SCOPES } from '../auth0/access';
import { type Sandbox, start } from '../auth0/server';
import { isObject, type Json } from '../json';
import { type Comparison, compareConnections, compareRefusals } from './compare-connections';
import { impliedKind } from './implied-kind';
import { followOthers, optionsOf, type Replay, shownConnections } from './recorded-tenant';
import type { Interaction, Recording } from './recording';
import { CONNECTIONS, fetchToken, type Received, send } from './speak';

/** The number of agreements between the sandbox and the recording. */
export interface Agreement {
  readonly agreed: number;
  readonly compared: number;
}

/** The agreements of one or more exchanges. */
export interface Agreements {
  readonly statuses: Agreement;
  /** Keys of single connections, at the top level and in the options. */
  readonly keySets: Agreement;
  /** Values of the keys that both sides have, by connection; and texts of refusals. */
  readonly values: Agreement;
}

/** One exchange with the emulated paths, compared. */
export interface Compared extends Agreements {
  /** From 0. */
  readonly position: number;
  readonly method: string;
  /** The strategy of the connection; undefined for a listing and if it is unknown. */
  readonly strategy: string | undefined;
  /** One text for each key, with names of keys but never with values. */
  readonly differences: readonly string[];
  /** The reason for each value that was compared only by its type. */
  readonly byType: readonly string[];
}

export interface Conformance {
  readonly name: string;
  readonly exchanges: readonly Compared[];
  /** Connections of the recording that were copied into the sandbox. They prove nothing and do not count. */
  readonly seeded: number;
  /** `METHOD /path/{id}` of each interaction outside the emulated paths. */
  readonly notEmulated: readonly string[];
}

/** Replays one recording over HTTP against a separate sandbox. */
export async function replay(recording: Recording): Promise<Conformance> {
  const kind = impliedKind(recording.interactions);
  const sandbox = await start({ scopes: ALL_SCOPES, rateLimit: 'off', kind });
  try {
    return await compare(recording, sandbox, await fetchToken(sandbox));
  } finally {
    await sandbox.stop();
  }
}

async function compare(recording: Recording, sandbox: Sandbox, token: string): Promise<Conformance> {
  const state: Replay = {
    sandbox,
    token,
    ids: new Map(),
    cursors: new Map(),
    own: new Set(),
    sent: new Map(),
    strategies: new Map(),
  };
  const exchanges: Compared[] = [];
  const notEmulated: string[] = [];
  let seeded = 0;
  for (const [position, interaction] of recording.interactions.entries()) {
    const [path = '', query = ''] = interaction.path.split('?');
    const id = /^\/api\/v2\/connections\/([^/]+)$/.exec(path)?.[1];
    if (path !== CONNECTIONS && id === undefined) {
      notEmulated.push(`${interaction.method} ${template(path)}`);
      continue;
    }
    followOthers(state, interaction, id, query);
    const answer = await send(state, interaction, path, id, query);
    learn(state, interaction, id, answer);
    const shown = compareShown(state, interaction, answer.body);
    seeded += shown.seeded;
    exchanges.push(compared(state, { position, interaction, id, answer, shown: shown.comparisons }));
  }
  return { name: recording.name, exchanges, seeded, notEmulated };
}

interface Exchange {
  readonly position: number;
  readonly interaction: Interaction;
  readonly id: string | undefined;
  readonly answer: Received;
  readonly shown: readonly Comparison[];
}

function compared(state: Replay, { position, interaction, id, answer, shown }: Exchange): Compared {
  const { method, status, responseBody, requestBody } = interaction;
  const same = answer.status === status;
  const refused = same && status >= 400 && isObject(responseBody) && isObject(answer.body);
  const refusal = refused ? compareRefusals(responseBody, answer.body) : [];
  const about = isObject(requestBody) && method === 'POST' ? requestBody.strategy : state.strategies.get(id ?? '');
  const values = [...shown.map(({ values }) => values), ...(refused ? [refusal] : [])];
  return {
    position,
    method,
    strategy: typeof about === 'string' ? about : undefined,
    statuses: agreement([same]),
    keySets: agreement(shown.map(({ keys }) => keys.length === 0)),
    values: agreement(values.map((differing) => differing.length === 0)),
    differences: [
      ...(same ? [] : [`status ${status}, here ${answer.status}`]),
      ...shown.flatMap(({ keys }) => keys),
      ...values.flat(),
    ],
    byType: shown.flatMap(({ byType }) => byType),
  };
}

function agreement(all: readonly boolean[]): Agreement {
  return { agreed: all.filter(Boolean).length, compared: all.length };
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
  const of = id ?? recorded.id;
  const sent = optionsOf(interaction.requestBody);
  if (sent !== undefined && interaction.status < 300 && typeof of === 'string') state.sent.set(of, sent);
  if (typeof recorded.strategy === 'string' && typeof of === 'string') state.strategies.set(of, recorded.strategy);
  if (typeof recorded.next === 'string' && typeof here.next === 'string') state.cursors.set(recorded.next, here.next);
}

/** Compares each connection of an answer, and lists each connection that only one side has. */
function compareShown(
  state: Replay,
  interaction: Interaction,
  body: Json,
): { readonly comparisons: readonly Comparison[]; readonly seeded: number } {
  const comparisons: Comparison[] = [];
  let seeded = 0;
  if (interaction.status >= 300) return { comparisons, seeded };
  const here = new Map(shownConnections(body).map((connection) => [connection.id, connection]));
  for (const connection of shownConnections(interaction.responseBody)) {
    const { id: recorded } = connection;
    if (typeof recorded !== 'string') continue;
    const mine = here.get(state.ids.get(recorded) ?? recorded);
    here.delete(state.ids.get(recorded) ?? recorded);
    if (!state.own.has(recorded)) seeded += 1;
    else if (mine === undefined) comparisons.push(oneSided('a connection is missing here'));
    else comparisons.push(compareConnections(connection, mine, state.sent.get(recorded) ?? {}));
  }
  for (const _ of here) comparisons.push(oneSided('a connection is shown here that the recording does not show'));
  return { comparisons, seeded };
}

function oneSided(what: string): Comparison {
  return { keys: [what], values: [], byType: [] };
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
