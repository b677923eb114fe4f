import { Duration } from 'aws-cdk-lib';
import { Alarm, CfnAlarm, type IAlarmAction } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { ALARM_NAMES, type AlarmName, alarmNameOf } from '../../lambda/contract';
import { ruleOf } from './alarm-math';
import type { Watched } from './alarm-shapes';
import { describeAlarm, type Named } from './alarm-texts';

/** @internal */
export interface AlarmsProps {
  /** Where alarms go. */
  readonly topic: ITopic;

  readonly watched: Watched;

  readonly named: Named;

  /**
   * Hours in which the alarms on missing runs do not watch, from when they are created on.
   * @default they watch at once
   */
  readonly warmUpHours?: number | undefined;
}

/** Who is woken when an audit fails, does not happen, cannot be started, or is about to. */
export class Alarms extends Construct {
  readonly runFailed: Alarm;
  readonly noCompletedRun: Alarm;

  /** Every alarm of the environment. Only in mode `remediate` there is `writes-stopped`. */
  readonly byName: ReadonlyMap<AlarmName, Alarm>;

  /** @internal */
  constructor(scope: Construct, id: string, { topic, watched, named, warmUpHours }: AlarmsProps) {
    super(scope, id);
    const action = new SnsAction(topic);
    const create = (name: AlarmName) => this.create(name, { action, watched, named, warmUpHours });

    this.runFailed = create('run-failed');
    this.noCompletedRun = create('no-completed-run');
    const created = new Map<AlarmName, Alarm>([
      ['run-failed', this.runFailed],
      ['no-completed-run', this.noCompletedRun],
    ]);
    for (const name of ALARM_NAMES) {
      if (!created.has(name) && ruleOf(name).isFor?.(watched) !== false) created.set(name, create(name));
    }
    this.byName = created;
  }

  private create(
    name: AlarmName,
    { action, watched, named, warmUpHours }: Omit<AlarmsProps, 'topic'> & { readonly action: IAlarmAction },
  ): Alarm {
    const { isLevel, math, warmsUp = false } = ruleOf(name);
    const alarm = new Alarm(this, idOf(name), {
      ...math(watched),
      alarmName: alarmNameOf(watched.environmentName, name),
      alarmDescription: describeAlarm(name, named),
    });
    alarm.addAlarmAction(action);
    if (isLevel) alarm.addOkAction(action);
    if (warmsUp && warmUpHours !== undefined) warmUp(alarm, warmUpHours);
    return alarm;
  }
}

/**
 * It happens once, when the alarm is created, and no update starts it again. Two days are the longest, and as long as SNS
 * keeps a subscription that nobody has confirmed. It must last: a first run that fails also sends a point, and points
 * may end a warm-up early (docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-warm-up.html).
 */
function warmUp({ node: { defaultChild } }: Alarm, hours: number): void {
  if (!CfnAlarm.isCfnAlarm(defaultChild)) throw new Error('the alarm must be a resource of the template');
  defaultChild.warmUpConfiguration = {
    warmUpPeriodDurationInMinutes: Duration.hours(hours).toMinutes(),
    onlyStartEvaluatingAfterWarmUpPeriodEnds: true,
  };
}

/** `run-failed` is `RunFailed`. */
function idOf(name: AlarmName): string {
  return name.replaceAll(/(^|-)([a-z])/g, (_, _hyphen, letter: string) => letter.toUpperCase());
}
