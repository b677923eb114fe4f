import { judgeReceivers } from '../../../../cli/actions/check/receivers';
import { readSubscription } from '../../../../cli/actions/check/subscription';
import { ALERTS_ARN } from '../../../aws/aws-clients';

const judge = (SubscriptionArn: string, addresses: readonly string[]) =>
  judgeReceivers(
    {
      subject: 'alerts',
      topicArn: ALERTS_ARN,
      setting: 'recipients',
      addresses,
      hasChat: false,
      isOwn: true,
      whenNobody: 'nobody',
    },
    [readSubscription({ Protocol: 'email', Endpoint: 'ann@x.org', SubscriptionArn })],
    { environment: undefined },
  ).map(({ status, text }) => `${status} ${text.split(/[;.] /)[0]}`);

describe('a subscription', () => {
  it.each<[claim: string, arn: string, named: string[], unnamed: string[]]>([
    [
      'a subscription with an ARN is confirmed',
      `${ALERTS_ARN}:00000000-0000-4000-8000-000000000001`,
      ['ok email ann@x.org has confirmed'],
      ['warn email ann@x.org has confirmed, but recipients does not name it'],
    ],
    [
      'a subscription without an ARN is pending',
      'PendingConfirmation',
      ['fail email ann@x.org has not confirmed', 'fail nobody'],
      ['fail email ann@x.org has not confirmed', 'fail nobody'],
    ],
    [
      'a subscription that SNS lists as deleted does not count',
      'Deleted',
      ['fail email ann@x.org is not subscribed', 'fail nobody'],
      ['fail nobody'],
    ],
  ])('%s', (_claim, arn, named, unnamed) => {
    expect([judge(arn, ['ann@x.org']), judge(arn, [])]).toEqual([named, unnamed]);
  });
});
