import type { Connection } from '../../lambda/connection/connection';
import type { Tenant } from '../../lambda/connection/tenant';
import { createHistory } from '../../lambda/history/keep';
import type { Report } from '../../lambda/judge/report';
import type { Policy } from '../../lambda/policy/policy';
import { runAudit } from '../../lambda/run/run-audit';
import type { Run, World } from '../../lambda/run/world';
import { DEFAULT_CADENCE } from '../../lambda/settings';
import { NOW } from '../connection/sample-connection';
import { createMemoryStore } from '../history/memory-store';

export const GRANTED = ['read:connections', 'read:connections_options'];
export const POLICY: Policy = { default: { expect: 'on_each_login' } };

interface FakeTenant {
  /** A function is called at its place in the listing: it may throw. */
  readonly connections?: readonly (Connection | (() => never))[];
  readonly scopes?: readonly string[] | undefined;
  readonly access?: () => never;
}

/** A tenant that can be read and not written. */
function tenantOf({ connections = [], access, ...rest }: FakeTenant, asked: string[] = []): Tenant {
  const granted = 'scopes' in rest ? rest.scopes : GRANTED;
  const refuse = (name: string) => async () => {
    asked.push(name);
    throw new Error(`${name} is not for an audit that reports`);
  };
  return {
    async access() {
      asked.push('access');
      access?.();
      return { scopes: granted === undefined ? undefined : new Set(granted) };
    },
    async *listConnections() {
      asked.push('listConnections');
      for (const connection of connections) yield typeof connection === 'function' ? connection() : connection;
    },
    readConnection: refuse('readConnection'),
    rewriteConnection: refuse('rewriteConnection'),
    async *listWrites() {
      asked.push('listWrites');
      yield* [];
    },
  };
}

interface Options extends FakeTenant {
  readonly policy?: Policy;
  readonly run?: Partial<Run>;
  readonly world?: Partial<World>;
}

/** A run over a fake tenant, and what it asked of the world. */
export async function audit(options: Options): Promise<{ report: Report; asked: readonly string[] }> {
  const asked: string[] = [];
  let time = NOW;
  const run: Run = {
    runId: 'run-1',
    environment: 'prod',
    tenant: 'example.eu.auth0.com',
    mode: 'report',
    policy: options.policy ?? POLICY,
    policyFingerprint: 'made-up',
    timeZone: 'UTC',
    caps: undefined,
    quarantine: { repairs: 3, days: 7 },
    cadence: DEFAULT_CADENCE,
    withoutPeople: false,
    ...options.run,
  };
  const world: World = {
    tenant: tenantOf(options, asked),
    history: createHistory(createMemoryStore(), run.tenant),
    mayWrite: async () => {
      asked.push('mayWrite');
      return true;
    },
    approve: async () => {
      asked.push('approve');
      return true;
    },
    now: () => {
      time += 1_000;
      return time;
    },
    sleep: async () => undefined,
    stopAt: Number.POSITIVE_INFINITY,
    overBy: Number.POSITIVE_INFINITY,
    ...options.world,
  };
  return { report: await runAudit(run, world), asked };
}
