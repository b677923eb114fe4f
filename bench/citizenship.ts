import type { Mode } from '../lambda/contract';
import { ALL_SCOPES } from '../sandbox/auth0/access';
import { RATE_LIMITS } from '../sandbox/auth0/rate-limit';
import { type Sandbox, start } from '../sandbox/auth0/server';
import { generate } from '../sandbox/seeds';
import { createVirtualClock, type VirtualClock } from '../sandbox/virtual-clock';
import { LATENCY_MS } from './bound';
import { auditTenant } from './measured-tenant';
import { runOtherClient, type Wanted } from './other-client';

const LIMITS = ['enterprise', 'nonProduction'] as const;
type Limit = (typeof LIMITS)[number];

/** A run of ours, so large that the other client asks some hundred times meanwhile. */
interface OurRun {
  readonly name: string;
  readonly mode: Mode;
  readonly connections: Readonly<Record<Limit, number>>;
  readonly driftPercent: number;
}

const RUNS: readonly OurRun[] = [
  { name: 'audit', mode: 'report', connections: { enterprise: 20_000, nonProduction: 20_000 }, driftPercent: 0 },
  { name: 'repair', mode: 'remediate', connections: { enterprise: 1_000, nonProduction: 500 }, driftPercent: 40 },
];
const RESERVES = [0, 20, 50];
/** Percent of the refill that the other client uses. */
const SHARE = 50;
/**
 * It asks a little slower than that, so that its requests come at every moment between two refills, and not always at
 * the same one.
 */
const SLOWER = 1.03;

/**
 * What a run does to another client of the same tenant, and that client to the run, for each share of the rate limit
 * that the run leaves to others.
 */
export async function benchCitizenship(): Promise<string> {
  const rows = [
    `another client of the tenant, which uses ${SHARE} % of the refill: its latency in ms beyond the ${LATENCY_MS} ms of an exchange`,
    '                                  the other client                      our run, alone and beside it',
    '  limits        run      reserve   asked   median    95 %   worst   429s     s    s beside   ratio   done    429s',
  ];
  for (const limit of LIMITS) {
    const nothing: Work = async ({ clock }) => {
      await clock.sleep(60_000);
      return 1;
    };
    const { wanted } = await measure({ limit, connections: 100, driftPercent: 0, hasOther: true }, nothing);
    rows.push(line([limit, 'none', '', ...describe(wanted)]));
    for (const run of RUNS) {
      for (const reserve of RESERVES) rows.push(await measureRun(run, limit, reserve));
    }
  }
  return rows.join('\n');
}

async function measureRun(run: OurRun, limit: Limit, reservePercent: number): Promise<string> {
  const { name, mode, connections, driftPercent } = run;
  const work: Work = async ({ clock, sandbox }) => {
    const { coverage, findings } = await auditTenant(sandbox, clock, { mode, reservePercent });
    const repaired = findings.filter(({ outcome }) => outcome === 'remediated').length;
    return mode === 'remediate' ? repaired / findings.length : coverage.listed / connections[limit];
  };
  const tenant = { limit, connections: connections[limit], driftPercent };
  const alone = await measure({ ...tenant, hasOther: false }, work);
  const both = await measure({ ...tenant, hasOther: true }, work);
  const longer = both.done === 1 ? (both.seconds / alone.seconds).toFixed(2) : '-';
  return line([
    limit,
    name,
    `${reservePercent} %`,
    ...describe(both.wanted),
    alone.seconds.toFixed(0),
    both.seconds.toFixed(0),
    longer,
    `${(100 * both.done).toFixed(0)} %`,
    String(both.refused),
  ]);
}

interface Shared {
  readonly clock: VirtualClock;
  readonly sandbox: Sandbox;
}
/** Gives back the share of what it had to do that it did. */
type Work = (shared: Shared) => Promise<number>;

interface MeasuredTenant {
  readonly limit: Limit;
  readonly connections: number;
  readonly driftPercent: number;
  readonly hasOther: boolean;
}

interface Measured {
  /** Of our work. */
  readonly seconds: number;
  readonly done: number;
  /** 429s that our work got. */
  readonly refused: number;
  readonly wanted: readonly Wanted[];
}

/** Works on a tenant, with or without another client at the same time. */
async function measure({ limit, connections, driftPercent, hasOther }: MeasuredTenant, work: Work): Promise<Measured> {
  const clock = createVirtualClock();
  const seed = generate(connections, { driftPercent });
  // Without read:logs, so that no look-up in the log is among the requests.
  const scopes = ALL_SCOPES.filter((scope) => scope !== 'read:logs');
  const sandbox = await start({ port: 0, now: clock.now, seed, scopes, rateLimit: limit });
  // Half of an exchange passes before the tenant counts it and half after, when the headers of its answer grow old.
  const halfWay = { run: () => clock.holdUp(LATENCY_MS / 2) } as const;
  sandbox.faults.add({ name: 'before', ...halfWay }, { times: Number.POSITIVE_INFINITY });
  sandbox.faults.add({ name: 'after_apply', ...halfWay }, { times: Number.POSITIVE_INFINITY });
  try {
    const [{ refill, intervalMs }] = RATE_LIMITS[limit];
    const everyMs = (SLOWER * intervalMs * 100) / (refill * SHARE);
    let isOver = false;
    const other = hasOther ? runOtherClient(sandbox, clock, { everyMs, isOver: () => isOver }) : [];
    const begun = clock.now();
    const done = await work({ clock, sandbox });
    const seconds = (clock.now() - begun) / 1000;
    isOver = true;
    const wanted = await other;
    const refusedOther = wanted.reduce((sum, { refused }) => sum + refused, 0);
    const refused = sandbox.requests.filter(({ status }) => status === 429).length - refusedOther;
    return { seconds, done, refused, wanted };
  } finally {
    clock.stop();
    await sandbox.stop();
  }
}

/** Requests, latency (median, 95th percentile, worst) and 429s. */
function describe(wanted: readonly Wanted[]): readonly string[] {
  const delays = wanted.map(({ tookMs }) => tookMs - LATENCY_MS).sort((a, b) => a - b);
  const at = (share: number) => (delays[Math.ceil(share * delays.length) - 1] ?? 0).toFixed(0);
  const refused = wanted.reduce((sum, one) => sum + one.refused, 0);
  return [String(wanted.length), at(0.5), at(0.95), at(1), String(refused)];
}

function line([limit = '', run = '', reserve = '', ...numbers]: readonly string[]): string {
  const widths = [7, 8, 7, 7, 6, 5, 11, 7, 6, 7];
  const cells = numbers.map((number, index) => number.padStart(widths[index] ?? 0));
  return `  ${limit.padEnd(13)} ${run.padEnd(7)} ${reserve.padStart(8)} ${cells.join(' ')}`;
}

if (require.main === module) {
  benchCitizenship().then(
    (table) => process.stdout.write(`${table}\n`),
    (error: unknown) => {
      process.stderr.write(`${String(error)}\n`);
      process.exitCode = 1;
    },
  );
}
