import type { Template } from 'aws-cdk-lib/assertions';
import { z } from 'zod';
import { MINUTE } from '../../../lib/environment/cron';
import { type Judging, TREATMENTS } from './judge-points';
import { isStatistic, type MetricId, metricId, type Statistic } from './metric-data';
import { readSum, type Term } from './metric-math';

/** The time after the creation of an alarm in which it is not evaluated: it has no data and takes no action. */
export interface WarmUp {
  /** Milliseconds. */
  readonly length: number;
  /** `false`: the warm-up ends early if there is enough data. */
  readonly isWhole: boolean;
}

/** A metric alarm of the template. */
export interface AlarmDefinition extends Judging {
  readonly name: string;
  /** Milliseconds. */
  readonly period: number;
  readonly metrics: ReadonlyMap<string, { readonly metric: MetricId; readonly statistic: Statistic }>;
  readonly terms: readonly Term[];
  readonly isBad: (value: number) => boolean;
  readonly warmUp: WarmUp | undefined;
  /** Logical ids of the topics, or ARNs. */
  readonly alarmActions: readonly string[];
  readonly okActions: readonly string[];
}

const dimensions = z.array(z.object({ Name: z.string(), Value: z.unknown() })).default([]);
const statistic = z.string().refine(isStatistic);
const metric = { Namespace: z.string(), MetricName: z.string(), Dimensions: dimensions };
const action = z.union([z.object({ Ref: z.string() }).transform(({ Ref }) => Ref), z.string()]);

const common = {
  AlarmName: z.string(),
  EvaluationPeriods: z.number(),
  DatapointsToAlarm: z.number().optional(),
  Threshold: z.number(),
  ComparisonOperator: z.enum(['GreaterThanOrEqualToThreshold', 'LessThanThreshold']),
  TreatMissingData: z.enum(TREATMENTS).default('missing'),
  WarmUpConfiguration: z
    .strictObject({
      WarmUpPeriodDurationInMinutes: z.number(),
      OnlyStartEvaluatingAfterWarmUpPeriodEnds: z.boolean().default(false),
    })
    .optional(),
  AlarmActions: z.array(action).default([]),
  OKActions: z.array(action).default([]),
  AlarmDescription: z.string().or(z.object({})),
  Tags: z.unknown().optional(),
};

/** Strict, because an unknown property must be an error of the evaluator. */
const plain = z.strictObject({ ...common, ...metric, Statistic: statistic, Period: z.number() });
const math = z.strictObject({
  ...common,
  Metrics: z.array(
    z.union([
      z.strictObject({ Id: z.string(), Label: z.string(), Expression: z.string(), ReturnData: z.literal(true) }),
      z.strictObject({
        Id: z.string(),
        MetricStat: z.strictObject({ Metric: z.strictObject(metric), Period: z.number(), Stat: statistic }),
        ReturnData: z.literal(false),
      }),
    ]),
  ),
});

/** The alarms of a template. Throws if an alarm has a property that the evaluator does not support. */
export function alarmsOf(template: Template): readonly AlarmDefinition[] {
  return Object.values(template.findResources('AWS::CloudWatch::Alarm')).map(({ Properties }) => readAlarm(Properties));
}

function readAlarm(properties: unknown): AlarmDefinition {
  const read = z.union([plain, math]).parse(properties);
  const { Threshold, ComparisonOperator, WarmUpConfiguration: warmUp } = read;
  return {
    name: read.AlarmName,
    evaluationPeriods: read.EvaluationPeriods,
    datapointsToAlarm: read.DatapointsToAlarm ?? read.EvaluationPeriods,
    treatMissingData: read.TreatMissingData,
    isBad: (value) => (ComparisonOperator === 'LessThanThreshold' ? value < Threshold : value >= Threshold),
    warmUp: warmUp && {
      length: warmUp.WarmUpPeriodDurationInMinutes * MINUTE,
      isWhole: warmUp.OnlyStartEvaluatingAfterWarmUpPeriodEnds,
    },
    alarmActions: read.AlarmActions,
    okActions: read.OKActions,
    ...('Metrics' in read ? readMath(read.Metrics) : readPlain(read)),
  };
}

type What = Pick<AlarmDefinition, 'period' | 'metrics' | 'terms'>;

function readPlain({ Namespace, MetricName, Dimensions, Statistic: name, Period }: z.infer<typeof plain>): What {
  const watched = { metric: metricId(Namespace, MetricName, Dimensions), statistic: name };
  return { period: Period * 1000, metrics: new Map([['m', watched]]), terms: [{ id: 'm', fill: undefined }] };
}

function readMath(queries: z.infer<typeof math>['Metrics']): What {
  const stats = queries.flatMap((query) => ('MetricStat' in query ? [query] : []));
  const [expression, ...more] = queries.flatMap((query) => ('Expression' in query ? [query.Expression] : []));
  const [period, ...otherPeriods] = new Set(stats.map(({ MetricStat }) => MetricStat.Period));
  if (expression === undefined || period === undefined || more.length + otherPeriods.length > 0) {
    throw new Error('the evaluator supports only one expression over metrics of one period');
  }
  return {
    period: period * 1000,
    terms: readSum(expression),
    metrics: new Map(
      stats.map(({ Id, MetricStat: { Metric: of, Stat } }) => [
        Id,
        { metric: metricId(of.Namespace, of.MetricName, of.Dimensions), statistic: Stat },
      ]),
    ),
  };
}
