import { Duration, Stack, TimeZone } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import {
  ContextAttribute,
  Schedule,
  ScheduleExpression,
  ScheduleTargetInput,
  TimeWindow,
} from 'aws-cdk-lib/aws-scheduler';
import { LambdaInvoke } from 'aws-cdk-lib/aws-scheduler-targets';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { EVENT_TIME } from '../lambda/contract';
import type { Schedule as Times } from './environment/schedule';

export interface RunScheduleProps {
  /** The tenant, in words. */
  readonly domain: string;

  /** When runs are due. */
  readonly times: Times;

  /** The function to start. */
  readonly lambda: IFunction;

  /** Where the event goes when the function could not be started. */
  readonly undelivered: IQueue;
}

/** Starts the function at these times. It is made in the auditor's own scope, or its id would change with an upgrade. */
export function createRunSchedule(scope: Construct, role: Role, props: RunScheduleProps): Schedule {
  const { cron, timeZone, enabled = true } = props.times;
  return new Schedule(scope, 'Schedule', {
    description: `Starts the audit of ${props.domain}`,
    schedule: ScheduleExpression.expression(`cron(${cron})`, TimeZone.of(timeZone)),
    enabled,
    // No run is due at the minute, and many schedules of an account are due at the full hour:
    // https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-schedule-flexible-time-windows.html
    timeWindow: TimeWindow.flexible(Duration.minutes(15)),
    // The default would be 185 attempts in 24 hours; a night's audit that is a day late is the next one.
    target: new LambdaInvoke(props.lambda, {
      // The role has what it needs; CDK would add every version and alias of the function.
      role: role.withoutPolicyUpdates(),
      // An identity: an event that is delivered twice has the same one. It can widen nothing.
      input: ScheduleTargetInput.fromObject({ [EVENT_TIME]: ContextAttribute.scheduledTime }),
      retryAttempts: 2,
      maxEventAge: Duration.hours(1),
      deadLetterQueue: props.undelivered,
    }),
  });
}

/** A role of this schedule alone, which EventBridge Scheduler may take on for this account only. */
export function createSchedulerRole(scope: Construct, lambda: IFunction, undelivered: IQueue): Role {
  const account = { 'aws:SourceAccount': Stack.of(scope).account };
  const role = new Role(scope, 'SchedulerRole', {
    assumedBy: new ServicePrincipal('scheduler.amazonaws.com', { conditions: { StringEquals: account } }),
  });
  role.addToPolicy(new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [lambda.functionArn] }));
  // Not `grantSendMessages`: it also allows reading the queue's attributes.
  role.addToPolicy(new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [undelivered.queueArn] }));
  return role;
}
