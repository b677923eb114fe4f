import { LATENCY_MS } from '../../bench/bound';
import { keysOf } from '../../lambda/connection/tables';
import { MEMORY_SIZE } from '../../lib/environment/schema';
import { type Bucket, RATE_LIMITS } from '../../sandbox/auth0/rate-limit';
import { table } from '../markdown';
import { dollarsOfRuns, dollarsOfStack, memorySizeFor } from './month';
import { count, dollarsText, secondsText } from './number-words';
import { type Limit, megabytesOf, mostConnections, runOnce } from './one-run';

const CONNECTIONS = [100, 1_000, 10_000, 100_000, 1_000_000];
/** Percent of the connections that have drifted. */
export const DRIFT = 1;
/** Milliseconds of a faster exchange, for comparison. */
const QUICK_MS = 80;

const LIMIT_WORDS: Readonly<Record<Limit, string>> = {
  free: 'Free',
  essentials: 'Essentials, Professional',
  enterprise: 'Enterprise, production',
  nonProduction: 'Enterprise, non-production',
};

export const drifted = (connections: number) => Math.ceil((connections * DRIFT) / 100);
export const report = (limit: Limit, connections: number, latencyMs?: number) =>
  runOnce(limit, { connections, repairs: 0 }, drifted(connections), latencyMs);
const repair = (limit: Limit, connections: number, repairs = drifted(connections)) =>
  runOnce(limit, { connections, repairs }, repairs);

/** For each limit and number of connections: the effort and price of a run, and whether one invocation is sufficient. */
export function connectionsTable(): string {
  const rows = keysOf(RATE_LIMITS).flatMap((limit) =>
    CONNECTIONS.map((connections) => {
      const [reported, repaired] = [report(limit, connections), repair(limit, connections)];
      const night = { seconds: reported.seconds, megabytes: reported.megabytes, findings: drifted(connections) };
      return [
        LIMIT_WORDS[limit],
        count(connections),
        count(reported.requests),
        secondsText(reported.seconds),
        count(repaired.requests),
        secondsText(repaired.seconds),
        describeMemory(reported.megabytes),
        dollarsText(dollarsOfStack(1) + dollarsOfRuns(night)),
        describeEnd(limit, reported.isInTime, repaired.isInTime),
      ];
    }),
  );
  const repairs = `${DRIFT} % repaired`;
  const columns = ['Limits', 'Connections', 'Requests', 'Seconds', `Requests, ${repairs}`, `Seconds, ${repairs}`];
  return table([...columns, 'Memory, MB', 'USD a month', 'In one invocation'], rows);
}

/** The most connections of one invocation, for each limit. */
export function endsTable(): string {
  const rows = keysOf(RATE_LIMITS).map((limit) => [
    LIMIT_WORDS[limit],
    describeBuckets(RATE_LIMITS[limit]),
    ...[
      mostListed(limit),
      mostListed(limit, QUICK_MS),
      mostRepaired(limit),
      mostConnections((connections) => repair(limit, connections, connections).isInTime),
    ].map(count),
  ]);
  const columns = ['Limits', 'Requests', `Report mode, ${LATENCY_MS} ms`, `Report mode, ${QUICK_MS} ms`];
  return table([...columns, `${DRIFT} % repaired`, 'All repaired'], rows);
}

export function mostListed(limit: Limit, latencyMs?: number): number {
  return mostConnections((connections) => report(limit, connections, latencyMs).isInTime);
}

/** The same in a run that repairs every drifted connection. */
function mostRepaired(limit: Limit): number {
  return mostConnections((connections) => repair(limit, connections).isInTime);
}

function describeEnd(limit: Limit, isListed: boolean, isRepaired: boolean): string {
  if (!isListed) return `no: up to ${count(mostListed(limit))}`;
  return isRepaired ? 'yes' : `in report mode; ${DRIFT} % repaired: up to ${count(mostRepaired(limit))}`;
}

/** The most connections for each memory size. */
export function memoryTable(): string {
  const rows = [MEMORY_SIZE.least, MEMORY_SIZE.default, 2_048, MEMORY_SIZE.most].map((megabytes) => [
    count(megabytes),
    ...[0, DRIFT, 100].map((percent) =>
      count(mostConnections((connections) => megabytesOf(connections, (connections * percent) / 100) <= megabytes)),
    ),
  ]);
  return table(['`memorySize`', 'None drifted', `${DRIFT} % drifted`, 'All drifted'], rows);
}

function describeMemory(megabytes: number): string {
  const size = memorySizeFor(megabytes);
  return size > MEMORY_SIZE.default ? `${count(megabytes)}: \`memorySize\` ${count(size)}` : count(megabytes);
}

function describeBuckets([{ burst, refill, intervalMs, only }]: readonly [Bucket]): string {
  const often = intervalMs === 1_000 ? 'a second' : `every ${intervalMs / 1_000} s`;
  return `${burst}, then ${refill} ${often}${only === undefined ? '' : '; for reads of connections only'}`;
}
