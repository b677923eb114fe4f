import { createHandler } from '../../lambda/handler';
import { LIMITS } from '../../lambda/time-plan';
import { createVirtualClock } from '../../sandbox/virtual-clock';

/** One night that the test requests. */
export interface Asked {
  /** Milliseconds since the epoch: the scheduled time. */
  readonly at: number;
  readonly number: number;
  readonly isMeasured: boolean;
}

/** The result of a night. */
export interface Answered {
  /** `ok`, or the name of the error. */
  readonly exit: string;
  /** The heap after garbage collection; 0 if it was not requested. */
  readonly heapUsed: number;
}

// A warm Lambda process: one handler, and an invocation for each message of the test.
const INVOCATION_MS = 900_000;
const clock = createVirtualClock();
const limits = { ...LIMITS, requestMs: 200, callMs: 300 };
const handler = createHandler(process.env, limits, clock);

process.on('message', ({ at, number, isMeasured }: Asked) => {
  clock.advance(at - clock.now());
  const invocation = {
    awsRequestId: `${String(number).padStart(8, '0')}-0000-4000-8000-000000000000`,
    functionName: 'prod-auditor',
    getRemainingTimeInMillis: () => at + INVOCATION_MS - clock.now(),
  };
  void handler({ scheduledTime: new Date(at).toISOString() }, invocation)
    .then(
      () => 'ok',
      (error: unknown) => (error instanceof Error ? error.name : 'no error'),
    )
    .then((exit) => process.send?.({ exit, heapUsed: isMeasured ? measure() : 0 } satisfies Answered));
});

function measure(): number {
  if (globalThis.gc === undefined) throw new Error('start this process with --expose-gc');
  for (let round = 0; round < 3; round += 1) globalThis.gc();
  return process.memoryUsage().heapUsed;
}
