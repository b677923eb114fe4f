import { type Faults, NO_FAULTS } from './faults';
import { findProblems } from './invariants';
import type { Place } from './place';
import { startCommandLine, startFunction, startRelease, startUndo, startUnlock } from './processes';
import { createRandom, type Random } from './random';
import { createScheduler } from './scheduler';
import { createBucket } from './store';
import { createTenant } from './tenant';

/** The result of one seed. */
export interface Simulated {
  readonly seed: number;
  /** Violations of the invariants; each is one sentence. */
  readonly problems: readonly string[];
  /** All events in order, one line each. */
  readonly trace: readonly string[];
  readonly runs: number;
  readonly writes: number;
  readonly kills: number;
}

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
/** The largest difference between any two clocks, in milliseconds. */
const MOST_SKEW_MS = 60_000;
const FIRST_NIGHT = Date.UTC(2026, 0, 5, 4, 30);
const CONNECTIONS = 24;
const NIGHTS = 7;
/** Nights without faults, in which all remaining work must be settled and reported. */
const QUIET_NIGHTS = 3;

/**
 * Simulates several nights of a tenant; the seed decides all events. `isMoved`: in one of the nights the history moves from the
 * folder of a custom domain to the folder of the tenant's own domain, while runs can be active. `isOlder`: Auth0 fills in
 * options of some connections, and refuses the writes to some other connections.
 */
export async function simulate(
  seed: number,
  { isMoved = false, isOlder = false }: { isMoved?: boolean; isOlder?: boolean } = {},
): Promise<Simulated> {
  const random = createRandom(seed);
  const scheduler = createScheduler(FIRST_NIGHT - MINUTE_MS, random);
  const place: Place = {
    scheduler,
    random,
    tenant: createTenant(CONNECTIONS, scheduler.now, { isOlder }),
    bucket: createBucket(),
    begun: [],
    movedAt: isMoved ? chooseMove(createRandom(seed)) : undefined,
    faults: chooseFaults(random),
    isStopped: false,
    holds: [],
    releasedAt: 0,
  };
  const problems: string[] = [];
  try {
    for (let night = 0; night < NIGHTS + QUIET_NIGHTS; night += 1) {
      if (night === NIGHTS) {
        place.faults = NO_FAULTS;
        place.isStopped = false;
      }
      planNight(place, FIRST_NIGHT + night * DAY_MS, night < NIGHTS);
      await scheduler.drain();
    }
    problems.push(...(await findProblems(place)));
  } catch (error) {
    problems.push(error instanceof Error ? `${error.name}: ${error.message}\n${error.stack}` : String(error));
  }
  const { begun, tenant } = place;
  return {
    seed,
    problems,
    trace: scheduler.trace,
    runs: begun.length,
    writes: tenant.effects.length,
    kills: scheduler.trace.filter((line) => line.endsWith('KILLED')).length,
  };
}

/** A time in the first minutes of a night, because most events happen then. */
function chooseMove(random: Random): number {
  const night = FIRST_NIGHT + (1 + random.below(NIGHTS - 1)) * DAY_MS;
  return night + random.below(random.isTrue(0.6) ? 2 * MINUTE_MS : 30 * MINUTE_MS);
}

function chooseFaults(random: Random): Faults {
  const some = (most: number): number => (random.isTrue(0.5) ? random.next() * most : 0);
  return {
    fails: some(0.08),
    losesAnswer: some(0.08),
    isSlow: some(0.3),
    kills: some(0.5),
    listsShort: some(0.2),
    isUnheard: some(0.3),
    turnMs: random.isTrue(0.3) ? random.below(90_000) : 0,
  };
}

/** The events of one night, at times that the seed decides. */
function planNight(place: Place, start: number, isWild: boolean): void {
  const { scheduler, random, tenant, begun } = place;
  const started = () => ({
    skewMs: isWild ? random.below(MOST_SKEW_MS) - MOST_SKEW_MS / 2 : 0,
    killIn: random.isTrue(place.faults.kills) ? 1 + random.below(80) : undefined,
  });
  const within = (minutes: number) => start + random.below(minutes * MINUTE_MS);
  if (isWild) {
    for (let edit = random.below(12); edit > 0; edit -= 1) {
      scheduler.at(start - MINUTE_MS + random.below(3 * MINUTE_MS), () => editOne(place));
    }
    if (random.isTrue(0.1)) scheduler.at(within(5), () => flipSwitch(place));
    if (random.isTrue(0.2)) scheduler.at(within(1), () => moveClock(place));
  }
  const event = new Date(start).toISOString();
  scheduler.at(start, () => void startFunction(place, started(), event));
  if (!isWild) return;
  if (random.isTrue(0.25)) scheduler.at(within(2), () => void startFunction(place, started(), event));
  if (random.isTrue(0.2))
    scheduler.at(within(random.isTrue(0.5) ? 2 : 30), () => void startFunction(place, started(), undefined));
  if (random.isTrue(0.3))
    scheduler.at(within(random.isTrue(0.5) ? 2 : 30), () => void startCommandLine(place, started()));
  if (random.isTrue(0.4)) {
    // Often during the run.
    scheduler.at(within(random.isTrue(0.6) ? 1 : 40), () => {
      const repairing = begun.filter(({ kind }) => kind === 'function' || kind === 'cli');
      const of = random.isTrue(0.6) ? repairing.at(-1) : random.pick(repairing);
      if (of !== undefined) startUndo(place, started(), of.runId);
    });
  }
  if (random.isTrue(0.15)) scheduler.at(within(random.isTrue(0.5) ? 1 : 40), () => void startUnlock(place, started()));
  if (random.isTrue(0.15)) scheduler.at(within(60), () => void startRelease(place, started()));
  if (random.isTrue(0.05)) {
    const id = random.pick(tenant.ids);
    if (id !== undefined) scheduler.at(within(10), () => tenant.remove(id));
  }
}

function editOne({ tenant, random, scheduler }: Place): void {
  const id = random.pick(tenant.ids);
  if (id === undefined) return;
  const value = random.pick(['on_first_login', 'never_on_login', 'on_first_login', null]) ?? null;
  scheduler.note(undefined, `a person sets ${id} to ${value}`);
  tenant.edit(id, value);
}

/** Changes the clock of a running machine. Two clocks still differ by a minute at most. */
function moveClock({ begun, random, scheduler }: Place): void {
  const process = random.pick(begun.filter((one) => !one.process.isDead))?.process;
  if (process === undefined) return;
  process.skewMs = random.below(MOST_SKEW_MS) - MOST_SKEW_MS / 2;
  scheduler.note(process, `its clock is set to ${process.skewMs} ms ahead`);
}

function flipSwitch(place: Place): void {
  place.isStopped = !place.isStopped;
  place.scheduler.note(undefined, `a person sets the kill switch to ${place.isStopped ? 'stop' : 'allow'}`);
}
