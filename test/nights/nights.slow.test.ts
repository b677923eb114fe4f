import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { ALERTS_ARN, FINDINGS_ARN } from '../aws/aws-clients';
import { DAY_MS, EDITOR, FIRST_NIGHT, openWorld, SETTING, type World } from '../faults/deployment';
import { EXCHANGES, type Exchange } from '../faults/exchanges';
import { WAYS } from '../faults/faults';
import { tellsMachines, tellsPeople, type Write, writesIn } from '../faults/night';
import type { Night, Script } from '../faults/script';
import type { Answered, Asked } from './warm-process';

const NIGHTS = 300;
const SEED = 20260105;
const MEASURED = [50, NIGHTS];
/** The most that the heap is allowed to grow from night 50 to night 300. */
const MOST_GROWTH_MB = 2;
const MB = 1024 * 1024;
/** The process has nothing left to wait for, so it ends immediately. The limit is for a slow machine. */
const EXIT_MS = 60_000;

interface Ended {
  readonly faulty: number;
  readonly failed: number;
  readonly heaps: readonly number[];
  readonly writes: readonly Write[];
  readonly untold: readonly string[];
  readonly exitCode: number | null;
}

describe(`${NIGHTS} nights in one warm process, with faults and drift by seed ${SEED}`, () => {
  let ended: Ended;
  beforeAll(async () => {
    ended = await liveThrough();
  });

  it('more than a third of the nights have a fault, and more than a tenth fail', () => {
    expect(ended.faulty).toBeGreaterThan(NIGHTS / 3);
    expect(ended.failed).toBeGreaterThan(NIGHTS / 10);
  });

  it('every write is reported to recipients and consumers', () => {
    expect(ended.writes.length).toBeGreaterThan(NIGHTS / 2);
    expect(ended.untold).toEqual([]);
  });

  it(`the heap grows by less than ${MOST_GROWTH_MB} MB after night 50`, () => {
    const [early = 0, late = 0] = ended.heaps;
    expect((late - early) / MB).toBeLessThan(MOST_GROWTH_MB);
  });

  it('no handle stays open: the process ends by itself', () => expect(ended.exitCode).toBe(0));
});

async function liveThrough(): Promise<Ended> {
  const random = createRandom(SEED);
  let at = FIRST_NIGHT;
  const world = await openWorld(() => at, { rateLimit: 'off' });
  const child = fork(path.join(__dirname, 'warm-process.ts'), {
    execArgv: ['--expose-gc', '--import', 'tsx'],
    env: { PATH: process.env.PATH, NODE_NO_WARNINGS: '1', ...world.forSdk, ...world.variables },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const exited = once(child, 'exit');
  const begins: number[] = [];
  const heaps: number[] = [];
  let faulty = 0;
  let failed = 0;
  for (let number = 1; number <= NIGHTS; number += 1) {
    const atMorning: Night['atMorning'] = [];
    driftSome(world, random);
    at = FIRST_NIGHT + number * DAY_MS;
    begins.push(world.aws.published.length);
    // The last nights have no faults, so that a write that is unreported by then stays unreported.
    if (number < NIGHTS - 2 && random() < 0.5) {
      faulty += 1;
      strikeOne(world, random, atMorning);
    }
    const { exit, heapUsed } = await ask(child, { at, number, isMeasured: MEASURED.includes(number) });
    if (exit !== 'ok') failed += 1;
    if (heapUsed > 0) heaps.push(heapUsed);
    world.sandbox.faults.clear();
    world.aws.clearFailures();
    for (const restore of atMorning) await restore();
    await closeConnections(world);
  }
  const writes = writesIn(world.sandbox.log);
  const untold = findUntold(world, writes, begins);
  await world.stop();
  child.disconnect();
  const late = setTimeout(() => child.kill('SIGKILL'), EXIT_MS);
  const [exitCode] = await exited;
  clearTimeout(late);
  return { faulty, failed, heaps, writes, untold, exitCode };
}

/** No connection stays open during a day without a request. */
async function closeConnections({ sandbox, aws }: World): Promise<void> {
  for (const side of [sandbox, aws]) {
    side.down();
    await side.up();
  }
}

/** During the day, editors set one to three connections to a value that violates the policy. */
function driftSome({ sandbox }: World, random: () => number): void {
  const ids = [...sandbox.tenant.connections.keys()];
  for (let count = 1 + Math.floor(random() * 3); count > 0; count -= 1) {
    const id = ids[Math.floor(random() * ids.length)] ?? '';
    const options = sandbox.tenant.connections.get(id)?.options ?? {};
    sandbox.editAs(EDITOR, id, { options: { ...options, [SETTING]: 'on_first_login' } });
  }
}

/** One fault at one exchange. Excluded: faults that end the process, move its clock or delete a connection. */
const LEFT_OUT = /^(killed|clock|connection deleted)/;

function strikeOne({ sandbox, aws }: World, random: () => number, atMorning: Night['atMorning']): void {
  const choices = EXCHANGES.flatMap((exchange) =>
    WAYS.filter(({ name }) => !LEFT_OUT.test(name)).flatMap(({ script }): [Exchange, Script][] => {
      const scripted = script(exchange);
      return typeof scripted === 'string' ? [] : [[exchange, scripted]];
    }),
  );
  const [exchange, script] = choices[Math.floor(random() * choices.length)] ?? [];
  if (exchange === undefined || script === undefined) throw new Error('no choice');
  const side = exchange.side === 'auth0' ? sandbox : aws;
  let isDown = false;
  exchange.prepare?.({ sandbox, aws, jump: () => undefined, pass: () => undefined });
  script.strike({
    deployed: { sandbox, aws, jump: () => undefined, pass: () => undefined },
    expected: new Map(),
    atMorning,
    kill: () => undefined,
    goDown: () => {
      if (isDown) return;
      isDown = true;
      side.down();
      atMorning.push(() => side.up());
    },
    edit: (id, key, value) => {
      const options = sandbox.tenant.connections.get(id)?.options ?? {};
      sandbox.editAs(EDITOR, id, { options: { ...options, [key]: value } });
    },
  });
}

/** `begins`: the number of messages before each night. */
function findUntold({ aws }: World, writes: readonly Write[], begins: readonly number[]): string[] {
  return writes.flatMap((write) => {
    const number = Number(write.runId.slice(-8));
    const later = aws.published.slice(begins[number - 1]);
    const people = later.some(({ topicArn, message }) => topicArn === ALERTS_ARN && tellsPeople(message, write));
    const machines = later.some(({ topicArn, message }) => topicArn === FINDINGS_ARN && tellsMachines(message, write));
    return people && machines ? [] : [`${write.runId} ${write.connectionId}: people ${people}, machines ${machines}`];
  });
}

async function ask(child: ChildProcess, asked: Asked): Promise<Answered> {
  const answer = new Promise<Answered>((resolve, reject) => {
    child.once('message', (message: Answered) => resolve(message));
    child.once('exit', (code) => reject(new Error(`the process ended with ${code} in night ${asked.number}`)));
  });
  child.send(asked);
  try {
    return await answer;
  } finally {
    child.removeAllListeners('message');
    for (const listener of child.listeners('exit').slice(1)) child.off('exit', listener as () => void);
  }
}

/** Numbers from 0 up to 1: mulberry32. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
