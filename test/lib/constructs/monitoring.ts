import { Duration, Stack } from 'aws-cdk-lib';
import { METRICS, type MetricName } from '../../../lambda/metrics';
import { ConnectionAuditor } from '../../../lib/connection-auditor';
import { sampleEnvironment } from '../environment/sample-environment';
import { resolveText } from '../resolve';
import { createApp, STUB_BUNDLE, templateOf, withoutRules } from '../synthesize';

function isMetricName(text: string): text is MetricName {
  return Object.hasOwn(METRICS, text);
}
const NAMES = Object.keys(METRICS).filter(isMetricName);

describe('the metrics of a construct', () => {
  const stack = new Stack(createApp(withoutRules), 'Theirs');
  const auditor = new ConnectionAuditor(stack, 'Auditor', { ...sampleEnvironment, bundle: STUB_BUNDLE });

  test.each(NAMES)('the metric %s of a construct is the metric of the function, by day and without a unit', (name) => {
    const { metricStat } = auditor.metric(name).toMetricConfig();
    expect(metricStat).toMatchObject({
      namespace: 'Auth0ConnectionAuditor',
      metricName: name,
      dimensions: [
        { name: 'environment', value: 'sample' },
        { name: 'service', value: 'auth0-connection-auditor' },
      ],
    });
    expect(metricStat?.period.toDays()).toBe(1);
    expect(metricStat?.unitFilter).toBeUndefined();
  });

  test.each([
    ['Sum', auditor.metricRunCompleted()],
    ['Maximum', auditor.metricConnectionsJudged()],
    ['Maximum', auditor.metricNoncompliant()],
    ['Maximum', auditor.metricIndeterminate()],
    ['Maximum', auditor.metricOldestFindingDays()],
    ['Sum', auditor.metricRepairsVerified()],
    ['Sum', auditor.metricRepairsFailed()],
    ['Sum', auditor.metricRepairsFailedVerification()],
    ['Sum', auditor.metricRequests()],
    ['Sum', auditor.metricRateLimitWait()],
    ['Minimum', auditor.metricConfirmedSubscribers()],
    ['Maximum', auditor.metricSecretAgeDays()],
    ['Maximum', auditor.metricWritesStoppedDays()],
  ])('the default statistic is %s for the metric %s', (statistic, metric) => {
    expect(metric.statistic).toBe(statistic);
    expect(metric.metricName).toBe(NAMES.find((name) => name === metric.metricName));
  });

  // lib/README.md documents these defaults.
  test('metrics have the sum for actions, the maximum for observations and the minimum for subscribers', () => {
    const by = (statistic: string) => NAMES.filter((name) => auditor.metric(name).statistic === statistic);
    expect(by('Sum')).toEqual([
      'RunCompleted',
      'RepairsVerified',
      'RepairsFailed',
      'RepairsFailedVerification',
      'RepairsConflicting',
      'RepairsStopped',
      'Requests',
      'RateLimitedRequests',
      'RateLimitWait',
    ]);
    expect(by('Minimum')).toEqual(['ConfirmedSubscribers']);
    expect(by('Maximum')).toHaveLength(NAMES.length - 10);
  });

  test('the options of a caller override the defaults of a metric', () => {
    const metric = auditor.metricNoncompliant({ period: Duration.hours(1), statistic: 'Minimum', label: 'Drifted' });
    expect([metric.period.toHours(), metric.statistic, metric.label]).toEqual([1, 'Minimum', 'Drifted']);
  });

  test('each metric method has the name of its metric', () => {
    const prototype: object = Object.getPrototypeOf(Object.getPrototypeOf(auditor));
    const methods = Object.getOwnPropertyNames(prototype).filter((method) => /^metric./.test(method));
    expect(methods).toHaveLength(13);
    expect(methods.filter((method) => !isMetricName(method.replace(/^metric/, '')))).toEqual([]);
  });
});

describe('the dashboard', () => {
  test('the dashboard exists only if the environment asks for it', () => {
    templateOf().resourceCountIs('AWS::CloudWatch::Dashboard', 0);
    templateOf({ dashboard: false }).resourceCountIs('AWS::CloudWatch::Dashboard', 0);
  });

  const template = templateOf({ dashboard: true, region: 'eu-central-1' });
  const [dashboard] = Object.values(template.findResources('AWS::CloudWatch::Dashboard'));
  const body = bodyOf(dashboard?.Properties.DashboardBody);

  function bodyOf(text: unknown): { readonly start: string; readonly widgets: readonly Widget[] } {
    return JSON.parse(resolveText(text, (id) => id));
  }

  interface Widget {
    readonly type: string;
    readonly width: number;
    readonly x: number;
    readonly properties: {
      readonly title: string;
      readonly alarms?: readonly string[];
      readonly metrics?: readonly (readonly unknown[])[];
    };
  }

  const graphs = body.widgets.filter(({ type }) => type === 'metric');
  const metricsOf = (widget: Widget | undefined) => widget?.properties.metrics ?? [];
  const titled = (title: string) => metricsOf(graphs.find(({ properties }) => properties.title === title));

  test('the dashboard has the prefix of the alarm names and shows a month', () => {
    expect(dashboard?.Properties.DashboardName).toBe('auth0-connection-auditor-sample');
    expect(body.start).toBe('-P30D');
  });

  test('the dashboard shows every alarm', () => {
    const [alarms] = body.widgets.filter(({ type }) => type === 'alarm');
    expect(alarms?.properties.alarms).toHaveLength(10);
  });

  test('the dashboard has these graphs, two in a row', () => {
    expect(graphs.map(({ properties }) => properties.title)).toEqual([
      'Runs completed',
      'Errors and throttles of the function',
      'Duration and memory of runs',
      'Connections',
      'Findings by severity',
      'Repairs by outcome',
      'Oldest open finding, in days',
      'Requests to Auth0, and seconds of waiting',
      'Confirmed subscribers of the alerts',
      'Age of the credentials and of the write stop, in days',
    ]);
    expect(graphs.map(({ width, x }) => [width, x])).toEqual(graphs.map((_, index) => [12, (index % 2) * 12]));
  });

  test('each metric of the dashboard belongs to the environment or its function, by day', () => {
    const named = graphs.flatMap(metricsOf).filter(([namespace]) => typeof namespace === 'string');
    for (const [namespace, , ...dimensions] of named) {
      if (namespace === 'AWS/Lambda') {
        expect(dimensions.slice(0, 2)).toEqual(['FunctionName', expect.stringMatching(/^AuditorAuditFunction/)]);
      } else {
        expect(namespace).toBe('Auth0ConnectionAuditor');
        expect(dimensions.slice(0, 4)).toEqual(['environment', 'sample', 'service', 'auth0-connection-auditor']);
      }
      expect(dimensions.at(-1)).toMatchObject({ period: 86_400 });
    }
  });

  test('the dashboard shows errors, throttles, and the longest duration in minutes next to the memory', () => {
    expect(titled('Errors and throttles of the function').map(([, name]) => name)).toEqual(['Errors', 'Throttles']);
    expect(titled('Duration and memory of runs')).toEqual([
      [expect.objectContaining({ expression: 'duration / 60000', label: 'Longest duration, in minutes' })],
      [
        'AWS/Lambda',
        'Duration',
        'FunctionName',
        expect.anything(),
        expect.objectContaining({ stat: 'Maximum', visible: false, id: 'duration' }),
      ],
      expect.arrayContaining(['MemoryUsedPercent', expect.objectContaining({ stat: 'Maximum', yAxis: 'right' })]),
    ]);
  });

  test('the dashboard shows every metric, and RunOverdue only with the daily watch event', () => {
    const shown = graphs.flatMap(metricsOf).map(([, name]) => name);
    expect(NAMES.filter((name) => !shown.includes(name))).toEqual(['RunOverdue']);
    const schedule = { cron: '0 6 1 * ? *', timeZone: 'Etc/UTC' };
    const monthly = Object.values(
      templateOf({ dashboard: true, schedule }).findResources('AWS::CloudWatch::Dashboard'),
    );
    const inMonth = bodyOf(monthly[0]?.Properties.DashboardBody)
      .widgets.flatMap(metricsOf)
      .map(([, name]) => name);
    expect(NAMES.filter((name) => !inMonth.includes(name))).toEqual([]);
  });
});

describe('the saved queries', () => {
  const template = templateOf();
  const queries = Object.values(template.findResources('AWS::Logs::QueryDefinition')).map(
    ({ Properties }) => Properties,
  );
  const [log] = Object.keys(template.findResources('AWS::Logs::LogGroup'));
  const queryOf = (name: string): string =>
    queries.find(({ Name }) => Name === `auth0-connection-auditor/sample/${name}`)?.QueryString ?? '';

  test('the four saved queries are in the folder of the environment and use the log of its function', () => {
    expect(queries.map(({ Name }) => Name).toSorted()).toEqual([
      'auth0-connection-auditor/sample/all failures',
      'auth0-connection-auditor/sample/all writes',
      'auth0-connection-auditor/sample/history of one connection',
      'auth0-connection-auditor/sample/one run',
    ]);
    for (const { LogGroupNames } of queries) expect(LogGroupNames).toEqual([{ Ref: log }]);
  });

  test.each([
    ['one run', '# replace RUN_ID', '| filter runId = "RUN_ID"'],
    ['history of one connection', '# replace CONNECTION_ID', '| filter connectionId = "CONNECTION_ID"'],
  ])('the first line of the saved query %s names the value to replace', (name, first, filter) => {
    const lines = queryOf(name).split('\n');
    expect(lines[0]).toContain(first);
    expect(lines).toContain(filter);
  });

  test.each([
    ['all writes', '| filter message = "write"'],
    ['all failures', '| filter level in ["ERROR", "FATAL"] or ispresent(errorType)'],
  ])('the saved query %s has no value to replace', (name, filter) => {
    expect(queryOf(name).split('\n')).toContain(filter);
    expect(queryOf(name)).not.toContain('replace');
  });

  // docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax.html: commands are separated by pipes.
  test('a saved query consists of comments and then one command per line', () => {
    for (const { QueryString } of queries) {
      const [first, ...rest] = QueryString.split('\n').filter((line: string) => !line.startsWith('#'));
      expect(first).toMatch(/^fields /);
      for (const line of rest) expect(line).toMatch(/^(\| (filter|sort|limit) | {4}or )/);
      expect(QueryString).toContain('| sort @timestamp ');
    }
  });
});
