import type { Environment } from '../../../../lib/environment/environment';
import { ALERTS_ARN } from '../../../aws/aws-clients';
import { withoutAws } from '../../../aws/without-aws';
import { closeStores } from '../../../history/stores';
import { OUTPUTS, STACK } from '../../deployed/open-deployed';
import { ALARMS_ARN, email, openLook, type Subscribed, TWO_TOPICS } from './look';

const { set } = withoutAws();
afterEach(closeStores);

const again = (address: string, topicArn = ALERTS_ARN) =>
  `aws sns subscribe --region eu-central-1 --topic-arn ${topicArn} --protocol email --notification-endpoint '${address}'`;
const gone = (address: string, topicArn?: string) =>
  expect.stringMatching(
    new RegExp(
      `^fail email ${address} is not subscribed\\. .* a redeploy does not restore it\\. To subscribe it again: ${again(address, topicArn).replaceAll('.', '\\.')}$`,
    ),
  );
const pending = (address: string) =>
  `fail email ${address} has not confirmed. The link is in an e-mail from AWS (check the spam folder). SNS deletes an unconfirmed subscription after 48 hours. To request another e-mail: ${again(address)}`;
const NOBODY = 'fail no subscription is confirmed: each run fails until one is confirmed';
const CHAT = 'https://global.sns-api.chatbot.amazonaws.com';
const slack: Environment['chat'] = { slack: { workspaceId: 'T0123ABCD', channelId: 'C0123ABCD' } };
const subscribed = (protocol: string, endpoint: string, confirmed = true) => ({ protocol, endpoint, confirmed });

describe('the recipients of the alerts', () => {
  const recipients = ['ann@x.org', 'bob@x.org', 'cat@x.org'];

  it('recipients are compared with each address in the file, in its order', async () => {
    const { about, code } = await openLook(set, {
      environment: { recipients },
      alerts: [email('bob@x.org', false), email('ann@x.org')],
    });
    expect(await about('alerts')).toEqual([
      'ok email ann@x.org has confirmed',
      pending('bob@x.org'),
      gone('cat@x.org'),
    ]);
    expect(code()).toBe(2);
  });

  it('recipients who have all confirmed are ok', async () => {
    const { about, code } = await openLook(set, {
      environment: { recipients: ['ann@x.org'] },
      alerts: [email('ann@x.org')],
    });
    expect([await about('alerts'), code()]).toEqual([['ok email ann@x.org has confirmed'], 0]);
  });

  it('recipients whose unconfirmed subscription SNS has deleted are reported as not subscribed', async () => {
    const { about, aws } = await openLook(set, {
      environment: { recipients: ['ann@x.org'] },
      alerts: [email('ann@x.org', false)],
    });
    aws.removeSubscription(ALERTS_ARN, 'ann@x.org');
    expect(await about('alerts')).toEqual([gone('ann@x.org'), NOBODY]);
  });

  it.each<[claim: string, alerts: Subscribed, says: readonly string[]]>([
    ['in another case than in the file', [email('ANN@X.org')], ['ok email ANN@X.org has confirmed']],
    [
      'twice, of which one has confirmed',
      [email('Ann@x.org', false), email('ann@x.org')],
      ['ok email ann@x.org has confirmed'],
    ],
    ['as JSON', [subscribed('email-json', 'ann@x.org')], ['ok email-json ann@x.org has confirmed']],
    [
      'together with an address that the file does not name',
      [email('ann@x.org'), email('eve@x.org')],
      ['ok email ann@x.org has confirmed', 'warn email eve@x.org has confirmed, but recipients does not name it'],
    ],
    [
      'together with an unconfirmed address that the file does not name',
      [email('ann@x.org'), email('eve@x.org', false)],
      ['ok email ann@x.org has confirmed', pending('eve@x.org')],
    ],
    [
      'together with a queue and with an https address that contains a key',
      [
        email('ann@x.org'),
        subscribed('sqs', 'arn:aws:sqs:eu-central-1:111122223333:alerts'),
        subscribed('https', 'https://user:Planted@events.example.com/Planted/enqueue'),
        subscribed('https', 'https://late.example.com/Planted', false),
        subscribed('https', 'Planted'),
      ],
      [
        'ok email ann@x.org has confirmed',
        'ok sqs arn:aws:sqs:eu-central-1:111122223333:alerts has confirmed',
        'ok https events.example.com has confirmed',
        'fail https late.example.com has not confirmed. SNS sent it the address for the confirmation (SubscribeURL).',
        'ok https at an address that cannot be read has confirmed',
      ],
    ],
  ])('a recipient can be subscribed %s', async (_claim, alerts, says) => {
    const { about } = await openLook(set, { environment: { recipients: ['ann@x.org'] }, alerts });
    expect(await about('alerts')).toEqual(says);
  });

  it('a topic that the stack does not own can have recipients that the file does not name', async () => {
    const environment = { recipients: ['ann@x.org'], existingAlertsTopicArn: ALERTS_ARN };
    const { about } = await openLook(set, { environment, alerts: [email('ann@x.org'), email('eve@x.org')] });
    expect(await about('alerts')).toContain('ok email eve@x.org has confirmed');
  });

  it('recipients are read from all pages of SNS', async () => {
    const alerts = Array.from({ length: 150 }, (_, index) => email(`p${index}@x.org`));
    const { about } = await openLook(set, {
      environment: { recipients: ['late@x.org'] },
      alerts: [...alerts, email('late@x.org')],
    });
    const lines = await about('alerts');
    expect([lines.length, lines[0]]).toEqual([151, 'ok email late@x.org has confirmed']);
  });

  it.each<[claim: string, environment: Partial<Environment>, says: readonly unknown[]]>([
    ['a recipient', { recipients: ['ann@x.org'] }, [gone('ann@x.org'), NOBODY]],
    ['a topic', { recipients: [], existingAlertsTopicArn: ALERTS_ARN }, [NOBODY]],
    [
      'no recipient',
      { recipients: [] },
      ['fail no one receives the alerts. Add recipients to the environment and deploy again.'],
    ],
  ])(
    'an unconfirmed topic is a failure of the check if the environment names %s',
    async (_claim, environment, says) => {
      const { about } = await openLook(set, { environment });
      expect(await about('alerts')).toEqual(says);
    },
  );

  it('subscriptions that cannot be listed are skipped', async () => {
    const { about, aws, code } = await openLook(set, {});
    aws.failNext('ListSubscriptionsByTopic', { status: 403, code: 'AuthorizationError', message: 'Planted' });
    expect(await about('alerts')).toEqual([
      'skip not checked: the subscriptions could not be read (AuthorizationErrorException)',
    ]);
    expect(code()).toBe(0);
  });

  it.each<[claim: string, address: string, command: string | undefined]>([
    ['with a quote is quoted in the command', "o'hara@x.org", again("o'\\''hara@x.org")],
    ['that the AWS CLI would read as an option has no command', '-ann@x.org', undefined],
    ['with an invisible character has no command', 'ann\u200B@x.org', undefined],
  ])('an address %s', async (_claim, address, command) => {
    const { about } = await openLook(set, { environment: { recipients: [address] } });
    const [line = ''] = await about('alerts');
    expect(line).toMatch(/is not subscribed/);
    expect(line.includes('To subscribe')).toBe(command !== undefined);
    if (command !== undefined) expect(line.endsWith(command)).toBe(true);
  });
});

describe('the chat channel of an environment', () => {
  it.each<[claim: string, alerts: Subscribed, says: readonly unknown[]]>([
    ['a subscribed chat service is ok', [subscribed('https', CHAT)], ['ok the chat service is subscribed']],
    [
      'another web address does not count as the chat service',
      [subscribed('https', 'https://chatbot.amazonaws.com.example.com/')],
      [
        `fail the chat service is not subscribed: the channel receives nothing. If chat is new in the file, deploy the stack. To subscribe it again: aws sns subscribe --region eu-central-1 --topic-arn ${ALERTS_ARN} --protocol https --notification-endpoint ${CHAT}`,
        'ok https chatbot.amazonaws.com.example.com has confirmed',
      ],
    ],
    [
      'an unconfirmed chat service is a failure',
      [subscribed('https', CHAT, false)],
      [
        expect.stringMatching(/^fail the chat service has not confirmed, .* To subscribe it again: aws sns subscribe/),
        NOBODY,
      ],
    ],
  ])('%s', async (_claim, alerts, says) => {
    const { about } = await openLook(set, { environment: { recipients: [], chat: slack }, alerts });
    expect(await about('alerts')).toEqual(says);
  });
});

describe('the recipients of the alarms', () => {
  const environment = { recipients: ['ann@x.org'], alarmRecipients: ['bob@x.org'] };
  const alerts = [email('ann@x.org')];

  it('recipients are listed once if alarms use the topic of the alerts', async () => {
    const { about, aws } = await openLook(set, { environment: { recipients: ['ann@x.org'] }, alerts });
    await about('alarms');
    expect(aws.calls.filter(({ operation }) => operation === 'ListSubscriptionsByTopic')).toHaveLength(1);
  });

  it('recipients of a separate alarms topic are compared with alarmRecipients', async () => {
    const { about } = await openLook(set, {
      environment,
      alerts,
      alarms: [email('eve@x.org')],
      aws: { stacks: TWO_TOPICS },
    });
    const lines = await about('alarms');
    expect(lines.slice(0, 2)).toEqual([
      gone('bob@x.org', ALARMS_ARN),
      'warn email eve@x.org has confirmed, but alarmRecipients does not name it',
    ]);
  });

  it('a separate alarms topic without a confirmed subscription is a failure', async () => {
    const { about } = await openLook(set, { environment, alerts, aws: { stacks: TWO_TOPICS } });
    expect(await about('alarms')).toContain('fail no subscription is confirmed: no one receives alarms');
  });

  it('a separate alarms topic is checked for the chat channel', async () => {
    const chatting = { ...environment, chat: slack };
    const { about } = await openLook(set, {
      environment: chatting,
      alarms: [email('bob@x.org')],
      aws: { stacks: TWO_TOPICS },
    });
    const lines = await about('alarms');
    expect(lines[1]).toMatch(/^fail the chat service is not subscribed/);
    expect(lines[1]).toContain(`--topic-arn ${ALARMS_ARN} --protocol https`);
  });

  it('a stack of an earlier version needs a deploy before alarms use their own topic', async () => {
    const { about } = await openLook(set, { environment, alerts, aws: { stacks: { [STACK]: { outputs: OUTPUTS } } } });
    expect((await about('alarms'))[0]).toMatch(/^warn alarms still use the topic of the alerts: deploy/);
  });
});
