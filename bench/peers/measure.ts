import { RATE_LIMITS } from '../../sandbox/auth0/rate-limit';
import { requestsAtLeast, secondsAtLeast } from '../bound';
import { type Damage, damageOf } from './damage';
import { LISTING_FAULT_NAMES, LISTING_FAULTS, type ListingFaultName } from './listing-faults';
import { type Bench, type Run, runSubject } from './run-subject';
import { type SubjectId, subjectOf } from './subjects';
import { tenantOf } from './tenants';

/** Milliseconds of each exchange. */
export const LATENCY_MS = 80;
/** Connections of the tenant with listing faults: three pages of 100, five pages of 50. */
export const FAULTY_TENANT = 220;
/** Milliseconds after which a run is ended, with and without a fault. */
const PATIENCE = { faulty: 90_000, timed: 1_200_000 };

export type Limit = 'enterprise' | 'nonProduction';

export interface Timed {
  readonly subject: SubjectId;
  readonly limit: Limit;
  readonly connections: number;
  readonly seconds: number;
  /** The time as a multiple of the minimum that latency and token bucket allow for the completed work. */
  readonly overBound: number;
  /** The requests as a multiple of a token, the pages of 100, and a read and a write for each fixed connection. */
  readonly overMinimum: number;
  readonly refused: number;
  readonly megabytes: number;
  readonly cpuSeconds: number;
  /** The damage of a repair. */
  readonly damage: Damage | undefined;
  /** The final message of the subject. */
  readonly note: string;
}

/** One timed run. */
export async function time(
  bench: Bench,
  { subject, limit, connections }: { readonly subject: SubjectId; readonly limit: Limit; readonly connections: number },
): Promise<Timed> {
  const seed = tenantOf(connections);
  const run = await runSubject(bench, { subject, seed, limit, latencyMs: LATENCY_MS, patience: PATIENCE.timed });
  const { result } = run;
  const damage = subjectOf(subject).job === 'repair' ? damageOf(run.before, run.after) : undefined;
  if (damage === undefined && result.listed < wantedOf(run, subject)) throw new Error(`${subject}: ${result.note}`);
  const work = { connections, repairs: damage?.fixed ?? 0 };
  const pace = { latencyMs: LATENCY_MS, bucket: RATE_LIMITS[limit][0], reservePercent: 0 };
  const seconds = result.milliseconds / 1000;
  return {
    subject,
    limit,
    connections,
    seconds,
    overBound: seconds / secondsAtLeast(work, pace),
    overMinimum: run.requests / requestsAtLeast(work),
    refused: run.refused,
    megabytes: result.residentBytes / 1024 / 1024,
    cpuSeconds: result.cpuMilliseconds / 1000,
    damage,
    note: result.note,
  };
}

/** The result of a listing with a fault. */
export type Ending =
  /** The subject reports a complete listing, but did not read everything. */
  | 'wrongly complete'
  | 'complete'
  /** An error, or a report that is marked as incomplete. */
  | 'says so'
  /** The benchmark ended the run. */
  | 'endless';

export type Endings = ReadonlyMap<ListingFaultName, Ending>;

/** Every listing fault, one run each. */
export async function strike(
  bench: Bench,
  { subject, hasHistory }: { readonly subject: SubjectId; readonly hasHistory: boolean },
): Promise<Endings> {
  const endings = new Map<ListingFaultName, Ending>();
  for (const name of LISTING_FAULT_NAMES) {
    const run = await runSubject(bench, {
      subject,
      seed: tenantOf(FAULTY_TENANT),
      limit: 'off',
      latencyMs: LATENCY_MS,
      patience: PATIENCE.faulty,
      hasHistory,
      inject: LISTING_FAULTS[name].inject,
    });
    endings.set(name, endingOf(run, subject));
  }
  return endings;
}

export function endingOf(run: Run, subject: SubjectId): Ending {
  const { isComplete, listed, withoutOptions, milliseconds } = run.result;
  if (milliseconds >= PATIENCE.faulty) return 'endless';
  if (!isComplete) return 'says so';
  return listed < wantedOf(run, subject) || withoutOptions > 0 ? 'wrongly complete' : 'complete';
}

/** The number of connections of a complete listing. */
function wantedOf({ before }: Run, subject: SubjectId): number {
  const all = [...before.values()];
  // The Deploy CLI exports databases as a separate type. The benchmark requests only connections.
  return subject === 'deploy-cli' ? all.filter(({ strategy }) => strategy !== 'auth0').length : all.length;
}

export function wronglyComplete(endings: Endings): number {
  return [...endings.values()].filter((ending) => ending === 'wrongly complete').length;
}
