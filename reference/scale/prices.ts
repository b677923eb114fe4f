/** The date of the prices. */
export const PRICED_ON = '2026-11-27';

/** One price of AWS in us-east-1, before any free tier. */
interface Price {
  readonly usd: number;
  /** The number of units that `usd` pays for. */
  readonly per: number;
  readonly unit: string;
  readonly url: string;
}

const LAMBDA = 'https://aws.amazon.com/lambda/pricing/';
const KMS = 'https://aws.amazon.com/kms/pricing/';
const SECRETS = 'https://aws.amazon.com/secrets-manager/pricing/';
const CLOUDWATCH = 'https://aws.amazon.com/cloudwatch/pricing/';
const EVENTBRIDGE = 'https://aws.amazon.com/eventbridge/pricing/';
const SNS = 'https://aws.amazon.com/sns/pricing/';
const S3 = 'https://aws.amazon.com/s3/pricing/';

/** SSM standard parameters, saved queries, empty queues and the notifications of alarms are free. */
export const PRICES = {
  key: { usd: 1, per: 1, unit: 'KMS key', url: KMS },
  secret: { usd: 0.4, per: 1, unit: 'secret', url: SECRETS },
  alarmMetric: { usd: 0.1, per: 1, unit: 'alarm metric', url: CLOUDWATCH },
  dashboard: { usd: 3, per: 1, unit: 'dashboard, after the first three of an account', url: CLOUDWATCH },
  metric: { usd: 0.3, per: 1, unit: 'custom metric, prorated by the hours in which it is sent', url: CLOUDWATCH },
  gbSecond: { usd: 0.0000133334, per: 1, unit: 'GB-second of Lambda on arm64', url: LAMBDA },
  invocation: { usd: 0.2, per: 1_000_000, unit: 'Lambda requests', url: LAMBDA },
  schedule: { usd: 1, per: 1_000_000, unit: 'EventBridge Scheduler invocations', url: EVENTBRIDGE },
  publish: { usd: 0.5, per: 1_000_000, unit: 'SNS requests, 64 KB each', url: SNS },
  keyRequest: { usd: 0.03, per: 10_000, unit: 'KMS requests', url: KMS },
  secretRequest: { usd: 0.05, per: 10_000, unit: 'Secrets Manager requests', url: SECRETS },
  put: { usd: 0.005, per: 1_000, unit: 'S3 writes', url: S3 },
  get: { usd: 0.0004, per: 1_000, unit: 'S3 reads', url: S3 },
  stored: { usd: 0.023, per: 1, unit: 'GB-month of S3 storage', url: S3 },
  logged: { usd: 0.5, per: 1, unit: 'GB of CloudWatch Logs data', url: CLOUDWATCH },
} as const satisfies Record<string, Price>;

export type Priced = keyof typeof PRICES;

/** US dollars for a number of units. */
export function costOf(priced: Priced, units: number): number {
  const { usd, per } = PRICES[priced];
  return (usd / per) * units;
}
