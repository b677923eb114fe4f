/** An AWS quota, its default, and the amount that the stack of one environment uses. */
interface Quota {
  readonly name: string;
  readonly scope: 'account' | 'region';
  readonly most: number;
  readonly ofOneStack: number;
  /** The resource type in a template, if a test counts the amount of a stack. */
  readonly type: string | undefined;
  readonly url: string;
}

/** The quotas that stacks share. All quotas except saved queries can be raised. */
export const QUOTAS: readonly Quota[] = [
  {
    name: 'IAM roles',
    scope: 'account',
    most: 1_000,
    ofOneStack: 2,
    type: 'AWS::IAM::Role',
    url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html',
  },
  {
    name: 'CloudWatch alarms',
    scope: 'region',
    most: 5_000,
    ofOneStack: 10,
    type: 'AWS::CloudWatch::Alarm',
    url: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_limits.html',
  },
  {
    name: 'CloudWatch Logs saved queries',
    scope: 'region',
    most: 1_000,
    ofOneStack: 4,
    type: 'AWS::Logs::QueryDefinition',
    url: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html',
  },
  {
    name: 'EventBridge Scheduler groups',
    scope: 'region',
    most: 500,
    ofOneStack: 1,
    type: 'AWS::Scheduler::ScheduleGroup',
    url: 'https://docs.aws.amazon.com/scheduler/latest/UserGuide/scheduler-quotas.html',
  },
  {
    name: 'CloudFormation stacks',
    scope: 'region',
    most: 2_000,
    ofOneStack: 1,
    type: undefined,
    url: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html',
  },
  {
    name: 'S3 buckets',
    scope: 'account',
    most: 10_000,
    ofOneStack: 1,
    type: 'AWS::S3::Bucket',
    // The default was 100 until November 2024.
    url: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/BucketRestrictions.html',
  },
  {
    name: 'SNS topics',
    scope: 'account',
    most: 100_000,
    ofOneStack: 2,
    type: 'AWS::SNS::Topic',
    url: 'https://docs.aws.amazon.com/general/latest/gr/sns.html',
  },
  {
    name: 'KMS keys',
    scope: 'region',
    most: 100_000,
    ofOneStack: 1,
    type: 'AWS::KMS::Key',
    url: 'https://docs.aws.amazon.com/kms/latest/developerguide/resource-limits.html',
  },
];

/** Concurrent Lambda executions in a region; a new account can have 10. Each run is one execution. */
export const CONCURRENCY = {
  most: 1_000,
  url: 'https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html',
} as const;

/** The flexible time window of a schedule in minutes, as in `lib/run-schedule.ts`. */
export const WINDOW_MINUTES = 15;

/** Targets that EventBridge Scheduler invokes each second in us-east-1. */
export const SCHEDULER = {
  invocationsPerSecond: 1_000,
  url: 'https://docs.aws.amazon.com/scheduler/latest/UserGuide/scheduler-quotas.html',
} as const;
