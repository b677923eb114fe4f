import type { Connection } from '../../lambda/connection/connection';
import type { LoggedWrite, Tenant } from '../../lambda/connection/tenant';
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
  /** A function is called at its place in the listing and can throw. */
  readonly connections?: readonly (Connection | (() => never))[];
  readonly scopes?: readonly string[] | undefined;
  readonly access?: () => never;
  /** Default: throws, like each call that a run over this tenant should not make. */
  readonly readConnection?: Tenant['readConnection'];
  /** Writes in the tenant's log, if the scopes allow reading it. */
  readonly writes?: readonly LoggedWrite[];
}

/** A tenant that can be read but not written to. */
export function tenantOf({ connections = [], writes = [], access, ...rest }: FakeTenant, asked: string[] = []): Tenant {
  const granted = 'scopes' in rest ? rest.scopes : GRANTED;
  const refuse = (name: string) => async () => {
    asked.push(name);
    throw new Error(`${name} is not for this audit`);
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
    async readConnection(id) {
      asked.push(`readConnection ${id}`);
      return (rest.readConnection ?? refuse('readConnection'))(id);
    },
    rewriteConnection: refuse('rewriteConnection'),
    async *listWrites() {
      asked.push('listWrites');
      yield* writes;
    },
  };
}

interface Options extends FakeTenant {
  readonly policy?: Policy;
  readonly run?: Partial<Run>;
  readonly world?: Partial<World>;
}

/** A run in report mode, as the function creates it. */
export function runOf(change: Partial<Run> = {}): Run {
  return {
    runId: 'run-1',
    environment: 'prod',
    tenant: 'example.eu.auth0.com',
    canonicalHost: 'example.eu.auth0.com',
    mode: 'report',
    policy: POLICY,
    policyFingerprint: 'made-up',
    timeZone: 'UTC',
    caps: undefined,
    quarantine: { repairs: 3, days: 7 },
    retry: new Set<string>(),
    cadence: DEFAULT_CADENCE,
    withoutPeople: false,
    by: null,
    ...change,
  };
}

/** A world without a history of earlier runs. Each read of the clock advances it by one second. */
export function worldOf(change: Partial<World> = {}, tenant: FakeTenant = {}, asked: string[] = []): World {
  let time = NOW;
  return {
    tenant: tenantOf(tenant, asked),
    history: createHistory(createMemoryStore(), 'example.eu.auth0.com'),
    mayWrite: async () => {
      asked.push('mayWrite');
      return 'allow';
    },
    approve: async () => {
      asked.push('approve');
      return undefined;
    },
    isInterrupted: () => false,
    isUnannounced: false,
    now: () => {
      time += 1_000;
      return time;
    },
    sleep: async () => undefined,
    stopAt: Number.POSITIVE_INFINITY,
    overBy: NOW + 3_600_000,
    ...change,
  };
}

/** A run on a tenant in memory. `asked`: the calls of the run to its ports. */
export async function audit({ policy, run, world, ...tenant }: Options): Promise<{
  readonly report: Report;
  readonly asked: readonly string[];
}> {
  const asked: string[] = [];
  const asTold = runOf({ ...(policy === undefined ? {} : { policy }), ...run });
  return { report: await runAudit(asTold, worldOf(world, tenant, asked)), asked };
}
