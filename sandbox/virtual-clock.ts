import diagnostics from 'node:diagnostics_channel';
import type { ClientRequest } from 'node:http';
import { setImmediate as nextTurn } from 'node:timers/promises';

/** A clock that moves only when all actors sleep: to the earliest wake time. */
export interface VirtualClock {
  readonly now: () => number;
  /** The same time: this clock never moves back. */
  readonly elapsed: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** A sleep of the server while a request of this process is in progress. */
  readonly holdUp: (milliseconds: number) => Promise<void>;
  advance(milliseconds: number): void;
  /** Stops observing the requests of this process. */
  stop(): void;
}

/** The number of turns of the event loop without a request in progress after which all actors are sleeping. */
const QUIET_TURNS = 4;

export function createVirtualClock(at = Date.UTC(2026, 0, 5, 4, 30)): VirtualClock {
  let time = at;
  let isDriving = false;
  let heldUp = 0;
  const requests = new Set<ClientRequest>();
  const notice = (message: unknown) => {
    if (!isStart(message)) return;
    const { request } = message;
    requests.add(request);
    request.once('close', () => requests.delete(request));
  };
  diagnostics.subscribe(STARTED, notice);
  let sleepers: readonly { readonly until: number; readonly wake: () => void }[] = [];

  async function drive(): Promise<void> {
    for (isDriving = true; sleepers.length > 0; ) {
      for (let quiet = 0; quiet < QUIET_TURNS; quiet = requests.size > heldUp ? 0 : quiet + 1) await nextTurn();
      time = Math.max(time, Math.min(...sleepers.map(({ until }) => until)));
      const due = sleepers.filter(({ until }) => until <= time);
      sleepers = sleepers.filter(({ until }) => until > time);
      for (const { wake } of due) wake();
    }
    isDriving = false;
  }

  function sleep(milliseconds: number): Promise<void> {
    return new Promise((wake) => {
      sleepers = [...sleepers, { until: time + milliseconds, wake }];
      if (!isDriving) void drive();
    });
  }

  return {
    now: () => time,
    elapsed: () => time,
    sleep,
    async holdUp(milliseconds) {
      heldUp += 1;
      await sleep(milliseconds);
      heldUp -= 1;
    },
    advance(milliseconds) {
      time += milliseconds;
    },
    stop: () => void diagnostics.unsubscribe(STARTED, notice),
  };
}

const STARTED = 'http.client.request.start';

function isStart(message: unknown): message is { request: ClientRequest } {
  return typeof message === 'object' && message !== null && 'request' in message;
}
