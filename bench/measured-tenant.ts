import { setImmediate as letInputThrough } from 'node:timers/promises';
import { createTenant } from '../lambda/auth0/tenant';
import { createTokenHolder } from '../lambda/auth0/token';
import { createTransport } from '../lambda/auth0/transport';
import type { Mode } from '../lambda/contract';
import { createHistory } from '../lambda/history/keep';
import { joinText, type Store } from '../lambda/history/store';
import type { Report } from '../lambda/judge/report';
import type { Policy } from '../lambda/policy/policy';
import { runAudit } from '../lambda/run/run-audit';
import { DEFAULT_CADENCE, DEFAULT_QUARANTINE } from '../lambda/settings';
import { RESERVE_PERCENT } from './bound';

const POLICY: Policy = { default: { expect: 'on_each_login' } };

/** A clock that moves only when it is set, so that a benchmark of an hour does not take an hour. */
export interface Clock {
  readonly now: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
  advance(milliseconds: number): void;
}

export function createClock(): Clock {
  let time = Date.UTC(2026, 0, 5, 4, 30);
  return {
    now: () => time,
    async sleep(milliseconds) {
      time += milliseconds;
      await letInputThrough();
    },
    advance(milliseconds) {
      time += milliseconds;
    },
  };
}

export interface Address {
  readonly origin: string;
  readonly credentials: { readonly client_id: string; readonly client_secret: string };
}

/** The options of an audit. */
export interface Manner {
  readonly mode: Mode;
  /** Share of the rate limit that is left to other clients, 0 to 100. */
  readonly reservePercent: number;
  /**
   * The store of the history.
   * @default none in mode `report`, otherwise in memory until the end of the audit
   */
  readonly store?: Store;
}

const NIGHTLY: Manner = { mode: 'report', reservePercent: RESERVE_PERCENT };

/**
 * One audit of an emulated tenant by the real client, without the state of earlier audits; in mode `remediate` without a
 * cap.
 */
export function auditTenant(
  { origin, credentials }: Address,
  { now, sleep }: Pick<Clock, 'now' | 'sleep'>,
  { mode, reservePercent, store = mode === 'remediate' ? createStore() : FORGETFUL }: Manner = NIGHTLY,
): Promise<Report> {
  const never = Number.POSITIVE_INFINITY;
  const writes = mode === 'remediate' ? 'allowed' : 'refused';
  const transport = createTransport({ origin, deadline: never, writes, reservePercent, now, sleep });
  const { client_id: clientId, client_secret: clientSecret } = credentials;
  const tokens = createTokenHolder({
    origin,
    audience: `${origin}/api/v2/`,
    readCredentials: async () => ({ clientId, clientSecret }),
    now,
  });
  const run = {
    runId: 'bench',
    environment: 'bench',
    tenant: 'bench',
    canonicalHost: 'bench',
    mode,
    policy: POLICY,
    policyFingerprint: 'bench',
    timeZone: 'UTC',
    caps: { maxChanges: 100_000, maxPercent: 100 },
    quarantine: DEFAULT_QUARANTINE,
    retry: new Set<string>(),
    cadence: DEFAULT_CADENCE,
    withoutPeople: false,
    by: null,
  };
  return runAudit(run, {
    tenant: createTenant(transport, tokens, now),
    history: createHistory(store, run.tenant),
    mayWrite: async () => 'allow',
    approve: async () => undefined,
    isInterrupted: () => false,
    isUnannounced: false,
    now,
    sleep,
    stopAt: never,
    overBy: now() + 365 * 86_400_000,
  });
}

const FORGETFUL: Store = {
  read: async () => undefined,
  write: async () => '1',
  placeOf: (key) => key,
};

/** A run that repairs reads its lease and its record again. */
export function createStore(): Store {
  const kept = new Map<string, { text: string; version: string }>();
  let versions = 0;
  return {
    read: async (key) => kept.get(key),
    async write(key, text) {
      versions += 1;
      kept.set(key, { text: joinText(text), version: String(versions) });
      return String(versions);
    },
    placeOf: (key) => key,
  };
}
