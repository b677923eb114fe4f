import { createTenant } from '../lambda/auth0/tenant';
import { createTokenHolder } from '../lambda/auth0/token';
import { createTransport } from '../lambda/auth0/transport';
import { createHistory } from '../lambda/history/keep';
import { joinText, type Store } from '../lambda/history/store';
import { runAudit } from '../lambda/run/run-audit';
import { DEFAULT_CADENCE, DEFAULT_QUARANTINE } from '../lambda/settings';
import { ALL_SCOPES } from '../sandbox/auth0/access';
import { type Bucket, RATE_LIMITS } from '../sandbox/auth0/rate-limit';
import { start } from '../sandbox/auth0/server';
import { generate } from '../sandbox/seeds';
import { createVirtualClock } from '../sandbox/virtual-clock';

const SIZES = [100, 1_000, 2_500];
const DRIFT_PERCENT = 40;
/** What one exchange takes, on the clock that client and tenant share. */
const LATENCY_MS = 150;
const LIMITS = ['enterprise', 'nonProduction'] as const;

/**
 * Time, requests and refusals of runs that repair, with nothing of the rate limit left to others, against what the
 * token bucket allows at best.
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
  const { now, sleep } = clock;
  const seed = generate(size, { driftPercent: DRIFT_PERCENT });
  // Without read:logs, so that no look-up in the log is among the requests.
  const scopes = ALL_SCOPES.filter((scope) => scope !== 'read:logs');
  const sandbox = await start({ port: 0, now, seed, scopes, rateLimit: limit });
  const holdUp = { name: 'before', run: () => clock.holdUp(LATENCY_MS) } as const;
  sandbox.faults.add(holdUp, { times: Number.POSITIVE_INFINITY });
  try {
    const never = Number.POSITIVE_INFINITY;
    const { origin, credentials } = sandbox;
    const transport = createTransport({ origin, deadline: never, writes: 'allowed', reservePercent: 0, now, sleep });
    const tokens = createTokenHolder({
      origin,
      audience: `${origin}/api/v2/`,
      readCredentials: async () => ({ clientId: credentials.client_id, clientSecret: credentials.client_secret }),
      now,
    });
    const begun = now();
    const report = await runAudit(
      {
        runId: 'bench',
        environment: 'bench',
        tenant: 'bench',
        canonicalHost: 'bench',
        mode: 'remediate',
        policy: { default: { expect: 'on_each_login' } },
        policyFingerprint: 'bench',
        timeZone: 'UTC',
        caps: { maxChanges: size, maxPercent: 100 },
        quarantine: DEFAULT_QUARANTINE,
        retry: new Set<string>(),
        cadence: DEFAULT_CADENCE,
        withoutPeople: false,
        by: null,
      },
      {
        tenant: createTenant(transport, tokens, now),
        history: createHistory(createStore(), 'bench'),
        mayWrite: async () => 'allow',
        approve: async () => undefined,
        isInterrupted: () => false,
        isUnannounced: false,
        now,
        sleep,
        stopAt: never,
        overBy: now() + 365 * 86_400_000,
      },
    );
    const repairs = report.findings.filter(({ outcome }) => outcome === 'remediated').length;
    if (repairs !== report.findings.length) throw new Error('not every repair was made');
    const requests = sandbox.requests.length;
    const requestBound = 1 + Math.ceil(size / 100) + 2 * repairs;
    // The token is drawn from another bucket.
    const bound = boundOf(requestBound - 1, RATE_LIMITS[limit][0]);
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

/** A full bucket at first, then one refill at the top of each interval, all of it used. */
function boundOf(requests: number, { burst, refill, intervalMs }: Bucket): number {
  return (Math.ceil(Math.max(0, requests - burst) / refill) * intervalMs) / 1000;
}

function createStore(): Store {
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
