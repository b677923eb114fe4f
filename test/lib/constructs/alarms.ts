import type { Template } from 'aws-cdk-lib/assertions';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { ALARM_NAMES, type AlarmName, alarmNameOf } from '../../../lambda/contract';
import type { Environment } from '../../../lib/environment/environment';
import { dueHours, type Schedule } from '../../../lib/environment/schedule';
import type { ALARM_RULES } from '../../../lib/monitoring/alarm-math';
import { fullEnvironment } from '../environment/full-environment';
import { sampleEnvironment } from '../environment/sample-environment';
import { resolveText } from '../resolve';
import { templateOf, templateOfConstruct } from '../synthesize';

const REMEDIATE = { mode: 'remediate', caps: { maxChanges: 1, maxPercent: 1 } } as const;
const REGION = { region: 'eu-central-1' };
const MONTHLY: Schedule = { cron: '0 6 1 * ? *', timeZone: 'Etc/UTC' };
const PAUSED = { ...sampleEnvironment.schedule, enabled: false };

/** The properties of each alarm, by the end of its name. */
function alarmsOf(template: Template, environment = 'sample'): Readonly<Record<string, Record<string, unknown>>> {
  const prefix = alarmNameOf(environment, 'run-failed').replace(/run-failed$/, '');
  return Object.fromEntries(
    Object.values(template.findResources('AWS::CloudWatch::Alarm')).map(({ Properties }) => [
      Properties.AlarmName.replace(prefix, ''),
      Properties,
    ]),
  );
}

const idOf = (template: Template, type: string, word: string): string => {
  const [id = '', ...more] = Object.keys(template.findResources(type)).filter((name) => name.includes(word));
  expect(more).toEqual([]);
  return id;
};

const sample = templateOf(REMEDIATE);
const alarms = alarmsOf(sample);
const alerts = { Ref: idOf(sample, 'AWS::SNS::Topic', 'Alerts') };
const lambda = [{ Name: 'FunctionName', Value: { Ref: idOf(sample, 'AWS::Lambda::Function', 'Function') } }];
const queue = { 'Fn::GetAtt': [idOf(sample, 'AWS::SQS::Queue', 'Undelivered'), 'QueueName'] };
const ours = [
  { Name: 'environment', Value: 'sample' },
  { Name: 'service', Value: 'auth0-connection-auditor' },
];
const ofGroup = (MetricName: string) => ({
  Metric: {
    Namespace: 'AWS/Scheduler',
    MetricName,
    Dimensions: [{ Name: 'ScheduleGroup', Value: 'auth0-connection-auditor-sample' }],
  },
  Period: 300,
  Stat: 'Sum',
});

const AT_LEAST = { ComparisonOperator: 'GreaterThanOrEqualToThreshold' };
const GOOD = { TreatMissingData: 'notBreaching' };
/** A point that arrives within 30 minutes of its time counts. */
const once = { EvaluationPeriods: 6, DatapointsToAlarm: 1, ...AT_LEAST, ...GOOD };
const ofFunction = { ...once, Namespace: 'AWS/Lambda', Dimensions: lambda, Period: 300 };
const own = { Namespace: 'Auth0ConnectionAuditor', Dimensions: ours };
const silence = { ...own, MetricName: 'RunCompleted', Statistic: 'Sum', Period: 3600, Threshold: 1 };
const tooFew = { ComparisonOperator: 'LessThanThreshold', TreatMissingData: 'breaching' };
const days = { ...own, Statistic: 'Maximum', Period: 86_400, EvaluationPeriods: 1, TreatMissingData: 'ignore' };

/** The complete condition of each alarm. An alarm without a row does not compile. */
const MATH: Readonly<Record<AlarmName, Readonly<Record<string, unknown>>>> = {
  'run-failed': { ...ofFunction, MetricName: 'Errors', Statistic: 'Sum', Threshold: 1 },
  'no-completed-run': { ...silence, ...tooFew, EvaluationPeriods: 25 + 4 },
  'still-no-completed-run': { ...silence, ...tooFew, EvaluationPeriods: 168 },
  'not-delivered': {
    Metrics: [
      {
        Id: 'expr_1',
        Expression: 'FILL(sent, 0) + FILL(lost, 0) + FILL(dropped, 0)',
        Label: 'Events that did not reach the function',
        ReturnData: true,
      },
      {
        Id: 'sent',
        MetricStat: {
          Metric: {
            Namespace: 'AWS/SQS',
            MetricName: 'NumberOfMessagesSent',
            Dimensions: [{ Name: 'QueueName', Value: queue }],
          },
          Period: 300,
          Stat: 'Sum',
        },
        ReturnData: false,
      },
      { Id: 'lost', MetricStat: ofGroup('InvocationsFailedToBeSentToDeadLetterCount'), ReturnData: false },
      { Id: 'dropped', MetricStat: ofGroup('InvocationDroppedCount'), ReturnData: false },
    ],
    ...once,
    Threshold: 1,
  },
  throttled: {
    ...ofFunction,
    MetricName: 'Throttles',
    Statistic: 'Sum',
    DatapointsToAlarm: 4,
    Threshold: 1,
  },
  'near-time-limit': {
    ...ofFunction,
    MetricName: 'Duration',
    Statistic: 'Maximum',
    Threshold: 13 * 60 * 1000,
  },
  'near-memory-limit': {
    ...own,
    ...once,
    MetricName: 'MemoryUsedPercent',
    Statistic: 'Maximum',
    Period: 300,
    Threshold: 85,
  },
  'failed-run-lost': {
    ...ofFunction,
    MetricName: 'DestinationDeliveryFailures',
    Statistic: 'Sum',
    Threshold: 1,
  },
  'alert-undelivered': {
    Namespace: 'AWS/SNS',
    MetricName: 'NumberOfNotificationsFailed',
    Dimensions: [{ Name: 'TopicName', Value: { 'Fn::GetAtt': [alerts.Ref, 'TopicName'] } }],
    ...once,
    Statistic: 'Sum',
    Period: 300,
    Threshold: 1,
  },
  'old-credentials': { ...days, ...AT_LEAST, MetricName: 'SecretAgeDays', Threshold: 365 },
  'writes-stopped': { ...days, ...AT_LEAST, MetricName: 'WritesStoppedDays', Threshold: 7 },
};

const LEVELS: readonly string[] = ['no-completed-run', 'still-no-completed-run', 'old-credentials', 'writes-stopped'];

describe('the alarms of an environment', () => {
  test.each(ALARM_NAMES)('the alarm %s has exactly the expected condition', (name) => {
    const { AlarmName: _, AlarmDescription, AlarmActions, OKActions, ...math } = alarms[name] ?? {};
    expect(math).toEqual(MATH[name]);
  });

  test.each(ALARM_NAMES)('the name of the alarm %s contains its environment', (name) => {
    expect(alarms[name]?.AlarmName).toBe(`auth0-connection-auditor-sample-${name}`);
  });

  test.each(ALARM_NAMES)('the alarm %s notifies the recipients of alerts, and about OK only for a state', (name) => {
    const { AlarmActions, OKActions, InsufficientDataActions } = alarms[name] ?? {};
    expect(AlarmActions).toEqual([alerts]);
    expect(OKActions).toEqual(LEVELS.includes(name) ? [alerts] : undefined);
    expect(InsufficientDataActions).toBeUndefined();
  });

  test.each(ALARM_NAMES)('the alarm %s looks back at most a week and has no unit', (name) => {
    const { Period, EvaluationPeriods, Unit } = alarms[name] ?? {};
    expect(Number(Period ?? 300) * Number(EvaluationPeriods)).toBeLessThanOrEqual(604_800);
    expect(Unit).toBeUndefined();
  });

  test('the alarms in report mode are the same, without writes-stopped', () => {
    const named = Object.keys(alarmsOf(templateOf()));
    expect(named.toSorted()).toEqual(ALARM_NAMES.filter((name) => name !== 'writes-stopped').toSorted());
  });

  // A dashboard, a ticket system or a script outside of the stack can use these names.
  test.each([
    ['RunFailed', 'run-failed'],
    ['NoCompletedRun', 'no-completed-run'],
  ])('the construct id %s of an alarm stays the same', (id, name) => {
    const logical = idOf(sample, 'AWS::CloudWatch::Alarm', `Alarms${id}`);
    expect(sample.findResources('AWS::CloudWatch::Alarm')[logical]?.Properties.AlarmName).toContain(name);
  });

  test('a table of rules without one alarm does not compile', () => {
    type Rules = Readonly<Record<AlarmName, (typeof ALARM_RULES)[AlarmName]>>;
    const lacking = (rules: Omit<Rules, 'throttled'>) => {
      // @ts-expect-error: the rule of one alarm is missing
      const all: Rules = rules;
      return all;
    };
    expect(lacking).toBeDefined();
  });
});

describe('the alarms on missing runs', () => {
  test.each<[string, Schedule, number]>([
    ['follows the schedule', { cron: '0 6,18 * * ? *', timeZone: 'Etc/UTC' }, 16],
    ['rounds half an hour of a clock change up', { cron: '30 4 * * ? *', timeZone: 'Australia/Lord_Howe' }, 29],
    ['covers six days and the margin', { cron: '0 6 1/6 * ? *', timeZone: 'Etc/UTC' }, 148],
  ])('the look-back of no-completed-run %s', (_claim, schedule, hours) => {
    expect(alarmsOf(templateOf({ schedule }))['no-completed-run']?.EvaluationPeriods).toBe(hours);
  });

  test('alarmWarmUpHours delays only the two alarms on missing runs', () => {
    const withWarmUp = (environment: Partial<Environment>) =>
      Object.entries(alarmsOf(templateOf(environment))).flatMap(([name, { WarmUpConfiguration: warmUp }]) =>
        warmUp === undefined ? [] : [[name, warmUp]],
      );
    const whole = { WarmUpPeriodDurationInMinutes: 2880, OnlyStartEvaluatingAfterWarmUpPeriodEnds: true };
    expect(withWarmUp({ alarmWarmUpHours: 48 })).toEqual([
      ['no-completed-run', whole],
      ['still-no-completed-run', whole],
    ]);
    expect(withWarmUp({})).toEqual([]);
  });

  test.each([
    ['no-completed-run', { Statistic: 'Maximum', Period: 3600, EvaluationPeriods: 27 }],
    ['still-no-completed-run', { Statistic: 'Minimum', Period: 86_400, EvaluationPeriods: 7 }],
  ])('the alarm %s uses the daily watch event if runs are more than a week apart', (name, period) => {
    expect(alarmsOf(templateOf({ schedule: MONTHLY }))[name]).toMatchObject({
      ...own,
      ...AT_LEAST,
      ...period,
      MetricName: 'RunOverdue',
      Threshold: 1,
      TreatMissingData: 'breaching',
    });
  });

  test.each<[string, Schedule]>([
    ['nightly', PAUSED],
    ['monthly', { ...MONTHLY, enabled: false }],
  ])('the alarms on missing runs have insufficient data while a %s schedule is paused', (_how, schedule) => {
    const paused = alarmsOf(templateOf({ schedule }));
    for (const name of ['no-completed-run', 'still-no-completed-run']) {
      expect(paused[name]).toMatchObject({ TreatMissingData: 'missing', AlarmActions: [alerts], OKActions: [alerts] });
      expect(resolveText(paused[name]?.AlarmDescription)).toMatch(
        /^The schedule of 'sample' is paused: no audit runs, and no alarm reports missing runs\.\nRun: /,
      );
    }
  });
});

describe('the text of an alarm', () => {
  const NAMES = new Map([
    ['FunctionName', 'FUNCTION'],
    ['AuditLog', 'LOG'],
    ['Undelivered', 'QUEUE'],
    ['Alerts', 'TOPIC'],
    ['AuditFunction', 'FUNCTION'],
  ]);
  const short = (id: string) => [...NAMES].find(([word]) => id.includes(word))?.[1] ?? id;
  const textsOf = (settings: Partial<Environment>) =>
    Object.fromEntries(
      Object.entries(alarmsOf(templateOf({ ...REGION, ...settings }))).map(([name, { AlarmDescription }]) => [
        name,
        resolveText(AlarmDescription, short),
      ]),
    );

  test('the text of each alarm states the failure, the command to run and the text to read', () => {
    const log = 'Run: aws logs tail LOG --region eu-central-1 --since 2d';
    expect(textsOf(REMEDIATE)).toEqual({
      'run-failed': `An audit run of 'sample' ended with an error.\n${log}\nRead: docs/runbook.md#run-failed`,
      'no-completed-run': `No audit run of 'sample' completed within 29 hours.\n${log}\nRead: docs/runbook.md#no-completed-run`,
      'still-no-completed-run':
        "No audit run of 'sample' completed within 7 days. You might have missed the first alarm.\nRun: npm run audit -- check --environment sample --region eu-central-1\nRead: docs/runbook.md#still-no-completed-run",
      'not-delivered':
        "The schedule of 'sample' could not start the function. The messages in the queue Undelivered contain the reason.\nRun: aws sqs receive-message --region eu-central-1 --queue-url QUEUE --message-attribute-names All --max-number-of-messages 10 --wait-time-seconds 10 --visibility-timeout 0\nRead: docs/runbook.md#not-delivered",
      throttled:
        "Lambda throttles the function of 'sample': no concurrent execution is free. After 1 hour Lambda stops trying to start the run.\nRun: aws lambda get-account-settings --region eu-central-1\nRead: docs/runbook.md#throttled",
      'near-time-limit': `A run of 'sample' took 13 minutes or more. Lambda ends a run after 15 minutes.\n${log}\nRead: docs/runbook.md#near-time-limit`,
      'near-memory-limit': `A run of 'sample' used 85 % or more of its memory. Lambda ends a run that needs more than 100 %.\n${log}\nRead: docs/runbook.md#near-memory-limit`,
      'failed-run-lost': `Lambda could not put a failed run of 'sample' into the queue of failed runs.\n${log}\nRead: docs/runbook.md#failed-run-lost`,
      'alert-undelivered':
        "SNS could not deliver an alert of 'sample' to a subscriber.\nRun: aws sns list-subscriptions-by-topic --region eu-central-1 --topic-arn TOPIC\nRead: docs/runbook.md#alert-undelivered",
      'old-credentials':
        "The Auth0 credentials of 'sample' are a year old. Rotate the credentials in Auth0, then write the new credentials into the secret.\nRun: npm run audit -- check --environment sample --region eu-central-1\nRead: docs/runbook.md#old-credentials",
      'writes-stopped':
        "The kill switch has stopped the repairs of 'sample' for 7 days or longer. Before you allow repairs, find out who stopped them and why.\nRun: aws ssm get-parameter-history --region eu-central-1 --name /auth0-connection-auditor/sample/writes\nRead: docs/runbook.md#writes-stopped",
    });
  });

  test('the text of an alarm for a monthly schedule mentions the daily check', () => {
    const texts = textsOf({ schedule: MONTHLY });
    expect(texts['no-completed-run']).toMatch(
      /^No audit run of 'sample' completed within 31 days and 4 hours, or the daily check for overdue runs did not run\.\n/,
    );
    expect(texts['still-no-completed-run']).toMatch(
      /^An audit run of 'sample' has been overdue for 7 days\. You might have missed the first alarm\.\n/,
    );
  });

  const WEEKLY: Schedule = { cron: '0 6 ? * SUN *', timeZone: 'Etc/UTC' };

  test.each<[string, Schedule]>([
    ['29 hours', sampleEnvironment.schedule],
    ['3 days and 4 hours', { cron: '0 6 ? * MON-FRI *', timeZone: 'Etc/UTC' }],
    ['7 days and 4 hours', WEEKLY],
  ])('the text of no-completed-run writes the time as %s', (words, schedule) => {
    expect(textsOf({ schedule })['no-completed-run']).toContain(`completed within ${words}`);
  });

  /** Operators paste the command at 3 a.m., before they read the whole text. Therefore it must not change anything. */
  const READS = [
    /^aws logs tail LOG --region eu-central-1 --since \d+d$/,
    /^aws lambda get-account-settings /,
    /^aws sns list-subscriptions-by-topic /,
    // Without the last option, other readers do not see the messages for 30 seconds.
    /^aws sqs receive-message .* --visibility-timeout 0$/,
    /^aws ssm get-parameter-history /,
    /^npm run audit -- check --environment sample --region eu-central-1$/,
  ];
  const DIFFERENT: readonly [string, Partial<Environment>][] = [
    ['a nightly run', {}],
    ['a weekly run', { schedule: WEEKLY }],
    ['a monthly run', { schedule: MONTHLY }],
    ['a pause', { schedule: PAUSED }],
    ['separate alarm recipients', { alarmRecipients: ['on-call@example.com'] }],
  ];

  test.each(DIFFERENT)('the command of every alarm only reads with %s', (_with, settings) => {
    const commands = Object.entries(textsOf({ ...REMEDIATE, ...settings })).map(
      ([name, text]) => [name, /\nRun: (.*)\n/.exec(text)?.[1] ?? ''] as const,
    );
    expect(commands.map(([name]) => name).toSorted()).toEqual(ALARM_NAMES.toSorted());
    expect(commands.filter(([, command]) => !READS.some((reads) => reads.test(command)))).toEqual([]);
  });

  test.each(DIFFERENT)(
    'the log command of an alarm covers the whole look-back of the alarm with %s',
    (_with, settings) => {
      const { schedule = sampleEnvironment.schedule } = settings;
      const texts = textsOf({ ...REMEDIATE, ...settings });
      const watched = Object.entries(alarmsOf(templateOf({ ...REGION, ...REMEDIATE, ...settings }))).flatMap(
        ([name, { Period, EvaluationPeriods }]) => {
          const [, days] = /aws logs tail .* --since (\d+)d\n/.exec(texts[name] ?? '') ?? [];
          if (days === undefined) return [];
          const lookBack = (Number(Period ?? 300) * Number(EvaluationPeriods)) / 3600;
          const hours = name === 'no-completed-run' ? Math.max(lookBack, dueHours(schedule)) : lookBack;
          return [{ name, hours, since: Number(days) * 24 }];
        },
      );
      expect(watched.map(({ name }) => name)).toContain('no-completed-run');
      expect(watched.filter(({ hours, since }) => since < hours)).toEqual([]);
    },
  );

  test('the text of an alarm links to the runbook if docsUrl is set', () => {
    const docsUrl = 'https://github.com/acme/connection-auditor/blob/main/docs/';
    for (const [name, text] of Object.entries(textsOf({ docsUrl }))) {
      expect(text.split('\nRead: ')[1]).toBe(
        `https://github.com/acme/connection-auditor/blob/main/docs/runbook.md#${name}`,
      );
    }
  });

  test('the text of an alarm of the installed package names the installed runbook and uses npx', () => {
    const texts = Object.values(alarmsOf(templateOfConstruct(() => ({})))).map(({ AlarmDescription }) =>
      resolveText(AlarmDescription),
    );
    expect(texts).toHaveLength(10);
    for (const text of texts) {
      expect(text).toContain('\nRead: node_modules/auth0-connection-auditor/docs/runbook.md#');
      expect(text).not.toContain('npm run');
    }
    expect(texts.join('\n')).toContain(
      'npx auth0-connection-auditor check --environment sample --region <AWS::Region>',
    );
  });

  // API_PutMetricAlarm, AlarmDescription: 1,024 characters. CloudFormation builds names from stack, logical id and suffix.
  test.each(['repository', 'package'] as const)(
    'the text of an alarm fits the limit with the longest names for the %s',
    (launcher) => {
      const longest: Partial<Environment> = {
        ...REMEDIATE,
        name: 'e'.repeat(32),
        docsUrl: `https://example.com/${'d'.repeat(280)}`,
        schedule: MONTHLY,
      };
      const template = templateOfConstruct(() => ({ ...longest, launcher }), 'S'.repeat(128));
      const pseudo = new Map([['AWS::Region', 'ap-northeast-10']]);
      const value = (id: string) =>
        pseudo.get(id) ?? `arn:aws-us-gov:sns:us-gov-east-1:123456789012:${'n'.repeat(200)}`;
      const lengths = Object.values(alarmsOf(template, 'e'.repeat(32))).map(
        ({ AlarmDescription }) => resolveText(AlarmDescription, value).length,
      );
      expect(lengths).toHaveLength(11);
      expect(Math.max(...lengths)).toBeLessThan(900);
    },
  );
});

describe('the topic of the alarms', () => {
  const ARN = 'arn:aws:sns:eu-central-1:123456789012:everyones-alarms';

  test('alarms with recipients go to a separate topic', () => {
    const template = templateOf({ alarmRecipients: ['on-call@example.com'] });
    const own = { Ref: idOf(template, 'AWS::SNS::Topic', 'TopicsAlarms') };
    template.allResourcesProperties('AWS::CloudWatch::Alarm', { AlarmActions: [own] });
    template.hasResourceProperties('AWS::SNS::Subscription', { Endpoint: 'on-call@example.com', TopicArn: own });
  });

  test('alarms go to the topic that an environment names or that a construct gets', () => {
    templateOf({ alarmsTopicArn: ARN }).allResourcesProperties('AWS::CloudWatch::Alarm', { AlarmActions: [ARN] });
    templateOfConstruct((stack) => ({
      alarmsTopic: Topic.fromTopicArn(stack, 'Shared', ARN),
    })).allResourcesProperties('AWS::CloudWatch::Alarm', { AlarmActions: [ARN] });
  });

  test('the alarm alert-undelivered watches the topic of the alerts', () => {
    expect(alarmsOf(templateOf(fullEnvironment), 'full')['alert-undelivered']?.Dimensions).toEqual([
      { Name: 'TopicName', Value: 'everyones-alerts' },
    ]);
  });
});

test('the sample environment has the schedule that the expected numbers use', () => {
  expect(sampleEnvironment.schedule).toEqual({ cron: '30 4 * * ? *', timeZone: 'Europe/Berlin' });
});
