import { KILL_SWITCH_VALUES, killSwitchParameter, SERVICE } from '../../contract';
import { type Command, quoteForShell, type Word } from './command';
import type { CommandPlace } from './place';

const [ALLOW, STOP] = KILL_SWITCH_VALUES;

/** Sets the kill switch so that runs are allowed to write. */
export function allowWritesCommand(place: CommandPlace): Command | undefined {
  return setWrites(place, ALLOW);
}

/** Stops all writes of an environment, including the writes of a running run. */
export function stopWritesCommand(place: CommandPlace): Command | undefined {
  return setWrites(place, STOP);
}

/** Shows who stopped and allowed the writes of an environment, and when. */
export function writesHistoryCommand({ environment, region }: CommandPlace): Command | undefined {
  if (environment === undefined) return undefined;
  return aws(region, 'ssm get-parameter-history', `--name ${killSwitchParameter(environment)}`);
}

function setWrites({ environment, region }: CommandPlace, value: string): Command | undefined {
  if (environment === undefined) return undefined;
  return aws(region, 'ssm put-parameter', `--name ${killSwitchParameter(environment)}`, `--value ${value} --overwrite`);
}

/** Invokes the function immediately. Asynchronous like the schedule, so that a failure has the same consequences. */
export function invokeCommand({ region, functionName }: CommandPlace): Command | undefined {
  if (functionName === undefined) return undefined;
  return aws(region, 'lambda invoke', `--function-name ${functionName}`, '--invocation-type Event /dev/null');
}

/**
 * Invokes the function and waits for its answer. By default the AWS CLI gives up after a minute and invokes the
 * function again.
 */
export function invokeAndWaitCommand({ region, functionName }: CommandPlace): Command | undefined {
  if (functionName === undefined) return undefined;
  return aws(
    region,
    'lambda invoke',
    `--function-name ${functionName}`,
    '--invocation-type RequestResponse --cli-read-timeout 0 /dev/stdout',
  );
}

/** Shows the function's log of the last day, and follows it. Without `--since` the AWS CLI starts ten minutes ago. */
export function tailLogsCommand({ region }: CommandPlace, logGroup: Word): Command | undefined {
  return aws(region, `logs tail ${logGroup}`, '--since 1d --follow');
}

/** Shows the function's log of the last `days` days, with Lambda's lines about each run: time, memory and error. */
export function readLogsCommand({ region }: CommandPlace, logGroup: Word, days: number): Command | undefined {
  return aws(region, `logs tail ${logGroup}`, `--since ${days}d`);
}

/**
 * Reads up to ten messages of a queue, with their attributes. The messages stay in the queue, visible to the next reader.
 * Without a wait, SQS asks only some of its servers, and can answer that there is no message
 * (docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-short-and-long-polling.html).
 */
export function readQueueCommand({ region }: CommandPlace, queueUrl: Word): Command | undefined {
  return aws(
    region,
    'sqs receive-message',
    `--queue-url ${queueUrl}`,
    '--message-attribute-names All --max-number-of-messages 10',
    '--wait-time-seconds 10 --visibility-timeout 0',
  );
}

/** Shows the concurrency limit of the account, and how much of it no function has reserved. */
export function accountSettingsCommand({ region }: CommandPlace): Command | undefined {
  return aws(region, 'lambda get-account-settings');
}

/** Lists the recipients of a topic, and which of them have not confirmed yet. */
export function subscriptionsCommand({ region }: CommandPlace, topicArn: Word): Command | undefined {
  return aws(region, 'sns list-subscriptions-by-topic', `--topic-arn ${topicArn}`);
}

/** Subscribes an endpoint again. `email`: AWS sends an e-mail with a link that the recipient must open. */
export function subscribeCommand(
  { region }: CommandPlace,
  wanted: { readonly topicArn: Word; readonly protocol: 'email' | 'https'; readonly endpoint: string },
): Command | undefined {
  return aws(
    region,
    'sns subscribe',
    `--topic-arn ${wanted.topicArn}`,
    `--protocol ${wanted.protocol}`,
    `--notification-endpoint ${quoteForShell(wanted.endpoint)}`,
  );
}

/** Sends a test message to all confirmed recipients. A chat channel shows only notifications of this form. */
export function testAlertCommand(
  { region }: CommandPlace,
  { topicArn, isForChat }: { readonly topicArn: Word; readonly isForChat: boolean },
): Command | undefined {
  const sentence = `Test: you will receive alerts from ${SERVICE}.`;
  const content = { textType: 'client-markdown', title: 'Test alert', description: sentence };
  const notification = JSON.stringify({ version: '1.0', source: 'custom', content });
  const message = isForChat
    ? `--message-structure json --message '${JSON.stringify({ default: sentence, https: notification })}'`
    : `--message '${sentence}'`;
  return aws(region, 'sns publish', `--topic-arn ${topicArn}`, "--subject 'Test alert'", message);
}

/** Without the region, the AWS CLI uses the region of the shell, or none. */
function aws(region: Word | undefined, operation: string, ...options: string[]): Command | undefined {
  return region === undefined
    ? undefined
    : { program: `aws ${operation}`, options: [`--region ${region}`, ...options] };
}
