import { nameFailure } from '../../lambda/report/words/incomplete';

/** The result of an invocation that Lambda starts. */
interface EndFacts {
  readonly minutes: number;
  /** The largest used part of its memory. */
  readonly memoryPercent: number;
  /** Lambda ends it: no message, no record and no metric of the function. */
  readonly isKilled?: true;
  /** Whether the run read every connection. */
  readonly isComplete: boolean;
  /** @default true */
  readonly readsHistory?: false;
  /** The run fails after its report. */
  readonly fails: boolean;
  /** The subject of its immediate alert, if it sends one. */
  readonly subject?: string;
  /** The message to the consumers of findings that a successful run does not send. */
  readonly finding?: string;
}

const WELL = { minutes: 1, memoryPercent: 40, isComplete: true, fails: false } as const;
const INCOMPLETE = { ...WELL, isComplete: false, fails: true, finding: 'run_error' } as const;
const KILLED = { memoryPercent: 40, isKilled: true, isComplete: false, fails: true } as const;

/** The possible results of a run, as in `lambda/handler.ts`, `run/failures.ts` and `report/words/headline.ts`. */
export const RUN_ENDS = {
  completes: WELL,
  'takes 14 minutes': { ...WELL, minutes: 14 },
  'uses 90 % of its memory': { ...WELL, memoryPercent: 90 },
  'times out': { ...KILLED, minutes: 15 },
  'runs out of memory': { ...KILLED, minutes: 3 },
  'does not load': { ...KILLED, minutes: 0 },
  'Auth0 does not answer': { ...INCOMPLETE, minutes: 5, subject: `INCOMPLETE (${nameFailure('no_answer')})` },
  'needs setup': { ...INCOMPLETE, subject: 'SETUP NEEDED' },
  'cannot read the secret': { ...INCOMPLETE, subject: `INCOMPLETE (${nameFailure('secret_unusable')})` },
  'fails a repair': { ...WELL, fails: true, subject: '1 FAILED', finding: 'finding with outcome failed' },
  'cannot keep its history': {
    ...WELL,
    fails: true,
    readsHistory: false,
    subject: 'HISTORY FAILED',
    finding: 'run_summary with historyFailure',
  },
} as const satisfies Readonly<Record<string, EndFacts>>;
export type RunEnd = keyof typeof RUN_ENDS;

export function factsOf(end: RunEnd): EndFacts {
  return RUN_ENDS[end];
}
