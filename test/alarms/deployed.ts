import type { Template } from 'aws-cdk-lib/assertions';
import { z } from 'zod';
import { SERVICE } from '../../lambda/contract';
import { METRIC_ENVIRONMENT, METRIC_NAMESPACE, type MetricName } from '../../lambda/metrics';
import { sampleEnvironment } from '../lib/environment/sample-environment';
import { type AlarmDefinition, alarmsOf } from './cloudwatch/alarm-definition';
import { type MetricId, metricId } from './cloudwatch/metric-data';
import { type Listener, listenerAt } from './layouts';

export interface ScheduleDefinition {
  readonly cron: string;
  readonly timeZone: string;
  readonly isEnabled: boolean;
  /** Whether the schedule only checks for overdue runs. */
  readonly isWatch: boolean;
}

export interface TopicDefinition {
  /** The key that encrypts the topic, as in the template. */
  readonly key: string;
  readonly listeners: readonly Listener[];
}

/** The parts of the template of an environment that the simulation needs. The logical id is the name of a topic. */
export interface Deployed {
  readonly alarms: readonly AlarmDefinition[];
  readonly schedules: readonly ScheduleDefinition[];
  readonly topics: ReadonlyMap<string, TopicDefinition>;
  readonly alerts: string;
  /** The topic whose subscribers the function counts as recipients of alarms. */
  readonly alarmsTopic: string;
  readonly findings: string;
  /** Logical ids and types of all resources. */
  readonly resources: readonly { readonly id: string; readonly type: string }[];
  /** The metrics that AWS and the function send, with the dimensions that they send. */
  readonly metrics: {
    readonly ofFunction: (name: string) => MetricId;
    readonly ofAlerts: (name: string) => MetricId;
    readonly ofUndelivered: (name: string) => MetricId;
    readonly ofSchedules: (name: string) => MetricId;
    readonly own: (name: MetricName) => MetricId;
  };
}

const ref = z.object({ Ref: z.string() }).transform(({ Ref }) => Ref);
const arnOf = z
  .object({ 'Fn::GetAtt': z.tuple([z.string(), z.literal('Arn')]) })
  .transform(({ 'Fn::GetAtt': [id] }) => id);
const cron = z.string().transform((expression) => /^cron\((.*)\)$/.exec(expression)?.[1] ?? '');

const schedule = z.object({
  ScheduleExpression: cron,
  ScheduleExpressionTimezone: z.string(),
  State: z.enum(['ENABLED', 'DISABLED']),
  GroupName: z.string(),
  Target: z.object({ Input: z.string(), DeadLetterConfig: z.object({ Arn: arnOf }) }),
});
const topic = z.object({ KmsMasterKeyId: z.unknown() });
const subscription = z.object({ TopicArn: ref, Endpoint: z.string() });
const chat = z.object({ SnsTopicArns: z.array(ref) });
const variables = z.object({ ALERTS_TOPIC_ARN: ref, ALARMS_TOPIC_ARN: ref, FINDINGS_TOPIC_ARN: ref });
const lambda = z.object({ Environment: z.object({ Variables: variables }) });

export function readDeployed(template: Template): Deployed {
  const find = <T>(type: string, schema: z.ZodType<T>) =>
    Object.entries(template.findResources(type)).map(([id, found]) => ({ id, is: schema.parse(found.Properties) }));
  const only = <T>(type: string, schema: z.ZodType<T>) => {
    const [first] = find(type, schema);
    if (first === undefined) throw new Error(`the template has no ${type}`);
    return first;
  };

  const audit = only('AWS::Lambda::Function', lambda);
  const {
    ALERTS_TOPIC_ARN: alerts,
    ALARMS_TOPIC_ARN: alarmsTopic,
    FINDINGS_TOPIC_ARN: findings,
  } = audit.is.Environment.Variables;
  const scheduled = only('AWS::Scheduler::Schedule', schedule).is;
  const subscribers = find('AWS::SNS::Subscription', subscription);
  const chats = find('AWS::Chatbot::SlackChannelConfiguration', chat);
  const listenersOf = (id: string): readonly Listener[] => [
    ...subscribers.filter(({ is }) => is.TopicArn === id).map(({ is }) => listenerAt(is.Endpoint)),
    ...chats.filter(({ is }) => is.SnsTopicArns.includes(id)).map(() => 'chat' as const),
    // Consumers subscribe themselves.
    ...(id === findings ? (['findings consumers'] as const) : []),
  ];

  const of = (namespace: string, dimension: string, value: unknown) => (name: string) =>
    metricId(namespace, name, [{ Name: dimension, Value: value }]);
  return {
    alarms: alarmsOf(template),
    schedules: find('AWS::Scheduler::Schedule', schedule).map(({ is }) => ({
      cron: is.ScheduleExpression,
      timeZone: is.ScheduleExpressionTimezone,
      isEnabled: is.State === 'ENABLED',
      isWatch: is.Target.Input.includes('"watch"'),
    })),
    topics: new Map(
      find('AWS::SNS::Topic', topic).map(({ id, is }) => [
        id,
        { key: JSON.stringify(is.KmsMasterKeyId), listeners: listenersOf(id) },
      ]),
    ),
    alerts,
    alarmsTopic,
    findings,
    resources: Object.entries(template.findResources('*')).map(([id, { Type }]) => ({ id, type: String(Type) })),
    metrics: {
      ofFunction: of('AWS/Lambda', 'FunctionName', { Ref: audit.id }),
      ofAlerts: of('AWS/SNS', 'TopicName', { 'Fn::GetAtt': [alerts, 'TopicName'] }),
      ofUndelivered: of('AWS/SQS', 'QueueName', { 'Fn::GetAtt': [scheduled.Target.DeadLetterConfig.Arn, 'QueueName'] }),
      ofSchedules: of('AWS/Scheduler', 'ScheduleGroup', scheduled.GroupName),
      // The dimensions that Powertools prints. A metric with other dimensions is another metric.
      own: (name) =>
        metricId(METRIC_NAMESPACE, name, [
          { Name: 'service', Value: SERVICE },
          { Name: METRIC_ENVIRONMENT, Value: sampleEnvironment.name },
        ]),
    },
  };
}
