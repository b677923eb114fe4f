import { KILL_SWITCH_VALUES, killSwitchParameter, SERVICE } from '../../contract';
import { type Command, quoteForShell, type Word } from './command';
import type { CommandPlace } from './place';

const [ALLOW, STOP] = KILL_SWITCH_VALUES;

/** Sets the kill switch so that runs may write. */
export function allowWritesCommand(place: CommandPlace): Command | undefined {
  return setWrites(place, ALLOW);
}

/** Stops all writes of an environment, those of a run under way included. */
export function stopWritesCommand(place: CommandPlace): Command | undefined {
  return setWrites(place, STOP);
}

/** Who stopped and allowed the writes of an environment, and when. */
export function writesHistoryCommand({ environment, region }: CommandPlace): Command | undefined {
  if (environment === undefined) return undefined;
  return aws(region, 'ssm get-parameter-history', `--name ${killSwitchParameter(environment)}`);
}

function setWrites({ environment, region }: CommandPlace, value: string): Command | undefined {
  if (environment === undefined) return undefined;
  return aws(region, 'ssm put-parameter', `--name ${killSwitchParameter(environment)}`, `--value ${value} --overwrite`);
}

/** The function again, at once: asynchronous like the schedule, so that its failure goes the same way. */
export function invokeCommand({ region, functionName }: CommandPlace): Command | undefined {
  if (functionName === undefined) return undefined;
  return aws(region, 'lambda invoke', `--function-name ${functionName}`, '--invocation-type Event /dev/null');
}

/** The function, with its answer. The AWS CLI would give up after a minute and invoke it again. */
export function invokeAndWaitCommand({ region, functionName }: CommandPlace): Command | undefined {
  if (functionName === undefined) return undefined;
  return aws(
    region,
    'lambda invoke',
    `--function-name ${functionName}`,
    '--invocation-type RequestResponse --cli-read-timeout 0 /dev/stdout',
  );
}

/** The function's log of the last day, and what comes. Without `--since` the AWS CLI begins ten minutes ago. */
export function tailLogsCommand({ region }: CommandPlace, logGroup: Word): Command | undefined {
  return aws(region, `logs tail ${logGroup}`, '--since 1d --follow');
}

/** The function's log of so many days, with what Lambda says of each run: its time, its memory and its error. */
export function readLogsCommand({ region }: CommandPlace, logGroup: Word, days: number): Command | undefined {
  return aws(region, `logs tail ${logGroup}`, `--since ${days}d`);
}

/**
 * Up to ten messages of a queue, with their attributes. They stay there, and are not hidden from the next reader. Without a
 * wait SQS asks some of its servers only, and may answer that there is no message
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

/** How many executions the account may have at once, and how many of them no function has reserved. */
export function accountSettingsCommand({ region }: CommandPlace): Command | undefined {
  return aws(region, 'lambda get-account-settings');
}

/** Lists who receives the alerts, and who has not confirmed yet. */
export function subscriptionsCommand({ region }: CommandPlace, topicArn: Word): Command | undefined {
  return aws(region, 'sns list-subscriptions-by-topic', `--topic-arn ${topicArn}`);
}

/** Subscribes an endpoint again. `email`: AWS sends an e-mail with a link, which a person must follow. */
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

/** Sends a message to everyone who has confirmed. A chat channel shows nothing but notifications of this form. */
export function testAlertCommand(
  { region }: CommandPlace,
  { topicArn, isForChat }: { readonly topicArn: Word; readonly isForChat: boolean },
): Command | undefined {
  const sentence = `Alerts of ${SERVICE} reach you.`;
  const content = { textType: 'client-markdown', title: 'Test alert', description: sentence };
  const notification = JSON.stringify({ version: '1.0', source: 'custom', content });
  const message = isForChat
    ? `--message-structure json --message '${JSON.stringify({ default: sentence, https: notification })}'`
    : `--message '${sentence}'`;
  return aws(region, 'sns publish', `--topic-arn ${topicArn}`, "--subject 'Test alert'", message);
}

/** Without the region the AWS CLI takes the one that happens to be set, or none. */
function aws(region: Word | undefined, operation: string, ...options: string[]): Command | undefined {
  return region === undefined
    ? undefined
    : { program: `aws ${operation}`, options: [`--region ${region}`, ...options] };
}
