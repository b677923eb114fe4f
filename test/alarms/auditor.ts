import { DAY, HOUR, MINUTE } from '../../lib/environment/cron';
import { factsOf } from './run-ends';
import type { SimulatedAws } from './simulated-aws';
import { countConfirmed } from './topics';

/** A model of the function, as it is visible from outside. */
export interface Auditor {
  /** A run that Lambda starts at a time (milliseconds since the epoch). Returns false if the run failed. */
  run(at: number): boolean;
  /** The daily watch event at a time. Returns false if it failed. */
  watch(at: number): boolean;
}

/** The texts of messages that are sent although nothing fails. */
export const ROUTINE: readonly string[] = ['first report', 'all-clear'];

const ALL_CLEAR_DAYS = 7;
/** Two runs of a schedule are never exactly one day apart: `lambda/run/run-notices.ts`. */
const TOLERANCE = 2 * HOUR;

/** The tenant has no drift, so that only failures cause messages. `dueHours`: from the settings. */
export function createAuditor(aws: SimulatedAws, dueHours: number): Auditor {
  const { deployed, conditionsAt, send, print, publish } = aws;
  const { ofFunction } = deployed.metrics;
  let lastTold: number | null = null;
  let lastComplete: number | null = null;
  let stoppedSince: number | null = null;
  let hasMissed = false;

  /** The subject of the alert, or the notice that causes the alert; `undefined`: no alert is sent. */
  function alertAt(end: number): string | undefined {
    const conditions = conditionsAt(end);
    const { subject, isComplete } = factsOf(conditions.run);
    if (subject !== undefined) return subject;
    if (isUnheard(deployed.alerts, end)) return 'NOBODY_CONFIRMED';
    if (isUnheard(deployed.alarmsTopic, end)) return 'NOBODY_CONFIRMED (alarms)';
    if (hasMissed) return 'RUNS_MISSED';
    if (lastTold === null) return 'first report';
    if (!isComplete || end - lastTold + TOLERANCE < ALL_CLEAR_DAYS * DAY) return undefined;
    return stoppedSince === null ? 'all-clear' : 'all-clear with WRITES_STOPPED';
  }

  /** Whether a topic has no confirmed subscription: `lambda/run/run-notices.ts`. */
  function isUnheard(topic: string, end: number): boolean {
    return countConfirmed(topic, deployed, conditionsAt(end)) === 0;
  }

  /** Notifies recipients and consumers; false if a message could not be sent: `lambda/announce.ts`, `run/close-run.ts`. */
  function tell(end: number): boolean {
    const alert = alertAt(end);
    // A run does not fail if the alarms have no confirmed subscriber: `lambda/run/close-run.ts`.
    const isSilent = isUnheard(deployed.alerts, end);
    const isAlertTaken = alert === undefined || publish(deployed.alerts, alert, end);
    const areFindingsTaken = publish(deployed.findings, factsOf(conditionsAt(end).run).finding ?? '', end);
    const isTold = isAlertTaken && areFindingsTaken && !isSilent;
    hasMissed = !isTold;
    if (alert !== undefined && isAlertTaken && !isSilent) lastTold = end;
    return isTold;
  }

  return {
    run(at) {
      const conditions = conditionsAt(at);
      const { minutes, memoryPercent, isKilled, isComplete, fails } = factsOf(conditions.run);
      const end = at + minutes * MINUTE;
      let isFailed = fails;
      if (isKilled !== true) {
        stoppedSince = conditions.killSwitch === 'allow' ? null : (stoppedSince ?? at);
        const isTold = tell(end);
        isFailed ||= !isTold;
        if (isComplete && isTold) lastComplete = end;
        // `lambda/measure.ts`
        print('RunCompleted', isComplete && isTold ? 1 : 0, end);
        print('SecretAgeDays', conditions.secretAgeDays, end);
        print('WritesStoppedDays', stoppedSince === null ? 0 : Math.floor((end - stoppedSince + TOLERANCE) / DAY), end);
        print('MemoryUsedPercent', memoryPercent, end);
      }
      // Metrics of Lambda have the start time of the function, and are sent when the function has ended:
      // https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-view.html
      send(ofFunction('Errors'), isFailed ? 1 : 0, at, end + MINUTE);
      send(ofFunction('Duration'), minutes * MINUTE, at, end + MINUTE);
      return !isFailed;
    },
    watch(at) {
      // `lambda/watch.ts`: the watch reads only the history, and fails if it cannot read it.
      const { isKilled, readsHistory = true } = factsOf(conditionsAt(at).run);
      const isWell = isKilled !== true && readsHistory;
      if (isWell) print('RunOverdue', lastComplete === null || at - lastComplete > dueHours * HOUR ? 1 : 0, at);
      send(ofFunction('Errors'), isWell ? 0 : 1, at);
      return isWell;
    },
  };
}
