import { KEPT_RUNS, STACK } from '../../../reference/scale/month';
import { QUOTAS, WINDOW_MINUTES } from '../../../reference/scale/quotas';
import { templateOf } from '../synthesize';

const sample = templateOf();

test.each(QUOTAS.filter(({ type }) => type !== undefined))(
  'a stack uses the part of the quota of $name that docs/scale.md states',
  ({ type, ofOneStack }) => {
    expect(Object.keys(sample.findResources(type ?? ''))).toHaveLength(ofOneStack);
  },
);

test('a stack has the numbers of keys, secrets and alarms for which docs/scale.md computes the cost', () => {
  sample.resourceCountIs('AWS::KMS::Key', STACK.keys);
  sample.resourceCountIs('AWS::SecretsManager::Secret', STACK.secrets);
  sample.resourceCountIs('AWS::CloudWatch::Alarm', STACK.alarms);
  const metrics = Object.values(sample.findResources('AWS::CloudWatch::Alarm')).map(({ Properties }) => {
    const looked: readonly object[] = Properties.Metrics ?? [];
    return Math.max(1, looked.filter((metric) => 'MetricStat' in metric).length);
  });
  expect(metrics.reduce((sum, count) => sum + count, 0)).toBe(STACK.alarmMetrics);
});

test('a run begins within the number of minutes that docs/scale.md uses', () => {
  sample.hasResourceProperties('AWS::Scheduler::Schedule', {
    FlexibleTimeWindow: { Mode: 'FLEXIBLE', MaximumWindowInMinutes: WINDOW_MINUTES },
  });
});

test('a nightly run is kept for the number of days for which docs/scale.md computes the cost', () => {
  const text = JSON.stringify(sample.findResources('AWS::S3::Bucket'));
  expect(text).toContain(`"ExpirationInDays":${KEPT_RUNS}`);
});
