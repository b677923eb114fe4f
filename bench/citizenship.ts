import { keysOf } from '../lambda/connection/tables';
import type { Mode } from '../lambda/contract';
import { RATE_LIMITS } from '../sandbox/auth0/rate-limit';
import { LATENCY_MS } from './bound';
import { auditTenant } from './measured-tenant';
import type { Wanted } from './other-client';
import { refusalsOf, type Work, workBesideOthers } from './shared-tenant';

type Limit = keyof typeof RATE_LIMITS;

/** A run of the auditor, large enough for some hundred requests of the other client. */
interface OurRun {
  readonly name: string;
  readonly mode: Mode;
  readonly connections: Readonly<Record<Limit, number>>;
  readonly driftPercent: number;
}

const RUNS: readonly OurRun[] = [
  {
    name: 'audit',
    mode: 'report',
    connections: { enterprise: 20_000, nonProduction: 20_000, essentials: 10_000, free: 20_000 },
    driftPercent: 0,
  },
  {
    name: 'repair',
    mode: 'remediate',
    connections: { enterprise: 1_000, nonProduction: 500, essentials: 500, free: 250 },
    driftPercent: 40,
  },
];

/** The percentage of the refill that the other client uses, and of the bucket that the run leaves to it. */
const CASES = [
  { others: 50, reserve: 0 },
  { others: 50, reserve: 20 },
  { others: 50, reserve: 50 },
  { others: 75, reserve: 20 },
];

/**
 * The effect of a run on another client of the same tenant, and of that client on the run, by the share that the other
 * client uses and the share that the run leaves to it.
 */
export async function benchCitizenship(): Promise<string> {
  const rows = [
    `another client of the tenant: its latency in ms beyond the ${LATENCY_MS} ms of an exchange`,
    '                                          the other client                      our run, alone and with it',
    '  limits        run     others reserve   asked   median    95 %   worst   429s     s    s shared   ratio   done    429s',
  ];
  for (const limit of keysOf(RATE_LIMITS)) {
    for (const run of RUNS) {
      for (const { others, reserve } of CASES) rows.push(await measure(run, limit, others, reserve));
    }
  }
  return rows.join('\n');
}

async function measure(run: OurRun, limit: Limit, othersPercent: number, reservePercent: number): Promise<string> {
  const { name, mode, connections, driftPercent } = run;
  const work: Work = async ({ clock, sandbox }) => {
    const { coverage, findings } = await auditTenant(sandbox, clock, { mode, reservePercent });
    const repaired = findings.filter(({ outcome }) => outcome === 'remediated').length;
    return mode === 'remediate' ? repaired / findings.length : coverage.listed / connections[limit];
  };
  const tenant = { limit, connections: connections[limit], driftPercent };
  const alone = await workBesideOthers({ ...tenant, othersPercent: 0 }, work);
  const both = await workBesideOthers({ ...tenant, othersPercent }, work);
  const longer = both.done === 1 ? (both.seconds / alone.seconds).toFixed(2) : '-';
  return line([
    limit,
    name,
    `${othersPercent} %`,
    `${reservePercent} %`,
    ...describe(both.wanted),
    alone.seconds.toFixed(0),
    both.seconds.toFixed(0),
    longer,
    `${(100 * both.done).toFixed(0)} %`,
    String(both.refused),
  ]);
}

/** Requests, latency (median, 95th percentile, maximum) and 429s. */
function describe(wanted: readonly Wanted[]): readonly string[] {
  const delays = wanted.map(({ tookMs }) => tookMs - LATENCY_MS).sort((a, b) => a - b);
  const at = (share: number) => (delays[Math.ceil(share * delays.length) - 1] ?? 0).toFixed(0);
  return [String(wanted.length), at(0.5), at(0.95), at(1), String(refusalsOf(wanted))];
}

function line([limit = '', run = '', ...numbers]: readonly string[]): string {
  const widths = [6, 7, 7, 8, 7, 7, 6, 5, 11, 7, 6, 7];
  const cells = numbers.map((number, index) => number.padStart(widths[index] ?? 0));
  return `  ${limit.padEnd(13)} ${run.padEnd(7)} ${cells.join(' ')}`;
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
