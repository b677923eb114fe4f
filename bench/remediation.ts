import { ALL_SCOPES } from '../sandbox/auth0/access';
import { RATE_LIMITS } from '../sandbox/auth0/rate-limit';
import { start } from '../sandbox/auth0/server';
import { generate } from '../sandbox/seeds';
import { createVirtualClock } from '../sandbox/virtual-clock';
import { LATENCY_MS, requestsAtLeast, secondsAtLeast } from './bound';
import { auditTenant } from './measured-tenant';

const SIZES = [100, 1_000, 2_500];
const DRIFT_PERCENT = 40;
const LIMITS = ['enterprise', 'nonProduction'] as const;

/**
 * Time, requests and 429s of runs that repair, without a reserve for other clients, compared with the minimum that latency
 * and token bucket allow.
 */
export async function benchRemediation(): Promise<string> {
  const rows = [
    `time and requests of a run that repairs ${DRIFT_PERCENT} % of its connections, ${LATENCY_MS} ms an exchange, nothing of the bucket left to others`,
    '  limits         connections   repairs   seconds    bound   ratio   asked   bound   ratio   429s',
  ];
  for (const limit of LIMITS) {
    for (const size of SIZES) rows.push(await measure(size, limit));
  }
  return rows.join('\n');
}

async function measure(size: number, limit: (typeof LIMITS)[number]): Promise<string> {
  const clock = createVirtualClock();
  const { now } = clock;
  const seed = generate(size, { driftPercent: DRIFT_PERCENT });
  // Without read:logs, so that the requests do not include searches of the log.
  const scopes = ALL_SCOPES.filter((scope) => scope !== 'read:logs');
  const sandbox = await start({ port: 0, now, seed, scopes, rateLimit: limit });
  const holdUp = { name: 'before', run: () => clock.holdUp(LATENCY_MS) } as const;
  sandbox.faults.add(holdUp, { times: Number.POSITIVE_INFINITY });
  try {
    const begun = now();
    const report = await auditTenant(sandbox, clock, { mode: 'remediate', reservePercent: 0 });
    const repairs = report.findings.filter(({ outcome }) => outcome === 'remediated').length;
    if (repairs !== report.findings.length) throw new Error('not every finding was repaired');
    const requests = sandbox.requests.length;
    const work = { connections: size, repairs };
    const requestBound = requestsAtLeast(work);
    const [bucket] = RATE_LIMITS[limit];
    const bound = secondsAtLeast(work, { bucket, reservePercent: 0, latencyMs: LATENCY_MS });
    const seconds = (now() - begun) / 1000;
    const refused = sandbox.requests.filter(({ status }) => status === 429).length;
    return [
      `  ${limit.padEnd(13)}`,
      pad(size, 12),
      pad(repairs, 9),
      pad(seconds.toFixed(0), 9),
      pad(bound.toFixed(0), 8),
      pad((seconds / bound).toFixed(2), 7),
      pad(requests, 7),
      pad(requestBound, 7),
      pad((requests / requestBound).toFixed(3), 7),
      `${((100 * refused) / requests).toFixed(2).padStart(5)} %`,
    ].join(' ');
  } finally {
    clock.stop();
    await sandbox.stop();
  }
}

function pad(value: number | string, width: number): string {
  return String(value).padStart(width);
}

if (require.main === module) {
  benchRemediation().then(
    (table) => process.stdout.write(`${table}\n`),
    (error: unknown) => {
      process.stderr.write(`${String(error)}\n`);
      process.exitCode = 1;
    },
  );
}
