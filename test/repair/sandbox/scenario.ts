import { createTenant } from '../../../lambda/auth0/tenant';
import { createTokenHolder, type TokenHolder } from '../../../lambda/auth0/token';
import { createTransport, type TransportOptions } from '../../../lambda/auth0/transport';
import type { History, PastChange } from '../../../lambda/history/history';
import { createHistory } from '../../../lambda/history/keep';
import type { Finding } from '../../../lambda/judge/finding';
import type { Report } from '../../../lambda/judge/report';
import { compilePolicy } from '../../../lambda/policy/expectation';
import type { Policy } from '../../../lambda/policy/policy';
import { type Undoing, type Undone, undoChange } from '../../../lambda/repair/undo';
import type { UndoResult, UndoWorld } from '../../../lambda/run/people/restore-changes';
import { undoRun } from '../../../lambda/run/people/undo-run';
import { runAudit } from '../../../lambda/run/run-audit';
import type { Run, World } from '../../../lambda/run/world';
import { DEFAULT_CADENCE, DEFAULT_QUARANTINE } from '../../../lambda/settings';
import { ALL_SCOPES } from '../../../sandbox/auth0/access';
import type { ReceivedRequest } from '../../../sandbox/auth0/management-api';
import { type Sandbox, type SandboxOptions, start } from '../../../sandbox/auth0/server';
import type { JsonObject } from '../../../sandbox/json';
import { createVirtualClock, type VirtualClock } from '../../../sandbox/virtual-clock';
import { createMemoryStore, type MemoryStore } from '../../history/memory-store';

export const TENANT = 'example.eu.auth0.com';
export const EACH: Policy = { default: { expect: 'on_each_login' } };
export const FIRST: Policy = { default: { expect: 'on_first_login' } };

export interface ScenarioOptions {
  readonly sandbox?: SandboxOptions;
  readonly transport?: Partial<TransportOptions>;
  readonly policy?: Policy;
}

/** Differences of one run from the defaults. */
export interface RunChanges extends Partial<Run>, Partial<Omit<World, 'tenant' | 'history'>> {
  readonly transport?: Partial<TransportOptions>;
}

/** Differences of one undo of each change from the defaults. */
export interface UndoChanges extends Partial<Pick<Undoing, 'allowsNeverOnLogin' | 'mayStillWrite'>> {
  readonly limitTo?: (change: PastChange) => boolean;
}

/** A sandbox, its history, and any number of runs: the real client over HTTP, with a virtual clock. */
export interface Scenario {
  readonly sandbox: Sandbox;
  readonly clock: VirtualClock;
  readonly store: MemoryStore;
  readonly history: History;
  run(changes?: RunChanges): Promise<Report>;
  undo(runId: string, changes?: UndoChanges): Promise<readonly Undone[]>;
  /** The whole undo of the command: with lease, record and holds. */
  undoWhole(of: string, changes?: Partial<UndoWorld>): Promise<UndoResult>;
  /** Every option and field as stored, by connection id. */
  stored(): ReadonlyMap<string, JsonObject>;
  requests(method?: string): readonly ReceivedRequest[];
}

const opened: { readonly sandbox: Sandbox; readonly clock: VirtualClock }[] = [];

export async function openScenario(options: ScenarioOptions = {}): Promise<Scenario> {
  const clock = createVirtualClock();
  const sandbox = await start({ port: 0, now: clock.now, scopes: ALL_SCOPES, ...options.sandbox });
  opened.push({ sandbox, clock });
  const store = createMemoryStore();
  const history = createHistory(store, TENANT);
  const tokens = holdTokens(sandbox, clock);
  const usual = { ...options.transport };
  const connect = (writes: TransportOptions['writes'], transport: Partial<TransportOptions> = {}) =>
    createTenant(
      createTransport({
        origin: sandbox.origin,
        deadline: Number.POSITIVE_INFINITY,
        writes,
        reservePercent: 20,
        timeoutMs: 5_000,
        now: clock.now,
        sleep: clock.sleep,
        ...usual,
        ...transport,
      }),
      tokens,
      clock.now,
    );
  let runs = 0;
  let undos = 0;
  return {
    sandbox,
    clock,
    store,
    history,
    async run(changes = {}) {
      runs += 1;
      const run: Run = {
        runId: `run-${runs}`,
        environment: 'prod',
        tenant: TENANT,
        canonicalHost: TENANT,
        mode: 'remediate',
        policy: options.policy ?? EACH,
        policyFingerprint: 'made-up-fingerprint',
        timeZone: 'UTC',
        caps: { maxChanges: 10_000, maxPercent: 100 },
        quarantine: DEFAULT_QUARANTINE,
        retry: new Set(),
        cadence: DEFAULT_CADENCE,
        withoutPeople: false,
        by: null,
        ...changes,
      };
      const world = {
        mayWrite: async () => 'allow' as const,
        approve: async () => undefined,
        isInterrupted: () => false,
        isUnannounced: false,
        now: clock.now,
        sleep: clock.sleep,
        stopAt: clock.now() + 3_600_000,
        overBy: clock.now() + 3_700_000,
        ...changes,
      };
      const tenant = connect(run.mode === 'remediate' ? 'allowed' : 'refused', changes.transport);
      return runAudit(run, { ...world, tenant, history });
    },
    async undo(runId, { limitTo = () => true, ...changes } = {}) {
      const tenant = connect('allowed');
      const policy = compilePolicy(options.policy ?? EACH, { now: clock.now(), timeZone: 'UTC' });
      const undone: Undone[] = [];
      for (const change of ((await history.readRun(runId))?.undoable ?? []).filter(limitTo)) {
        const runIdOfUndo = `undo-of-${runId}`;
        const usually = { allowsNeverOnLogin: false, mayStillWrite: () => true };
        undone.push(await undoChange(change, { tenant, policy, runId: runIdOfUndo, ...usually, ...changes }));
      }
      return undone;
    },
    undoWhole(of, changes = {}) {
      undos += 1;
      const person = { runId: `undo-${undos}`, environment: 'prod', tenant: TENANT, by: 'ann on laptop', reason: null };
      const policy = compilePolicy(options.policy ?? EACH, { now: clock.now(), timeZone: 'UTC' });
      const world = {
        mayWrite: async () => 'allow' as const,
        isInterrupted: () => false,
        now: clock.now,
        sleep: clock.sleep,
        stopAt: clock.now() + 3_600_000,
        overBy: clock.now() + 3_700_000,
        waiting: () => undefined,
        progress: () => undefined,
        ...changes,
      };
      const undo = { ...person, quarantine: DEFAULT_QUARANTINE, of, policy, allowsNeverOnLogin: false };
      return undoRun(undo, { ...world, tenant: connect('allowed'), history });
    },
    stored: () => structuredClone(sandbox.tenant.connections),
    requests: (method) => sandbox.requests.filter((request) => method === undefined || request.method === method),
  };
}

export async function closeScenarios(): Promise<void> {
  const closing = opened.splice(0).map(({ sandbox, clock }) => {
    clock.stop();
    return sandbox.stop();
  });
  await Promise.all(closing);
}

function holdTokens(sandbox: Sandbox, { now }: VirtualClock): TokenHolder {
  return createTokenHolder({
    origin: sandbox.origin,
    audience: `${sandbox.origin}/api/v2/`,
    readCredentials: async () => {
      const { client_id: clientId, client_secret: clientSecret } = sandbox.credentials;
      return { clientId, clientSecret };
    },
    now,
  });
}

export function findingOf(report: Report, id: string): Finding {
  const finding = report.findings.find(({ connection }) => connection.id === id);
  if (finding === undefined) throw new Error(`no finding of ${id}`);
  return finding;
}

export function outcomesIn(report: Report): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { outcome, stopped } of report.findings) {
    const name = stopped === null ? outcome : `${outcome} ${stopped}`;
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}

/** The stored connection as it must be after a repair, without any other change. */
export function withSetting(connection: JsonObject | undefined, value: string | undefined): JsonObject {
  const { options, ...rest } = connection ?? {};
  const { set_user_root_attributes: _, ...others } =
    typeof options === 'object' && !Array.isArray(options) ? (options ?? {}) : {};
  return { ...rest, options: value === undefined ? others : { ...others, set_user_root_attributes: value } };
}

/** Answers the write of this connection, and every read after it, with this connection. */
export function turnInto({ faults }: Sandbox, connection: JsonObject, when: { readonly nth?: number } = {}): void {
  const path = `/api/v2/connections/${connection.id}`;
  faults.add(
    { name: 'wrong_shape', body: connection, apply: true },
    { method: 'PATCH', ...(when.nth === undefined ? { path } : when) },
  );
  faults.add(
    { name: 'wrong_shape', body: connection },
    { method: 'GET', path, nth: 2, times: Number.POSITIVE_INFINITY },
  );
}
