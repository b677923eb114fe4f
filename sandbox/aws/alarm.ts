import type { JsonObject } from '../json';

export interface DeployedAlarm {
  readonly description?: string;
  /** The topics that are notified when the state becomes ALARM or OK. Default: none. */
  readonly alarmActions?: readonly AlarmAction[];
  readonly okActions?: readonly AlarmAction[];
  /** Default: OK. */
  readonly state?: AlarmState;
  /** Default: true. DisableAlarmActions switches all actions of an alarm off. */
  readonly actionsEnabled?: boolean;
}

/** The notification of a topic. */
export interface AlarmAction {
  readonly topicArn: string;
  /**
   * Whether the policy of the key of the topic allows CloudWatch to use the key. Default: true. The key that AWS manages,
   * `alias/aws/sns`, never allows it (repost.aws/knowledge-center/cloudwatch-configure-alarm-sns).
   */
  readonly canUseKey?: boolean;
}

export type AlarmState = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';

export interface Alarm {
  readonly name: string;
  readonly deployed: DeployedAlarm;
  state: AlarmState;
  reason: string;
  /** Milliseconds since 1970. */
  changedAt: number;
}

export function actionsOf(alarm: DeployedAlarm | undefined, state: string): readonly AlarmAction[] {
  if (alarm?.actionsEnabled === false) return [];
  if (state === 'ALARM') return alarm?.alarmActions ?? [];
  return state === 'OK' ? (alarm?.okActions ?? []) : [];
}

export function describeAlarm({ name, deployed, state, reason, changedAt }: Alarm, arn: string): JsonObject {
  return {
    AlarmName: name,
    AlarmArn: arn,
    AlarmDescription: deployed.description ?? '',
    ActionsEnabled: deployed.actionsEnabled ?? true,
    AlarmActions: (deployed.alarmActions ?? []).map(({ topicArn }) => topicArn),
    OKActions: (deployed.okActions ?? []).map(({ topicArn }) => topicArn),
    InsufficientDataActions: [],
    StateValue: state,
    StateReason: reason,
    StateUpdatedTimestamp: changedAt / 1000,
    StateTransitionedTimestamp: changedAt / 1000,
  };
}

export function isState(value: unknown): value is AlarmState {
  return value === 'OK' || value === 'ALARM' || value === 'INSUFFICIENT_DATA';
}
