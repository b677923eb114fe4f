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
  /** The tenant, in words. */
  readonly domain: string;

  /** When runs are due. */
  readonly times: Times;

  /** The group that the schedule is in. */
  readonly group: IScheduleGroup;

  /** The function to start. */
  readonly lambda: IFunction;

  /** Where the event goes when the function could not be started. */
  readonly undelivered: IQueue;
}

/**
 * The schedules of one environment. EventBridge Scheduler counts failures by group, and those of the group `default` are of
 * every schedule of the account. Its role trusts the group as a whole: the group's ARN is known before the schedules are.
 */
export function createScheduleGroup(scope: Construct, environmentName: string): ScheduleGroup {
  return new ScheduleGroup(scope, 'Schedules', {
    // At most 64 characters, of which this takes 57. Like the kill switch's and the alarms', it is of one environment.
    scheduleGroupName: `${SERVICE}-${environmentName}`,
    // A group that stayed would stop the next deployment from creating another of the same name.
    removalPolicy: RemovalPolicy.DESTROY,
  });
}

/** Starts the function at these times. It is made in the auditor's own scope, or its id would change with an upgrade. */
export function createRunSchedule(scope: Construct, role: Role, props: RunScheduleProps): Schedule {
  // Not `Schedule`, the id of version 0.1.0: CloudFormation cannot move that one into a group (docs/decisions/0024).
  return createSchedule(scope, 'NightlySchedule', role, {
    ...props,
    description: `Starts the audit of ${props.domain}`,
    cron: props.times.cron,
    // An identity: an event that is delivered twice has the same one. It can widen nothing.
    event: { [EVENT_TIME]: ContextAttribute.scheduledTime },
  });
}

/** At noon: no change of the clocks skips that time, and people are at work when they are told of an overdue run. */
const WATCH_CRON = '0 12 * * ? *';

/**
 * Asks each day whether a run is overdue, where runs are too far apart for an alarm to look back. Its event has no time: it
 * is no run, and two of them do no harm.
 */
export function createWatchSchedule(scope: Construct, role: Role, props: RunScheduleProps): Schedule {
  return createSchedule(scope, 'WatchSchedule', role, {
    ...props,
    description: `Asks whether an audit of ${props.domain} is overdue`,
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
    // No run is due at the minute, and many schedules of an account are due at the full hour:
    // https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-schedule-flexible-time-windows.html
    timeWindow: TimeWindow.flexible(Duration.minutes(15)),
    // The default would be 185 attempts in 24 hours; a night's audit that is a day late is the next one.
    target: new LambdaInvoke(props.lambda, {
      // The role has what it needs; CDK would add every version and alias of the function.
      role: role.withoutPolicyUpdates(),
      input: ScheduleTargetInput.fromObject(props.event),
      retryAttempts: 2,
      maxEventAge: Duration.hours(1),
      deadLetterQueue: props.undelivered,
    }),
  });
  // It names the group by a text, which CloudFormation takes for no reference.
  schedule.node.addDependency(props.group);
  return schedule;
}

/**
 * A role of these schedules alone, which EventBridge Scheduler may take on for their group only. It names the group as the
 * source, whichever schedule of it is due: docs.aws.amazon.com/scheduler/latest/UserGuide/cross-service-confused-deputy-prevention.html
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
