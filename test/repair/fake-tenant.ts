import { setImmediate as nextTurn } from 'node:timers/promises';
import { parseConnection } from '../../lambda/auth0/wire-connection';
import { Sealed } from '../../lambda/connection/sealed';
import type { FreshConnection, LoggedWrite, Tenant, WriteAnswer } from '../../lambda/connection/tenant';
import { evaluate } from '../../lambda/judge/evaluate';
import { type Finding, toFinding } from '../../lambda/judge/finding';
import { type CompiledPolicy, resolveExpectation } from '../../lambda/policy/expectation';

type Json = Readonly<Record<string, unknown>>;

/** Behavior of the tenant that is different from the default. */
export interface Behaviour {
  /** Called for each PATCH. `undefined`: the write is made and answered. */
  readonly answer?: (id: string) => WriteAnswer | undefined | Promise<WriteAnswer | undefined>;
  /** Called before each read and each rewrite. It can throw to make them fail. */
  readonly onRead?: (id: string) => void;
  /** Sends no PATCH in any case. */
  readonly isReadOnly?: boolean;
  readonly log?: readonly LoggedWrite[];
}

export interface FakeTenant {
  readonly tenant: Tenant;
  /** The current connections, by id. A test can delete entries. */
  readonly stored: Map<string, Json>;
  /** The ids of the connections that received a PATCH, in order. */
  readonly sent: readonly string[];
}

/** A connection of the strategy oidc with this value, no missing options and no other fields. */
export function connectionOf(id: string, value: string | null, fields: Json = {}): Json {
  const setting = value === null ? {} : { set_user_root_attributes: value };
  const options = { schema_version: 'oidc-V4', type: 'back_channel', attribute_map: {}, ...LOGIN, ...setting };
  return { id, name: id, strategy: 'oidc', options, ...fields };
}

/** Options that Auth0 would fill in if they were missing, and that can change a login. */
const LOGIN = {
  connection_settings: { pkce: 'auto' },
  authorization_endpoint: 'https://idp.example/authorize',
  token_endpoint: 'https://idp.example/token',
  userinfo_endpoint: 'https://idp.example/userinfo',
};

/** A tenant in memory. A write replaces options completely and is answered one turn of the event loop later. */
export function createFakeTenant(connections: readonly Json[], behaviour: Behaviour = {}): FakeTenant {
  const stored = new Map(connections.map((connection) => [String(connection.id), connection]));
  const sent: string[] = [];
  const fresh = (id: string): FreshConnection | undefined => {
    behaviour.onRead?.(id);
    const connection = stored.get(id);
    return connection === undefined ? undefined : readFake(connection);
  };
  const tenant: Tenant = {
    access: async () => ({ scopes: undefined }),
    async *listConnections() {},
    readConnection: async (id) => fresh(id),
    async rewriteConnection(id, _, decide) {
      const decided = decide(fresh(id));
      const { body } = decided;
      if (body === undefined || behaviour.isReadOnly === true) return { decided, answer: undefined, windowMs: 0 };
      sent.push(id);
      await nextTurn();
      const answer = await behaviour.answer?.(id);
      if (answer !== undefined) return { decided, answer, windowMs: 7 };
      const written: Json = { ...stored.get(id), ...JSON.parse(body.open()) };
      stored.set(id, written);
      return { decided, answer: { kind: 'answered', sealed: new Sealed(JSON.stringify(written)) }, windowMs: 7 };
    },
    async *listWrites() {
      yield* behaviour.log ?? [];
    },
  };
  return { tenant, stored, sent };
}

/** A connection as the client reads it. */
export function readFake(connection: Json): FreshConnection {
  const text = JSON.stringify(connection);
  const parsed = parseConnection(connection, text);
  if (!parsed.ok) throw new Error(parsed.problem);
  return parsed.value;
}

/** The finding of a connection that deviates from the policy, as the first run of a tenant judges it. */
export function judgeFake(connection: Json, policy: CompiledPolicy): Finding {
  const fresh = readFake(connection).connection;
  const expectation = resolveExpectation(policy, fresh);
  const verdict = evaluate(fresh, expectation);
  if (verdict.verdict !== 'noncompliant') throw new Error('no finding');
  return toFinding(fresh, verdict, expectation, { occurrence: undefined, exemption: undefined });
}
