import { parseConnection } from '../lambda/auth0/wire-connection';
import type { Connection } from '../lambda/connection/connection';
import { SETTING } from '../lambda/connection/setting';
import {
  type FreshConnection,
  type LoggedWrite,
  type Tenant,
  TenantFailure,
  type WriteAnswer,
} from '../lambda/connection/tenant';
import { type Caller, CallFault, type Faults } from './faults';
import type { Random } from './random';

/** One PATCH that took effect. */
export interface Effect {
  readonly runId: string;
  readonly connectionId: string;
  /** True time, milliseconds since the epoch. */
  readonly at: number;
  readonly before: string | null;
  readonly after: string | null;
}

type Options = Readonly<Record<string, unknown>>;

/** A tenant that all processes share. It has only the parts that the core uses. */
export interface SharedTenant {
  readonly effects: readonly Effect[];
  /** Writes that changed another option than the setting; each is one sentence. */
  readonly violations: readonly string[];
  valueOf(id: string): string | null | undefined;
  readonly ids: readonly string[];
  /** An edit by another person; `null` removes the key. */
  edit(id: string, value: string | null): void;
  remove(id: string): void;
  openFor(caller: Caller, faults: Faults, random: Random): Tenant;
  /** The connections in the last listing of each process. */
  readonly listed: ReadonlyMap<Caller, readonly string[]>;
}

const PAGE = 5;
const SCOPES = new Set([
  'read:connections',
  'read:connections_options',
  'update:connections',
  'update:connections_options',
  'read:logs',
]);

/**
 * `isOlder`: some connections lack an option that Auth0 fills in at a write. Auth0 refuses every write to some other
 * connections, as it does if the identity provider no longer answers.
 */
export function createTenant(count: number, now: () => number, { isOlder }: { isOlder: boolean }): SharedTenant {
  const refused = new Set<string>();
  const connections = new Map<string, { readonly strategy: string; options: Options }>();
  const effects: Effect[] = [];
  const violations: string[] = [];
  const log: LoggedWrite[] = [];
  const listed = new Map<Caller, readonly string[]>();
  for (let index = 0; index < count; index += 1) {
    const id = `con_${String(index).padStart(4, '0')}`;
    const options = {
      client_secret: `made-up-${index}`,
      [SETTING]: index % 4 === 0 ? 'on_first_login' : 'on_each_login',
      scope: ['openid', index],
      ...{ type: 'back_channel', attribute_map: { mapping_mode: 'use_map' }, connection_settings: { pkce: 'auto' } },
      ...(isOlder && index % 5 < 2 ? {} : FILLED),
    };
    if (isOlder && index % 8 === 4) refused.add(id);
    connections.set(id, { strategy: index % 3 === 0 ? 'oidc' : 'okta', options });
  }

  const textOf = (id: string): string | undefined => {
    const found = connections.get(id);
    return found && JSON.stringify({ id, name: `name-${id}`, strategy: found.strategy, options: found.options });
  };
  const freshOf = (text: string | undefined): FreshConnection | undefined => {
    if (text === undefined) return undefined;
    const parsed = parseConnection(JSON.parse(text), text);
    if (!parsed.ok) throw new Error(parsed.problem);
    return parsed.value;
  };
  const valueIn = (options: Options): string | null => {
    const value = options[SETTING];
    return typeof value === 'string' ? value : null;
  };

  function patch(id: string, body: string, read: string, runId: string): string | undefined {
    const found = connections.get(id);
    if (found === undefined) return undefined;
    const { options }: { options: Options } = JSON.parse(body);
    const { options: seen }: { options: Options } = JSON.parse(read);
    // The violation is stored, not thrown, because the core might handle the error of a port and continue.
    if (rest(options) !== rest(seen)) violations.push(`${runId} sent other options of ${id} than it had read`);
    effects.push({ runId, connectionId: id, at: now(), before: valueIn(found.options), after: valueIn(options) });
    log.push({ ...NOBODY, connectionId: id, at: now(), correlationId: runId });
    found.options = { ...FILLED, ...options };
    return textOf(id);
  }

  return {
    effects,
    violations,
    listed,
    ids: [...connections.keys()],
    valueOf: (id) => {
      const found = connections.get(id);
      return found && valueIn(found.options);
    },
    edit(id, value) {
      const found = connections.get(id);
      if (found === undefined) return;
      const { [SETTING]: _, ...others } = found.options;
      found.options = value === null ? others : { ...others, [SETTING]: value };
      log.push({ ...NOBODY, connectionId: id, at: now(), correlationId: undefined });
    },
    remove: (id) => void connections.delete(id),
    openFor: (caller, faults, random) => ({
      access: async () => ({ scopes: SCOPES }),
      async *listConnections(): AsyncGenerator<Connection> {
        const ids = [...connections.keys()];
        const isShort = random.isTrue(faults.listsShort);
        const cut = isShort ? random.below(ids.length) : ids.length;
        listed.set(caller, ids.slice(0, cut));
        for (let from = 0; from === 0 || from < cut; from += PAGE) {
          const page = await asked(caller, `list ${from}`, () =>
            ids.slice(from, Math.min(cut, from + PAGE)).flatMap((id) => textOf(id) ?? []),
          );
          for (const text of page) {
            const fresh = freshOf(text);
            if (fresh !== undefined) yield fresh.connection;
          }
        }
      },
      readConnection: async (id) => freshOf(await asked(caller, `read ${id}`, () => textOf(id))),
      async rewriteConnection(id, correlationId, decide) {
        await caller.pause(random.below(faults.turnMs + 1));
        const read = await asked(caller, `fresh read ${id}`, () => textOf(id));
        const readAt = now();
        const decided = decide(freshOf(read));
        const { body } = decided;
        if (body === undefined || read === undefined) return { decided, answer: undefined, windowMs: 0 };
        const answer = await write(caller, id, () =>
          refused.has(id) ? REFUSED : patch(id, body.open(), read, correlationId),
        );
        return { decided, answer, windowMs: now() - readAt };
      },
      async *listWrites(from, to) {
        // This call never fails: only the log shows a write of a cut run that a person reverted before the next run.
        yield* log.filter(({ at }) => at >= from && at <= to);
      },
    }),
  };

  async function write(
    caller: Caller,
    id: string,
    effect: () => string | WriteAnswer | undefined,
  ): Promise<WriteAnswer> {
    try {
      const said = await caller.call(`WRITE ${id}`, effect);
      if (typeof said === 'object') return said;
      const fresh = freshOf(said);
      if (fresh === undefined) {
        const words = 'The connection does not exist.';
        return { kind: 'refused', message: words, words, concerns: 'unknown' };
      }
      return { kind: 'answered', sealed: fresh.sealed };
    } catch (error) {
      if (!(error instanceof CallFault)) throw error;
      return { kind: 'unknown', message: 'No answer.' };
    }
  }
}

const FILLED = { schema_version: 'oidc-V4' };

const WORDS = 'The issuer could not be reached.';
const REFUSED: WriteAnswer = { kind: 'refused', message: WORDS, words: WORDS, concerns: 'connection' };

const NOBODY = {
  channel: 'api',
  email: null,
  clientName: null,
  clientId: null,
  address: null,
  userAgent: null,
} as const;

function rest({ [SETTING]: _, ...others }: Options): string {
  return JSON.stringify(others);
}

async function asked<T>(caller: Caller, what: string, effect: () => T): Promise<T> {
  try {
    return await caller.call(what, effect);
  } catch (error) {
    if (!(error instanceof CallFault)) throw error;
    throw new TenantFailure('no_answer', `${what}: no answer.`);
  }
}
