import type { AwsOptions } from '../../../sandbox/aws/server';
import { ALERTS_ARN } from '../../aws/aws-clients';
import { withoutAws } from '../../aws/without-aws';
import { closeStores } from '../../history/stores';
import { ALARMS_ARN, type Subscribed, TWO_TOPICS } from '../actions/check/look';
import { ALARM, OUTPUTS, openDeployed, REGION, STACK } from '../deployed/open-deployed';

const { set } = withoutAws();
afterEach(closeStores);

const flat = (text: string) => text.replaceAll(/\s+/g, ' ').trim();
const KEY = 'arn:aws:kms:eu-central-1:111122223333:key/00000000-1111-2222-3333-444444444444';
const alarmsWith = (alarm: object) => ({ alarms: { [ALARM]: { alarmActions: [{ topicArn: ALERTS_ARN }], ...alarm } } });

describe('a test alarm', () => {
  const subscribed = (endpoint: string, confirmed = true) => ({ protocol: 'email', endpoint, confirmed });
  const topicsWith = (alerts: Subscribed, alarms: Subscribed) => ({
    topics: { [ALERTS_ARN]: alerts, [ALARMS_ARN]: alarms },
  });

  it('a test alarm names its recipients and states that nothing is wrong', async () => {
    const topics = topicsWith([subscribed('ann@x.org'), subscribed('bob@x.org', false)], []);
    const { run, aws } = await openDeployed(set, { aws: { ...alarmsWith({}), ...topics } });
    const { stdout } = await run('check --test-alarm');
    expect(flat(stdout)).toMatch(/ok alarms a test alarm was sent to email ann@x\.org$/);
    expect(aws.published.map(({ topicArn }) => topicArn)).toEqual([ALERTS_ARN]);
    expect(aws.published[0]?.message).toContain('Nothing is wrong.');
  });

  it.each<[claim: string, aws: AwsOptions, says: RegExp]>([
    [
      'the separate topic of alarms',
      { ...topicsWith([subscribed('ann@x.org')], [subscribed('bob@x.org')]), stacks: TWO_TOPICS },
      /ok alarms a test alarm was sent to email bob@x\.org$/,
    ],
    [
      'a topic with more than five, and the number of the others',
      topicsWith(
        [1, 2, 3, 4, 5, 6, 7].map((n) => subscribed(`p${n}@x.org`)),
        [],
      ),
      /a test alarm was sent to email p1@x\.org, .* email p5@x\.org, and 2 more$/,
    ],
    [
      'a topic without subscribers as a failure',
      topicsWith([], []),
      /fail alarms a test alarm was sent, but no one received it/,
    ],
  ])('a test alarm names the subscribers of %s', async (_claim, options, says) => {
    const { run } = await openDeployed(set, { aws: { ...alarmsWith({}), ...options } });
    expect(flat((await run('check --test-alarm')).stdout)).toMatch(says);
  });

  it('a test alarm names no recipients if they cannot be listed', async () => {
    const { run, aws } = await openDeployed(set, { aws: alarmsWith({}) });
    aws.failNext('ListSubscriptionsByTopic', { status: 403, code: 'AuthorizationError', message: 'no' });
    const { stdout } = await run('check --test-alarm');
    expect(flat(stdout)).toMatch(/ok alarms a test alarm was sent to all recipients of alarms$/);
  });

  it('a test alarm that cannot use the key is a failure with the message of CloudWatch', async () => {
    const alarmActions = [{ topicArn: ALERTS_ARN, canUseKey: false }];
    const { run, aws } = await openDeployed(set, { aws: alarmsWith({ alarmActions }) });
    const { stdout, code } = await run('check --test-alarm');
    expect(flat(stdout)).toMatch(
      /fail alarms CloudWatch could not send a test alarm: Failed to execute action .*encryption key/,
    );
    expect(flat(stdout)).toContain('Add the permissions of CloudWatch to the policy');
    expect([code, aws.published]).toEqual([2, []]);
  });

  it.each([
    {
      claim: 'an alarm that is already in ALARM',
      aws: alarmsWith({ state: 'ALARM' }),
      says: 'took no action within 30 s',
    },
    { claim: 'a stack that does not exist', aws: { stacks: {} }, says: 'the stack is not known' },
    {
      claim: 'an alarm that does not exist',
      aws: { alarms: {} },
      says: 'no test alarm was sent: the alarm could not be read',
    },
    {
      claim: 'an alarm that the stack does not name',
      aws: { stacks: { [STACK]: { outputs: { ...OUTPUTS, RunFailedAlarm: '' } } } },
      says: 'no test alarm was sent',
    },
  ])('a test alarm is reported as not sent for $claim', async ({ aws: options, says }) => {
    const { run, aws } = await openDeployed(set, { aws: options });
    const ended = await run('check --test-alarm');
    expect(flat(ended.stdout)).toMatch(new RegExp(`fail alarms .*${says}`));
    expect([ended.code, aws.published]).toEqual([2, []]);
  });

  it('a test alarm does not count as sent because of an earlier one', async () => {
    const { run, aws } = await openDeployed(set, { aws: alarmsWith({}) });
    await run('check --test-alarm');
    const { stdout } = await run('check --test-alarm');
    expect([aws.published.length, flat(stdout).includes('fail alarms')]).toEqual([1, true]);
  });

  it.each([
    { settings: { existingKeyArn: KEY }, isOffered: true },
    { settings: { existingAlertsTopicArn: ALERTS_ARN }, isOffered: true },
    { settings: {}, isOffered: false },
    { settings: { alarmsTopicArn: ALARMS_ARN }, isOffered: true },
    { settings: { existingKeyArn: KEY, alarmRecipients: ['ann@x.org'] }, isOffered: false },
  ])(
    'a check without --test-alarm sends no test alarm and offers one if needed: $settings',
    async ({ settings, isOffered }) => {
      const { run, aws } = await openDeployed(set, {
        aws: alarmsWith({}),
        environment: { region: REGION, ...settings },
      });
      const { stdout } = await run('check');
      expect(flat(stdout).includes('check --environment sample --region eu-central-1')).toBe(isOffered);
      expect(aws.calls.map(({ operation }) => operation)).not.toContain('SetAlarmState');
    },
  );
});
