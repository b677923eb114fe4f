import { KEPT_RUNS, STACK } from '../../../reference/scale/month';
import { QUOTAS, WINDOW_MINUTES } from '../../../reference/scale/quotas';
import { templateOf } from '../synthesize';

const sample = templateOf();

test.each(QUOTAS.filter(({ type }) => type !== undefined))(
  'a stack takes as much of the quota of $name as docs/scale.md says',
  ({ type, ofOneStack }) => {
    expect(Object.keys(sample.findResources(type ?? ''))).toHaveLength(ofOneStack);
  },
);

test('a stack has as many keys, secrets and alarms as docs/scale.md pays for', () => {
  sample.resourceCountIs('AWS::KMS::Key', STACK.keys);
  sample.resourceCountIs('AWS::SecretsManager::Secret', STACK.secrets);
  sample.resourceCountIs('AWS::CloudWatch::Alarm', STACK.alarms);
  const metrics = Object.values(sample.findResources('AWS::CloudWatch::Alarm')).map(({ Properties }) => {
    const looked: readonly object[] = Properties.Metrics ?? [];
    return Math.max(1, looked.filter((metric) => 'MetricStat' in metric).length);
  });
  expect(metrics.reduce((sum, count) => sum + count, 0)).toBe(STACK.alarmMetrics);
});

test('a run begins within the minutes that docs/scale.md counts with', () => {
  sample.hasResourceProperties('AWS::Scheduler::Schedule', {
    FlexibleTimeWindow: { Mode: 'FLEXIBLE', MaximumWindowInMinutes: WINDOW_MINUTES },
  });
});

test('a nightly run is kept for as many days as docs/scale.md pays for', () => {
  const text = JSON.stringify(sample.findResources('AWS::S3::Bucket'));
  expect(text).toContain(`"ExpirationInDays":${KEPT_RUNS}`);
});
