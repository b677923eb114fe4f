import { createServer, get, type Server } from 'node:http';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { listenOnLoopback } from '../../sandbox/loopback';
import { createVirtualClock, type VirtualClock } from '../../sandbox/virtual-clock';

let clock: VirtualClock;
let begun = 0;
beforeEach(() => {
  clock = createVirtualClock();
  begun = clock.now();
});
afterEach(() => clock.stop());

const seen: string[] = [];
beforeEach(() => void seen.splice(0));
const note = (what: string) => seen.push(`${what} ${clock.now() - begun}`);

async function every(name: string, milliseconds: number, times: number): Promise<void> {
  for (let n = 0; n < times; n += 1) {
    await clock.sleep(milliseconds);
    note(name);
  }
}

test('the virtual clock wakes two actors in the order of their times, each actor at its own time', async () => {
  await Promise.all([every('often', 100, 5), every('seldom', 250, 2)]);
  expect(seen).toEqual(['often 100', 'often 200', 'seldom 250', 'often 300', 'often 400', 'seldom 500', 'often 500']);
});

test('the virtual clock wakes both actors of the same moment', async () => {
  await Promise.all([every('a', 50, 1), every('b', 50, 1)]);
  expect(seen).toEqual(['a 50', 'b 50']);
});

describe('the virtual clock with a server', () => {
  let server: Server;
  let stop: () => Promise<void>;
  let port = 0;
  let beforeAnswer: () => Promise<unknown> = async () => undefined;
  beforeAll(async () => {
    server = createServer((_request, response) => {
      beforeAnswer().then(() => response.end('answer'));
    });
    ({ port, stop } = await listenOnLoopback(server));
  });
  afterAll(() => stop());

  const ask = () =>
    new Promise<void>((answered, failed) => {
      get({ port, host: '127.0.0.1' }, (response) => response.resume().once('end', answered)).once('error', failed);
    }).then(() => note('answer'));

  test('the virtual clock stops for a sleeping actor while a request of the other actor is in progress', async () => {
    beforeAnswer = async () => {
      for (let turn = 0; turn < 200; turn += 1) await nextTurn();
    };
    await Promise.all([ask(), every('sleeper', 1, 1)]);
    expect(seen).toEqual(['answer 0', 'sleeper 1']);
  });

  test('the virtual clock moves while every request in progress is delayed, and stops for each at its end', async () => {
    beforeAnswer = () => clock.holdUp(75);
    await Promise.all([ask(), every('sleeper', 50, 2)]);
    expect(seen).toEqual(['sleeper 50', 'answer 75', 'sleeper 100']);
  });

  test('the virtual clock stops while one of two requests is not delayed', async () => {
    const turns = [
      () => clock.holdUp(10),
      async () => {
        for (let turn = 0; turn < 200; turn += 1) await nextTurn();
        note('at work');
      },
    ];
    beforeAnswer = () => turns.shift()?.() ?? Promise.resolve();
    await Promise.all([ask(), ask()]);
    expect(seen).toEqual(['at work 0', 'answer 0', 'answer 10']);
  });
});
