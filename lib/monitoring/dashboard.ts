import { Duration } from 'aws-cdk-lib';
import { AlarmStatusWidget, Dashboard, GraphWidget, type GraphWidgetProps } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { SERVICE } from '../../lambda/contract';
import type { MetricName } from '../../lambda/metrics';
import type { Alarms } from './alarms';
import { metricOf } from './metrics';

/** Of the 24 columns of a dashboard. */
const ALL_COLUMNS = 24;

interface Graph {
  readonly title: string;
  readonly left: readonly MetricName[];
  /** By an axis of its own. */
  readonly right?: readonly MetricName[];
  readonly isStacked?: true;
}

/** In rows of two. */
const GRAPHS: readonly Graph[] = [
  { title: 'Runs completed', left: ['RunCompleted'] },
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
    title: 'Age of the credentials and of a stop of writes, in days',
    left: ['SecretAgeDays', 'WritesStoppedDays'],
  },
];

/** What an environment did in the last month, on one page. Its name is the beginning of the alarms' names. */
export function createDashboard(scope: Construct, environmentName: string, alarms: Alarms): Dashboard {
  const all = (names: readonly MetricName[]) => names.map((name) => metricOf(environmentName, name, { label: name }));
  const dashboard = new Dashboard(scope, 'Dashboard', {
    dashboardName: `${SERVICE}-${environmentName}`,
    defaultInterval: Duration.days(30),
  });
  dashboard.addWidgets(
    new AlarmStatusWidget({ title: 'Alarms', width: ALL_COLUMNS, alarms: [...alarms.byName.values()] }),
  );
  const graphs = GRAPHS.map(({ title, left, right = [], isStacked = false }) => {
    const props: GraphWidgetProps = {
      title,
      width: ALL_COLUMNS / 2,
      left: all(left),
      right: all(right),
      stacked: isStacked,
      leftYAxis: { min: 0, showUnits: false },
      rightYAxis: { min: 0, showUnits: false },
    };
    return new GraphWidget(props);
  });
  for (let first = 0; first < graphs.length; first += 2) dashboard.addWidgets(...graphs.slice(first, first + 2));
  return dashboard;
}
