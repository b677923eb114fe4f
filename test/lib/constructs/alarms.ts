import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Schedule } from '../../../lib/environment/schedule';
import { sampleEnvironment } from '../environment/sample-environment';
import { templateOf, templateOfConstruct } from '../synthesize';

const sample = templateOf();
const [alerts] = Object.keys(sample.findResources('AWS::SNS::Topic')).filter((id) => id.includes('Alerts'));

test('every alarm wakes the recipients of alerts', () => {
  sample.resourceCountIs('AWS::CloudWatch::Alarm', 3);
  sample.allResourcesProperties('AWS::CloudWatch::Alarm', { AlarmActions: [{ Ref: alerts }] });
});

test('every alarm says what is wrong in one sentence, and where to read on', () => {
  const descriptions = Object.values(sample.findResources('AWS::CloudWatch::Alarm'))
    .map((alarm) => alarm.Properties.AlarmDescription)
    .sort();
  expect(descriptions).toEqual([
    "An audit run of 'sample' ended with an error. What to do: docs/runbook.md#run-failed",
    "No audit run of 'sample' completed within 29 hours. What to do: docs/runbook.md#no-completed-run",
    "The schedule of 'sample' could not start a run. What to do: docs/runbook.md#not-invoked",
  ]);
});

test('every alarm links to the runbook where the address of the docs folder is known', () => {
  const template = templateOf({ docsUrl: 'https://github.com/acme/connection-auditor/blob/main/docs/' });
  const runbook = 'https://github.com/acme/connection-auditor/blob/main/docs/runbook.md';
  const links = Object.values(template.findResources('AWS::CloudWatch::Alarm')).map(
    (alarm) => alarm.Properties.AlarmDescription.split('What to do: ')[1],
  );
  expect(links.sort()).toEqual(
    ['no-completed-run', 'not-invoked', 'run-failed'].map((article) => `${runbook}#${article}`),
  );
});

test('from the installed package, every alarm names the file where the package has it', () => {
  const alarms = Object.values(templateOfConstruct(() => ({})).findResources('AWS::CloudWatch::Alarm'));
  expect(alarms).toHaveLength(3);
  for (const { Properties } of alarms) {
    expect(Properties.AlarmDescription).toContain(
      ' What to do: node_modules/auth0-connection-auditor/docs/runbook.md#',
    );
  }
});

test('every article that an alarm names stands in docs/runbook.md', () => {
  const runbook = readFileSync(path.join(__dirname, '../../../docs/runbook.md'), 'utf8');
  const articles = Object.values(sample.findResources('AWS::CloudWatch::Alarm')).map(
    (alarm) => alarm.Properties.AlarmDescription.split('runbook.md#')[1],
  );
  for (const article of articles) expect(runbook).toContain(`\n## ${article}\n`);
});

test('one error of the function is enough', () => {
  sample.hasResourceProperties('AWS::CloudWatch::Alarm', {
    Namespace: 'AWS/Lambda',
    MetricName: 'Errors',
    Dimensions: [
      { Name: 'FunctionName', Value: { Ref: Object.keys(sample.findResources('AWS::Lambda::Function'))[0] } },
    ],
    Statistic: 'Sum',
    Period: 300,
    EvaluationPeriods: 1,
    Threshold: 1,
    ComparisonOperator: 'GreaterThanOrEqualToThreshold',
    TreatMissingData: 'notBreaching',
  });
});

test('silence is a failure: no completed run within the longest gap and 4 hours, in hours', () => {
  sample.hasResourceProperties('AWS::CloudWatch::Alarm', {
    Namespace: 'Auth0ConnectionAuditor',
    MetricName: 'RunCompleted',
    Dimensions: [
      { Name: 'environment', Value: 'sample' },
      { Name: 'service', Value: 'auth0-connection-auditor' },
    ],
    Statistic: 'Sum',
    Period: 3600,
    EvaluationPeriods: 25 + 4,
    Threshold: 1,
    ComparisonOperator: 'LessThanThreshold',
    TreatMissingData: 'breaching',
  });
});

test.each<[string, Schedule, number]>([
  ['follows the schedule', { cron: '0 6,18 * * ? *', timeZone: 'Etc/UTC' }, 16],
  ['rounds half an hour of a clock change up', { cron: '30 4 * * ? *', timeZone: 'Australia/Lord_Howe' }, 29],
  ['reaches six days and the margin', { cron: '0 6 1/6 * ? *', timeZone: 'Etc/UTC' }, 148],
])('the look-back %s', (_claim, schedule, hours) => {
  templateOf({ schedule }).hasResourceProperties('AWS::CloudWatch::Alarm', {
    MetricName: 'RunCompleted',
    EvaluationPeriods: hours,
  });
});

test('silence is no failure while the schedule is paused, and no success either', () => {
  const paused = templateOf({ schedule: { ...sampleEnvironment.schedule, enabled: false } });
  paused.resourceCountIs('AWS::CloudWatch::Alarm', 3);
  paused.hasResourceProperties('AWS::CloudWatch::Alarm', {
    MetricName: 'RunCompleted',
    TreatMissingData: 'missing',
    AlarmActions: [{ Ref: alerts }],
    AlarmDescription:
      "The schedule of 'sample' is paused: nobody is told that no audit run completes. What to do: docs/runbook.md#no-completed-run",
  });
});

test('one event that could not be delivered is enough', () => {
  const [queue] = Object.keys(sample.findResources('AWS::SQS::Queue')).filter((id) => id.includes('Undelivered'));
  sample.hasResourceProperties('AWS::CloudWatch::Alarm', {
    Namespace: 'AWS/SQS',
    MetricName: 'ApproximateNumberOfMessagesVisible',
    Dimensions: [{ Name: 'QueueName', Value: { 'Fn::GetAtt': [queue, 'QueueName'] } }],
    Statistic: 'Maximum',
    EvaluationPeriods: 1,
    Threshold: 1,
    ComparisonOperator: 'GreaterThanOrEqualToThreshold',
    TreatMissingData: 'notBreaching',
  });
});

test('the sample is the one the numbers above are about', () => {
  expect(sampleEnvironment.schedule).toEqual({ cron: '30 4 * * ? *', timeZone: 'Europe/Berlin' });
});
