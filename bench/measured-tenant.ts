import { setImmediate as letInputThrough } from 'node:timers/promises';
import { createTenant } from '../lambda/auth0/tenant';
import { createTokenHolder } from '../lambda/auth0/token';
import { createTransport } from '../lambda/auth0/transport';
import { createHistory } from '../lambda/history/keep';
import type { Store } from '../lambda/history/store';
import type { Report } from '../lambda/judge/report';
import type { Policy } from '../lambda/policy/policy';
import { runAudit } from '../lambda/run/run-audit';
import { DEFAULT_CADENCE } from '../lambda/settings';

const POLICY: Policy = { default: { expect: 'on_each_login' } };

/** A clock that stands still but for what it is told, so that a benchmark of an hour takes no hour. */
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

/** One audit of an emulated tenant by the real client, with nothing remembered of earlier ones. */
export function auditTenant({ origin, credentials }: Address, { now, sleep }: Clock): Promise<Report> {
  const never = Number.POSITIVE_INFINITY;
  const transport = createTransport({ origin, deadline: never, writes: 'refused', reservePercent: 20, now, sleep });
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
    mode: 'report',
    policy: POLICY,
    policyFingerprint: 'bench',
    timeZone: 'UTC',
    caps: undefined,
    quarantine: { repairs: 3, days: 7 },
    retry: new Set<string>(),
    cadence: DEFAULT_CADENCE,
    withoutPeople: false,
    by: null,
  } as const;
  return runAudit(run, {
    tenant: createTenant(transport, tokens, now),
    history: createHistory(FORGETFUL, run.tenant),
    mayWrite: async () => 'stop',
    approve: async () => 'declined',
    isInterrupted: () => false,
    isUnannounced: false,
    now,
    sleep,
    stopAt: never,
    overBy: now() + 3_600_000,
  });
}

const FORGETFUL: Store = {
  read: async () => undefined,
  write: async () => '1',
  placeOf: (key) => key,
};
