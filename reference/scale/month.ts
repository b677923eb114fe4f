import { METRICS } from '../../lambda/metrics';
import { MESSAGE_BYTES } from '../../lambda/report/machine/message-head';
import { INVOCATION_MINUTES, MEMORY_SIZE } from '../../lib/environment/schema';
import { costOf } from './prices';

/** Runs a month: one each night. */
const RUNS = 30;
const HOURS_OF_MONTH = 730;

/**
 * The resources of one environment's stack with a monthly price, in report mode; remediate mode has one more alarm. The price
 * of an alarm depends on the number of its metrics, and one alarm has three metrics. `metrics` is the maximum: not every run
 * sends every metric.
 */
export const STACK = {
  keys: 1,
  secrets: 1,
  alarms: 10,
  alarmMetrics: 12,
  metrics: Object.keys(METRICS).length,
} as const;

/**
 * The AWS requests and the stored data of one run, counted in runs of the bundled handler against the emulated AWS. Values
 * that depend on the length of the run are rounded up. The unit is bytes, unless the name states another unit.
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

/** Findings in one message. */
export const MESSAGE_FINDINGS = Math.floor(MESSAGE_BYTES / RUN.publishedPerFinding);
/** SNS counts a request for each 64 KB: https://aws.amazon.com/sns/pricing/ */
const SNS_REQUEST = 65_536;
/** Kept records of runs: one a day, for the default of `historyRetentionDays`. */
export const KEPT_RUNS = 400;
const GB = 1024 ** 3;

/** US dollars a month for a stack without runs. `keyVersions`: 1; each of the first two yearly rotations adds one. */
export function dollarsOfStack(keyVersions: 0 | 1 | 2 | 3): number {
  return (
    costOf('key', STACK.keys * keyVersions) +
    costOf('secret', STACK.secrets) +
    costOf('alarmMetric', STACK.alarmMetrics) +
    costOf('metric', (STACK.metrics * RUNS) / HOURS_OF_MONTH)
  );
}

/** The values that determine the price of a nightly run. */
export interface NightlyRun {
  /** Seconds in which the run sends requests to the tenant. */
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

/** The memory size in megabytes that is sufficient: the default, or the next multiple of half a gigabyte. */
export function memorySizeFor(megabytes: number): number {
  return Math.max(MEMORY_SIZE.default, Math.ceil(megabytes / 512) * 512);
}
