import diagnostics from 'node:diagnostics_channel';
import type { ClientRequest } from 'node:http';
import { setImmediate as nextTurn } from 'node:timers/promises';

/** A clock that moves only when everybody sleeps: to the time at which the first of them wants to wake. */
export interface VirtualClock {
  readonly now: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
  advance(milliseconds: number): void;
}

/** Turns of the event loop without a request under way after which nobody has anything left to do but sleep. */
const QUIET_TURNS = 4;

export function createVirtualClock(at = Date.UTC(2026, 0, 5, 4, 30)): VirtualClock {
  let time = at;
  let isDriving = false;
  let sleepers: readonly { readonly until: number; readonly wake: () => void }[] = [];

  async function drive(): Promise<void> {
    for (isDriving = true; sleepers.length > 0; ) {
      for (let quiet = 0; quiet < QUIET_TURNS; quiet = underWay() > 0 ? 0 : quiet + 1) await nextTurn();
      time = Math.max(time, Math.min(...sleepers.map(({ until }) => until)));
      const due = sleepers.filter(({ until }) => until <= time);
      sleepers = sleepers.filter(({ until }) => until > time);
      for (const { wake } of due) wake();
    }
    isDriving = false;
  }

  return {
    now: () => time,
    sleep: (milliseconds) =>
      new Promise((wake) => {
        sleepers = [...sleepers, { until: time + milliseconds, wake }];
        if (!isDriving) void drive();
      }),
    advance(milliseconds) {
      time += milliseconds;
    },
  };
}

const requests = new Set<ClientRequest>();
diagnostics.subscribe('http.client.request.start', (message) => {
  if (!isStart(message)) return;
  const { request } = message;
  requests.add(request);
  request.once('close', () => requests.delete(request));
});

function underWay(): number {
  return requests.size;
}

function isStart(message: unknown): message is { request: ClientRequest } {
  return typeof message === 'object' && message !== null && 'request' in message;
}
