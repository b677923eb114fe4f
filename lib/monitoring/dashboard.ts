import { Duration } from 'aws-cdk-lib';
import {
  AlarmStatusWidget,
  Dashboard,
  GraphWidget,
  type GraphWidgetProps,
  type IMetric,
  MathExpression,
  Stats,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { SERVICE } from '../../lambda/contract';
import type { MetricName } from '../../lambda/metrics';
import { needsWatch, type Schedule } from '../environment/schedule';
import type { Alarms } from './alarms';
import { metricOf } from './metrics';

/** The width of a dashboard in columns. */
const ALL_COLUMNS = 24;

/** The content of a dashboard. */
interface Shown {
  readonly environmentName: string;

  readonly schedule: Schedule;

  /** The function that runs the audit. */
  readonly lambda: IFunction;

  readonly alarms: Alarms;
}

interface Graph {
  readonly title: string;
  readonly left?: readonly MetricName[];
  /** Metrics on the second axis. */
  readonly right?: readonly MetricName[];
  /** Metrics that Lambda sends for the function, shown before the metrics that the function sends. */
  readonly lambda?: (lambda: IFunction) => readonly IMetric[];
  readonly isStacked?: true;
  /** @default every environment has the graph */
  readonly isFor?: (schedule: Schedule) => boolean;
}

/** The graphs, two in a row. */
const GRAPHS: readonly Graph[] = [
  { title: 'Runs completed', left: ['RunCompleted'] },
  { title: 'A run is overdue (1) or not (0)', left: ['RunOverdue'], isFor: needsWatch },
  { title: 'Errors and throttles of the function', lambda: errorsAndThrottles },
  { title: 'Duration and memory of runs', lambda: minutes, right: ['MemoryUsedPercent'] },
  { title: 'Connections', left: ['ConnectionsJudged', 'Noncompliant', 'Indeterminate'] },
  {
    title: 'Findings by severity',
    left: ['FindingsCritical', 'FindingsHigh', 'FindingsMedium', 'FindingsLow', 'FindingsInformational'],
    isStacked: true,
  },
  {
    title: 'Repairs by outcome',
    left: [
      'RepairsVerified',
      'RepairsFailed',
      'RepairsFailedVerification',
      'RepairsConflicting',
      'RepairsStopped',
      'RepairsQuarantined',
      'RepairsHeld',
      'RepairsManual',
      'RepairsPlanned',
    ],
    isStacked: true,
  },
  { title: 'Oldest open finding, in days', left: ['OldestFindingDays'] },
  {
    title: 'Requests to Auth0, and seconds of waiting',
    left: ['Requests', 'RateLimitedRequests'],
    right: ['RateLimitWait'],
  },
  { title: 'Confirmed subscribers of the alerts', left: ['ConfirmedSubscribers'] },
  {
    title: 'Age of the credentials and of the write stop, in days',
    left: ['SecretAgeDays', 'WritesStoppedDays'],
  },
];

/** Shows the last month of an environment on one page. Its name is the beginning of the names of the alarms. */
export function createDashboard(
  scope: Construct,
  { environmentName, schedule, lambda: audit, alarms }: Shown,
): Dashboard {
  const all = (names: readonly MetricName[]) => names.map((name) => metricOf(environmentName, name, { label: name }));
  const dashboard = new Dashboard(scope, 'Dashboard', {
    dashboardName: `${SERVICE}-${environmentName}`,
    defaultInterval: Duration.days(30),
  });
  dashboard.addWidgets(
    new AlarmStatusWidget({ title: 'Alarms', width: ALL_COLUMNS, alarms: [...alarms.byName.values()] }),
  );
  const graphs = GRAPHS.filter(({ isFor }) => isFor?.(schedule) !== false).map(
    ({ title, left = [], right = [], lambda, isStacked = false }) => {
      const props: GraphWidgetProps = {
        title,
        width: ALL_COLUMNS / 2,
        left: [...(lambda?.(audit) ?? []), ...all(left)],
        right: all(right),
        stacked: isStacked,
        leftYAxis: { min: 0, showUnits: false },
        rightYAxis: { min: 0, showUnits: false },
      };
      return new GraphWidget(props);
    },
  );
  for (let first = 0; first < graphs.length; first += 2) dashboard.addWidgets(...graphs.slice(first, first + 2));
  return dashboard;
}

/** By day, like all other graphs. */
function errorsAndThrottles(lambda: IFunction): IMetric[] {
  return ['Errors', 'Throttles'].map((name) =>
    lambda.metric(name, { statistic: Stats.SUM, period: Duration.days(1), label: name }),
  );
}

/** Lambda measures in milliseconds. */
function minutes(lambda: IFunction): IMetric[] {
  const period = Duration.days(1);
  const longest = lambda.metric('Duration', { statistic: Stats.MAXIMUM, period });
  const label = 'Longest duration, in minutes';
  return [new MathExpression({ expression: 'duration / 60000', usingMetrics: { duration: longest }, period, label })];
}
