import { Duration } from 'aws-cdk-lib';
import { Alarm, type AlarmProps, ComparisonOperator, Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { DOCS_FOLDERS, type Launcher, SERVICE } from '../lambda/contract';
import { METRIC_ENVIRONMENT, METRIC_NAMESPACE } from '../lambda/metrics';
import { dueHours, type Schedule } from './environment/schedule';

export interface AlarmsProps {
  /** Where alarms go. */
  readonly topic: ITopic;

  /** The environment whose runs are counted. */
  readonly environmentName: string;

  /**
   * The https address of the folder with the runbook.
   * @default alarms name the file
   */
  readonly docsUrl?: string | undefined;

  /** How people start the command line: by it they find the file. */
  readonly launcher: Launcher;

  /** When runs are due. */
  readonly schedule: Schedule;

  /** The function that runs. */
  readonly lambda: IFunction;

  /** Where the schedule leaves what it could not deliver. */
  readonly undelivered: IQueue;
}

/** Who is woken when an audit fails, does not happen, or cannot be started. */
export class Alarms extends Construct {
  readonly runFailed: Alarm;
  readonly noCompletedRun: Alarm;
  readonly notInvoked: Alarm;

  constructor(scope: Construct, id: string, props: AlarmsProps) {
    super(scope, id);
    const { environmentName, topic, docsUrl = DOCS_FOLDERS[props.launcher] } = props;
    const describe = (wrong: string, article: string) => `${wrong} What to do: ${docsUrl}/runbook.md#${article}`;

    this.runFailed = this.alarm('RunFailed', topic, {
      alarmDescription: describe(`An audit run of '${environmentName}' ended with an error.`, 'run-failed'),
      metric: props.lambda.metricErrors({ period: Duration.minutes(5), statistic: 'Sum' }),
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      threshold: 1,
      evaluationPeriods: 1,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });

    // With the longest gap that the linter allows it stays within the 7 days that an alarm may look back.
    const hours = dueHours(props.schedule);
    const isPaused = props.schedule.enabled === false;
    this.noCompletedRun = this.alarm('NoCompletedRun', topic, {
      alarmDescription: describe(
        isPaused
          ? `The schedule of '${environmentName}' is paused: nobody is told that no audit run completes.`
          : `No audit run of '${environmentName}' completed within ${hours} hours.`,
        'no-completed-run',
      ),
      metric: new Metric({
        namespace: METRIC_NAMESPACE,
        metricName: 'RunCompleted',
        dimensionsMap: { service: SERVICE, [METRIC_ENVIRONMENT]: environmentName },
        period: Duration.hours(1),
        statistic: 'Sum',
      }),
      comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
      threshold: 1,
      evaluationPeriods: hours,
      // Silence is the failure to detect: a run that never started sends no metric at all. While the schedule is
      // paused, silence is "insufficient data": neither an alarm each night nor a green light. It must not stay in
      // alarm either: an alarm tells of changes only, and would tell nothing when the schedule is on again and no run
      // completes (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html).
      treatMissingData: isPaused ? TreatMissingData.MISSING : TreatMissingData.BREACHING,
    });

    this.notInvoked = this.alarm('NotInvoked', topic, {
      alarmDescription: describe(`The schedule of '${environmentName}' could not start a run.`, 'not-invoked'),
      metric: props.undelivered.metricApproximateNumberOfMessagesVisible({
        period: Duration.minutes(5),
        statistic: 'Maximum',
      }),
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      threshold: 1,
      evaluationPeriods: 1,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
  }

  private alarm(id: string, topic: ITopic, props: AlarmProps): Alarm {
    const alarm = new Alarm(this, id, props);
    alarm.addAlarmAction(new SnsAction(topic));
    return alarm;
  }
}
