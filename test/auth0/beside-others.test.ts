import { auditTenant } from '../../bench/measured-tenant';
import { refusalsOf, workBesideOthers } from '../../bench/shared-tenant';
import type { Mode } from '../../lambda/contract';
import type { RATE_LIMITS } from '../../sandbox/auth0/rate-limit';

interface Case {
  readonly limit: keyof typeof RATE_LIMITS;
  readonly mode: Mode;
  readonly connections: number;
  /** Percent of the connections that need a repair. */
  readonly driftPercent: number;
  /** Percent of the refill that the other client uses. */
  readonly othersPercent: number;
  readonly reserves: readonly number[];
  /**
   * Maximum number of 429s of the other client: one can come before the run has learned how much the other client uses.
   */
  readonly refused: 0 | 1;
}

const HALF = { othersPercent: 50, reserves: [20, 50], refused: 0 } as const;
const MOST = { othersPercent: 75, reserves: [20], refused: 1 } as const;
const REPAIRS = { mode: 'remediate', connections: 100, driftPercent: 40 } as const;
const PAGES = { mode: 'report', connections: 3_000, driftPercent: 0 } as const;

const CASES: readonly Case[] = [
  { limit: 'nonProduction', ...REPAIRS, ...HALF },
  { limit: 'nonProduction', ...REPAIRS, ...MOST },
  { limit: 'nonProduction', ...PAGES, ...MOST },
  { limit: 'essentials', ...REPAIRS, ...HALF },
  { limit: 'essentials', ...PAGES, ...HALF },
  { limit: 'essentials', ...PAGES, ...MOST },
  { limit: 'enterprise', ...REPAIRS, connections: 500, ...HALF },
  { limit: 'free', ...PAGES, ...HALF },
];

describe('a run next to another client', () => {
  const claims = CASES.flatMap(({ reserves, ...one }) =>
    reserves.map((reservePercent) => ({ ...one, reservePercent })),
  );
  it.each(claims)(
    'a $mode run ($limit limits) next to a client with $othersPercent % keeps the reserve of $reservePercent %',
    async ({ mode, reservePercent, refused, ...tenant }) => {
      const { done, wanted } = await workBesideOthers(tenant, async ({ clock, sandbox }) => {
        const { complete, findings } = await auditTenant(sandbox, clock, { mode, reservePercent });
        const isDone = complete && findings.every(({ outcome }) => outcome === 'remediated');
        return isDone ? 1 : 0;
      });
      expect(done).toBe(1);
      expect(wanted.length).toBeGreaterThan(10);
      expect(refusalsOf(wanted)).toBeLessThanOrEqual(refused);
    },
  );
});
