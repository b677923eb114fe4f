import { RATE_LIMITS } from '../sandbox/auth0/rate-limit';
import { start } from '../sandbox/auth0/server';
import { generate } from '../sandbox/seeds';
import { LATENCY_MS, RESERVE_PERCENT, requestsAtLeast, secondsAtLeast } from './bound';
import { auditTenant, createClock } from './measured-tenant';

const SIZES = [0, 1, 100, 101, 1_000, 2_500, 10_000];
const TIMED_SIZES = [1_000, 10_000];

/** Requests compared with 1 + max(1, ceil(N/100)). */
export async function benchRequests(): Promise<string> {
  const rows = ['requests of an audit', '  connections   asked   bound   ratio'];
  for (const size of SIZES) {
    const { requests } = await measure(size, 'off');
    const bound = requestsAtLeast({ connections: size, repairs: 0 });
    rows.push(`  ${pad(size, 11)} ${pad(requests, 7)} ${pad(bound, 7)}   ${(requests / bound).toFixed(2)}`);
  }
  return rows.join('\n');
}

/** Time compared with the minimum that latency and token bucket allow, with the emulated limits of each plan. */
export async function benchTime(): Promise<string> {
  const rows = [
    `time of an audit at ${LATENCY_MS} ms an exchange, one after the other, ${RESERVE_PERCENT} % of the bucket left to others`,
    '  limits         connections   seconds   bound   ratio   429s',
  ];
  for (const rateLimit of ['enterprise', 'nonProduction', 'essentials', 'free'] as const) {
    for (const size of TIMED_SIZES) {
      const { seconds, refused } = await measure(size, rateLimit);
      const [bucket] = RATE_LIMITS[rateLimit];
      const pace = { bucket, reservePercent: RESERVE_PERCENT, latencyMs: LATENCY_MS };
      const bound = secondsAtLeast({ connections: size, repairs: 0 }, pace);
      rows.push(
        `  ${rateLimit.padEnd(13)} ${pad(size, 12)} ${pad(seconds.toFixed(1), 9)} ${pad(bound.toFixed(1), 7)}   ${(seconds / bound).toFixed(2)} ${pad(refused, 6)}`,
      );
    }
  }
  return rows.join('\n');
}

async function measure(size: number, rateLimit: keyof typeof RATE_LIMITS | 'off') {
  const clock = createClock();
  const sandbox = await start({ port: 0, now: clock.now, rateLimit, seed: generate(size) });
  try {
    sandbox.faults.add({ name: 'before', run: () => clock.advance(LATENCY_MS) }, { times: Number.POSITIVE_INFINITY });
    const begun = clock.now();
    const report = await auditTenant(sandbox, clock);
    if (!report.complete || report.coverage.listed !== size) throw new Error('the audit did not read everything');
    return {
      requests: sandbox.requests.length,
      refused: sandbox.requests.filter(({ status }) => status === 429).length,
      seconds: (clock.now() - begun) / 1000,
    };
  } finally {
    await sandbox.stop();
  }
}

function pad(value: number | string, width: number): string {
  return String(value).padStart(width);
}
