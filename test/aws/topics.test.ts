import { PublishError, publishAlert, publishMessages } from '../../lambda/aws/topics';
import { everythingIn, failureOf } from '../auth0/paced-client';
import { ALERTS_ARN, closeAws, FINDINGS_ARN, openAws } from './aws-clients';

afterEach(closeAws);

const messages = (count: number) =>
  Array.from({ length: count }, (_, position) => ({
    body: JSON.stringify({ part: position + 1, name: 'Söhne\u2028' }),
    attributes: { messageType: 'finding', severity: 'high' },
  }));

describe('publishing', () => {
  it('an alert is sent with its subject', async () => {
    const { sns, aws } = await openAws();
    await publishAlert(sns, ALERTS_ARN, {
      subject: '[prod] OK: 5 connections audited',
      message: JSON.stringify({ default: 'All is well.\n' }),
    });
    expect(aws.published).toEqual([
      {
        topicArn: ALERTS_ARN,
        subject: '[prod] OK: 5 connections audited',
        message: '{"default":"All is well.\\n"}',
        attributes: {},
        messageStructure: 'json',
      },
    ]);
  });

  it('messages are sent in order, each with its attributes as strings', async () => {
    const { sns, aws } = await openAws();
    await publishMessages(sns, FINDINGS_ARN, messages(3));
    expect(aws.published.map(({ message }) => JSON.parse(message))).toEqual([
      { part: 1, name: 'Söhne\u2028' },
      { part: 2, name: 'Söhne\u2028' },
      { part: 3, name: 'Söhne\u2028' },
    ]);
    expect(aws.published[0]).toMatchObject({
      topicArn: FINDINGS_ARN,
      subject: undefined,
      attributes: { messageType: { type: 'String', value: 'finding' }, severity: { type: 'String', value: 'high' } },
    });
  });

  it('an empty list of messages sends nothing', async () => {
    const { sns, aws } = await openAws();
    await publishMessages(sns, FINDINGS_ARN, []);
    expect(aws.calls).toEqual([]);
  });

  it('the first failure stops publishing and reports topic, number of sent messages, and what to check', async () => {
    const { sns, aws } = await openAws();
    await publishMessages(sns, FINDINGS_ARN, messages(1));
    aws.failNext('Publish', { status: 403, code: 'AuthorizationError', message: 'Planted text' });
    const error = await failureOf(publishMessages(sns, FINDINGS_ARN, messages(3)));
    expect(error).toBeInstanceOf(PublishError);
    expect(error.message).toContain(`Publishing to ${FINDINGS_ARN}: `);
    expect(error.message).toContain('AuthorizationError');
    expect(error.message).toContain('0 of 3');
    expect(error.message).toContain("the topic, its key and the role's permissions");
    expect(everythingIn(error)).not.toContain('Planted');
    expect(aws.published).toHaveLength(1);
  });

  it('a failure in the middle is reported with the number of messages sent before it', async () => {
    const { sns, aws } = await openAws({ topics: { [FINDINGS_ARN]: [] } });
    const [first, second] = messages(2);
    const tooLong = { body: 'x'.repeat(300_000), attributes: {} };
    if (first === undefined || second === undefined) throw new Error('no messages');
    const error = await failureOf(publishMessages(sns, FINDINGS_ARN, [first, tooLong, second]));
    expect(error.message).toContain('1 of 3');
    expect(aws.published).toHaveLength(1);
  });

  it('publishing without time left stops, and reports the number of sent messages', async () => {
    const { sns, aws } = await openAws();
    const limits = [9_000, 6_000, 3_000, 0];
    const error = await failureOf(publishMessages(sns, FINDINGS_ARN, messages(10), () => limits.shift() ?? 9_000));
    expect(error).toBeInstanceOf(PublishError);
    expect(error.message).toBe(`Publishing to ${FINDINGS_ARN}: no time left, after 3 of 10 messages.`);
    expect(aws.published).toHaveLength(3);
  });

  it('an alert is not sent without time left', async () => {
    const { sns, aws } = await openAws();
    const alert = { subject: 'a', message: '{"default":"b"}' };
    const error = await failureOf(publishAlert(sns, ALERTS_ARN, alert, () => -1));
    expect(error.message).toBe(`Publishing to ${ALERTS_ARN}: no time left, after 0 of 1 messages.`);
    expect(aws.calls).toEqual([]);
  });

  it('publishing to a topic that does not exist fails', async () => {
    const { sns } = await openAws({ topics: {} });
    const error = await failureOf(publishAlert(sns, ALERTS_ARN, { subject: 'a', message: '{"default":"b"}' }));
    expect(error).toBeInstanceOf(PublishError);
    expect(error.message).toContain(`Publishing to ${ALERTS_ARN}: NotFoundException`);
  });
});
