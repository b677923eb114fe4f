import { ALL_SCOPES } from '../sandbox/auth0/access';
import { RATE_LIMITS } from '../sandbox/auth0/rate-limit';
import { type Sandbox, start } from '../sandbox/auth0/server';
import { generate } from '../sandbox/seeds';
import { createVirtualClock, type VirtualClock } from '../sandbox/virtual-clock';
import { LATENCY_MS } from './bound';
import { runOtherClient, type Wanted } from './other-client';

/**
 * The other client sends requests slightly slower than its share, so that its requests arrive at all moments between two
 * refills, and not always at the same moment.
 */
const SLOWER = 1.03;

/** An emulated tenant that another client can use at the same time. */
export interface SharedTenant {
  readonly limit: keyof typeof RATE_LIMITS;
  readonly connections: number;
  readonly driftPercent: number;
  /** Percent of the refill that the other client uses; 0 for no other client. */
  readonly othersPercent: number;
}

/** Returns the completed share of the work, 0 to 1. */
export type Work = (at: { readonly clock: VirtualClock; readonly sandbox: Sandbox }) => Promise<number>;

export interface Worked {
  /** Seconds of the work of the auditor. */
  readonly seconds: number;
  readonly done: number;
  /** 429s for the auditor. */
  readonly refused: number;
  /** The reads of the other client during the work. */
  readonly wanted: readonly Wanted[];
}

/** Runs the work on a separate tenant, at the same time as the other client. */
export async function workBesideOthers(tenant: SharedTenant, work: Work): Promise<Worked> {
  const { limit, connections, driftPercent, othersPercent } = tenant;
  const clock = createVirtualClock();
  const seed = generate(connections, { driftPercent });
  // Without read:logs, so that the requests do not include searches of the log.
  const scopes = ALL_SCOPES.filter((scope) => scope !== 'read:logs');
  const sandbox = await start({ port: 0, now: clock.now, seed, scopes, rateLimit: limit });
  // Half of an exchange passes before the tenant counts the request, and half after it, while the headers of the answer age.
  const halfWay = { run: () => clock.holdUp(LATENCY_MS / 2) } as const;
  sandbox.faults.add({ name: 'before', ...halfWay }, { times: Number.POSITIVE_INFINITY });
  sandbox.faults.add({ name: 'after_apply', ...halfWay }, { times: Number.POSITIVE_INFINITY });
  try {
    const [{ refill, intervalMs }] = RATE_LIMITS[limit];
    const everyMs = (SLOWER * intervalMs * 100) / (refill * othersPercent);
    let isOver = false;
    const other = othersPercent > 0 ? runOtherClient(sandbox, clock, { everyMs, isOver: () => isOver }) : [];
    const begun = clock.now();
    const done = await work({ clock, sandbox });
    const seconds = (clock.now() - begun) / 1000;
    isOver = true;
    const wanted = await other;
    const refused = sandbox.requests.filter(({ status }) => status === 429).length - refusalsOf(wanted);
    return { seconds, done, refused, wanted };
  } finally {
    clock.stop();
    await sandbox.stop();
  }
}

/** 429s for the other client. */
export function refusalsOf(wanted: readonly Wanted[]): number {
  return wanted.reduce((sum, { refused }) => sum + refused, 0);
}
