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
  /** The topic of the alarms. */
  readonly topic: ITopic;

  readonly watched: Watched;

  readonly named: Named;

  /**
   * Hours after their creation in which the alarms on missing runs are not evaluated.
   * @default the alarms are evaluated immediately
   */
  readonly warmUpHours?: number | undefined;
}

/** The alarms on runs that fail, are missing, cannot be started, or are about to fail. */
export class Alarms extends Construct {
  readonly runFailed: Alarm;
  readonly noCompletedRun: Alarm;

  /** Every alarm of the environment. `writes-stopped` exists only in mode `remediate`. */
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
 * The warm-up happens one time, when the alarm is created. No update starts it again. The maximum is two days, which is also
 * the time for which SNS keeps an unconfirmed subscription. The warm-up must last the whole time: a first run that fails also
 * sends a point, and points can end a warm-up early
 * (docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-warm-up.html).
 */
function warmUp({ node: { defaultChild } }: Alarm, hours: number): void {
  if (!CfnAlarm.isCfnAlarm(defaultChild)) throw new Error('the alarm must be a resource of the template');
  defaultChild.warmUpConfiguration = {
    warmUpPeriodDurationInMinutes: Duration.hours(hours).toMinutes(),
    onlyStartEvaluatingAfterWarmUpPeriodEnds: true,
  };
}

/** `run-failed` becomes `RunFailed`. */
function idOf(name: AlarmName): string {
  return name.replaceAll(/(^|-)([a-z])/g, (_, _hyphen, letter: string) => letter.toUpperCase());
}
