import { METRICS } from '../../lambda/metrics';
import { MESSAGE_BYTES } from '../../lambda/report/machine/message-head';
import { INVOCATION_MINUTES, MEMORY_SIZE } from '../../lib/environment/schema';
import { costOf } from './prices';

/** A run each night. */
const RUNS = 30;
const HOURS_OF_MONTH = 730;

/**
 * What the stack of one environment has that costs by the month, in mode `report`; `remediate` has one alarm more. An alarm
 * costs by the metrics that it looks at, and one looks at three. Not every run sends every metric: these are the most.
 */
export const STACK = {
  keys: 1,
  secrets: 1,
  alarms: 10,
  alarmMetrics: 12,
  metrics: Object.keys(METRICS).length,
} as const;

/**
 * What one run asks of AWS and leaves there, counted in runs of the bundled handler against the emulated AWS; rounded up
 * where it depends on the length of the run. Bytes, unless named otherwise.
 */
const RUN = {
  /** Start of the function, history and messages: an assumption. */
  awsSeconds: 5,
  reads: 40,
  writes: 10,
  kept: 24_000,
  keptPerFinding: 1_260,
  published: 5_000,
  publishedPerFinding: 3_250,
  logged: 4_000,
} as const;

/** Findings that one message holds. */
export const MESSAGE_FINDINGS = Math.floor(MESSAGE_BYTES / RUN.publishedPerFinding);
/** SNS counts a request for each 64 KB: https://aws.amazon.com/sns/pricing/ */
const SNS_REQUEST = 65_536;
/** Runs whose record is kept: one a day, for the default of `historyRetentionDays`. */
export const KEPT_RUNS = 400;
const GB = 1024 ** 3;

/** US dollars a month for a stack that never runs. `keyVersions`: 1; the first two yearly rotations add one each. */
export function dollarsOfStack(keyVersions: 0 | 1 | 2 | 3): number {
  return (
    costOf('key', STACK.keys * keyVersions) +
    costOf('secret', STACK.secrets) +
    costOf('alarmMetric', STACK.alarmMetrics) +
    costOf('metric', (STACK.metrics * RUNS) / HOURS_OF_MONTH)
  );
}

/** What a nightly run costs by. */
export interface NightlyRun {
  /** Seconds in which the tenant is asked. */
  readonly seconds: number;
  readonly megabytes: number;
  readonly findings: number;
}

/** US dollars a month for a run each night. */
export function dollarsOfRuns({ seconds, megabytes, findings }: NightlyRun): number {
  const billed = Math.min(seconds + RUN.awsSeconds, INVOCATION_MINUTES * 60);
  const published = RUN.published + findings * RUN.publishedPerFinding;
  const kept = KEPT_RUNS * (RUN.kept + findings * RUN.keptPerFinding);
  const each =
    costOf('gbSecond', (billed * memorySizeFor(megabytes)) / 1024) +
    costOf('invocation', 1) +
    costOf('schedule', 1) +
    costOf('publish', 2 + Math.ceil(published / SNS_REQUEST)) +
    costOf('keyRequest', 2 * (2 + Math.ceil(published / MESSAGE_BYTES))) +
    costOf('secretRequest', 1) +
    costOf('get', RUN.reads) +
    costOf('put', RUN.writes) +
    costOf('logged', RUN.logged / GB);
  return RUNS * each + costOf('stored', kept / GB);
}

/** The memory size in megabytes that holds so much: the default, or the next half gigabyte. */
export function memorySizeFor(megabytes: number): number {
  return Math.max(MEMORY_SIZE.default, Math.ceil(megabytes / 512) * 512);
}
