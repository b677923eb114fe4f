import { Duration, RemovalPolicy, Stack, TimeZone } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import {
  ContextAttribute,
  type IScheduleGroup,
  Schedule,
  ScheduleExpression,
  ScheduleGroup,
  ScheduleTargetInput,
  TimeWindow,
} from 'aws-cdk-lib/aws-scheduler';
import { LambdaInvoke } from 'aws-cdk-lib/aws-scheduler-targets';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { EVENT_TIME, EVENT_WATCH, SERVICE } from '../lambda/contract';
import type { Schedule as Times } from './environment/schedule';

export interface RunScheduleProps {
  /** The domain of the tenant, for descriptions. */
  readonly domain: string;

  /** The schedule of the runs. */
  readonly times: Times;

  /** The group of the schedule. */
  readonly group: IScheduleGroup;

  /** The function to start. */
  readonly lambda: IFunction;

  /** The queue for the event if the function could not be started. */
  readonly undelivered: IQueue;
}

/**
 * The group of the schedules of one environment. EventBridge Scheduler counts failures by group, and the group `default`
 * contains all schedules of the account. The role trusts the whole group, because the ARN of the group is known before the
 * schedules exist.
 */
export function createScheduleGroup(scope: Construct, environmentName: string): ScheduleGroup {
  return new ScheduleGroup(scope, 'Schedules', {
    // At most 64 characters; this name uses 57. Like the names of kill switch and alarms, it belongs to one environment.
    scheduleGroupName: `${SERVICE}-${environmentName}`,
    // A kept group would prevent the next deployment from creating a group with the same name.
    removalPolicy: RemovalPolicy.DESTROY,
  });
}

/** Starts the function at these times. The scope must be the auditor: with another scope, an upgrade would change the id. */
export function createRunSchedule(scope: Construct, role: Role, props: RunScheduleProps): Schedule {
  // Not `Schedule`, the id of version 0.1.0: CloudFormation cannot move that schedule into a group (docs/decisions/0024).
  return createSchedule(scope, 'NightlySchedule', role, {
    ...props,
    description: `Starts the audit of ${props.domain}`,
    cron: props.times.cron,
    // Identifies the event: two deliveries of one event have the same time. It grants no additional rights.
    event: { [EVENT_TIME]: ContextAttribute.scheduledTime },
  });
}

/** Noon: no clock change skips this time, and an alarm on an overdue run arrives during working hours. */
const WATCH_CRON = '0 12 * * ? *';

/**
 * Checks each day whether a run is overdue, for runs that are too far apart for an alarm to look back. The event has no time:
 * it starts no run, and a second delivery does no harm.
 */
export function createWatchSchedule(scope: Construct, role: Role, props: RunScheduleProps): Schedule {
  return createSchedule(scope, 'WatchSchedule', role, {
    ...props,
    description: `Checks whether an audit of ${props.domain} is overdue`,
    cron: WATCH_CRON,
    event: { [EVENT_WATCH]: true },
  });
}

interface ScheduleProps extends RunScheduleProps {
  readonly description: string;
  readonly cron: string;
  readonly event: Readonly<Record<string, unknown>>;
}

function createSchedule(scope: Construct, id: string, role: Role, props: ScheduleProps): Schedule {
  const { timeZone, enabled = true } = props.times;
  const schedule = new Schedule(scope, id, {
    description: props.description,
    schedule: ScheduleExpression.expression(`cron(${props.cron})`, TimeZone.of(timeZone)),
    scheduleGroup: props.group,
    enabled,
    // The exact minute does not matter, and many schedules of an account are due at the full hour:
    // https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-schedule-flexible-time-windows.html
    timeWindow: TimeWindow.flexible(Duration.minutes(15)),
    // The default would be 185 attempts in 24 hours. A nightly audit that is a day late is replaced by the next audit.
    target: new LambdaInvoke(props.lambda, {
      // The role already has the permissions. CDK would add every version and alias of the function.
      role: role.withoutPolicyUpdates(),
      input: ScheduleTargetInput.fromObject(props.event),
      retryAttempts: 2,
      maxEventAge: Duration.hours(1),
      deadLetterQueue: props.undelivered,
    }),
  });
  // The schedule contains the name of the group as a string, which is not a reference for CloudFormation.
  schedule.node.addDependency(props.group);
  return schedule;
}

/**
 * The role of these schedules. EventBridge Scheduler can assume it only for their group. The source of a request is the
 * group, for every schedule of the group:
 * docs.aws.amazon.com/scheduler/latest/UserGuide/cross-service-confused-deputy-prevention.html
 */
export function createSchedulerRole(
  scope: Construct,
  { lambda, undelivered, group }: Pick<RunScheduleProps, 'lambda' | 'undelivered' | 'group'>,
): Role {
  const source = { 'aws:SourceAccount': Stack.of(scope).account, 'aws:SourceArn': group.scheduleGroupArn };
  const role = new Role(scope, 'SchedulerRole', {
    assumedBy: new ServicePrincipal('scheduler.amazonaws.com', { conditions: { StringEquals: source } }),
  });
  role.addToPolicy(new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [lambda.functionArn] }));
  // Not `grantSendMessages`: it also allows reading the queue's attributes.
  role.addToPolicy(new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [undelivered.queueArn] }));
  return role;
}
