/**
 * The CloudWatch namespace of this auditor's metrics. Their only dimensions are `service` (SERVICE) and `environment`.
 */
export const METRIC_NAMESPACE = 'Auth0ConnectionAuditor';
export const METRIC_ENVIRONMENT = 'environment';

/** Units of CloudWatch (API reference, MetricDatum). CloudWatch has no unit for days: days are counts. */
export type MetricUnitName = 'Count' | 'Seconds' | 'Percent';

export interface MetricFacts {
  readonly unit: MetricUnitName;
}

/**
 * Every metric of this auditor. The names are public: alarms and dashboards use them. `reference/meanings.ts` describes
 * each of them.
 */
export const METRICS = {
  RunCompleted: { unit: 'Count' },
  RunOverdue: { unit: 'Count' },
  ConnectionsJudged: { unit: 'Count' },
  Noncompliant: { unit: 'Count' },
  Indeterminate: { unit: 'Count' },
  FindingsCritical: { unit: 'Count' },
  FindingsHigh: { unit: 'Count' },
  FindingsMedium: { unit: 'Count' },
  FindingsLow: { unit: 'Count' },
  FindingsInformational: { unit: 'Count' },
  OldestFindingDays: { unit: 'Count' },
  RepairsVerified: { unit: 'Count' },
  RepairsFailed: { unit: 'Count' },
  RepairsFailedVerification: { unit: 'Count' },
  RepairsConflicting: { unit: 'Count' },
  RepairsStopped: { unit: 'Count' },
  RepairsQuarantined: { unit: 'Count' },
  RepairsHeld: { unit: 'Count' },
  RepairsManual: { unit: 'Count' },
  RepairsPlanned: { unit: 'Count' },
  Requests: { unit: 'Count' },
  RateLimitedRequests: { unit: 'Count' },
  RateLimitWait: { unit: 'Seconds' },
  ConfirmedSubscribers: { unit: 'Count' },
  SecretAgeDays: { unit: 'Count' },
  WritesStoppedDays: { unit: 'Count' },
  MemoryUsedPercent: { unit: 'Percent' },
} as const satisfies Readonly<Record<string, MetricFacts>>;
export type MetricName = keyof typeof METRICS;
