import { CloudWatchClient, DescribeAlarmHistoryCommand, SetAlarmStateCommand } from '@aws-sdk/client-cloudwatch';
import { AWS_CALL_MS, inTime } from '../../../lambda/aws/time-limit';
import { DOCS_FOLDERS, USUAL_LAUNCHER } from '../../../lambda/contract';
import { makeVisible } from '../../../lambda/report/text/harmless';
import { type DeployedStack, explainAws } from '../../deployed/stack';
import type { ResolvedTarget } from '../../target';
import type { Terminal } from '../../terminal';
import type { CheckLine } from './check-line';
import type { AlarmReceivers } from './subscriptions';

const SUBJECT = 'alarms';
/** An action is taken at once; its entry in the history is there some seconds later. */
const WAIT_MS = 30_000;
const PAUSE_MS = 2_000;

const MOST_NAMED = 5;

/** What a test alarm is sent with. */
export interface Sending {
  readonly target: ResolvedTarget;
  /** Who receives the alarms. */
  readonly receivers: AlarmReceivers;
  readonly terminal: Pick<Terminal, 'sleep'>;
}

/** By this reason a test alarm is told from a real one. */
export function testReasonOf(environment: string): string {
  return `Test alarm of the Auth0 connection auditor (${environment}). Nothing is wrong.`;
}

/**
 * Sends a test alarm by the way of a real one: CloudWatch may not use every key and topic, and an alarm that may not fails
 * without a trace. CloudWatch itself says in the alarm's history whether the topic took it; the next evaluation, seconds
 * later, puts the true state back
 * (https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_SetAlarmState.html).
 */
export async function sendTestAlarm(
  { alarmName }: DeployedStack,
  { target, receivers, terminal }: Sending,
): Promise<CheckLine> {
  const { aws, environment, commands } = target;
  if (alarmName === undefined) {
    return { status: 'fail', subject: SUBJECT, text: 'no test alarm was sent: the stack names none; deploy it again' };
  }
  const client = new CloudWatchClient(aws);
  try {
    const before = await readAction(client, alarmName);
    const StateReason = testReasonOf(environment);
    const set = new SetAlarmStateCommand({ AlarmName: alarmName, StateValue: 'ALARM', StateReason });
    await inTime(AWS_CALL_MS, (abortSignal) => client.send(set, { abortSignal }));
    for (let waited = 0; waited < WAIT_MS; waited += PAUSE_MS) {
      await terminal.sleep(PAUSE_MS);
      const last = await readAction(client, alarmName);
      if (last !== undefined && last.at !== before?.at) return judge(last.summary, receivers, commands.launcher);
    }
  } catch (error) {
    return { status: 'fail', subject: SUBJECT, text: `no test alarm was sent: ${explainAws(error, 'the alarm')}` };
  }
  const text = `alarm ${alarmName} took no action within ${WAIT_MS / 1000} s. It may be in alarm already, which a test does not change; look at it in CloudWatch.`;
  return { status: 'fail', subject: SUBJECT, text };
}

interface Action {
  /** Milliseconds since the epoch, by the clock of AWS. */
  readonly at: number;
  readonly summary: string;
}

/** What CloudWatch says of the last action of an alarm. */
async function readAction(client: CloudWatchClient, alarmName: string): Promise<Action | undefined> {
  const command = new DescribeAlarmHistoryCommand({
    AlarmName: alarmName,
    HistoryItemType: 'Action',
    ScanBy: 'TimestampDescending',
    MaxRecords: 1,
  });
  const { AlarmHistoryItems = [] } = await inTime(AWS_CALL_MS, (abortSignal) => client.send(command, { abortSignal }));
  const { Timestamp, HistorySummary = '' } = AlarmHistoryItems[0] ?? {};
  return Timestamp === undefined ? undefined : { at: Timestamp.getTime(), summary: HistorySummary };
}

function judge(summary: string, receivers: AlarmReceivers, launcher = USUAL_LAUNCHER): CheckLine {
  if (/^Successfully executed action/.test(summary)) return describeSent(receivers);
  const text = `CloudWatch could not send a test alarm: ${makeVisible(summary, 300)} Add what CloudWatch needs to the policy of the topic and of its key (${DOCS_FOLDERS[launcher]}/deploying.md).`;
  return { status: 'fail', subject: SUBJECT, text };
}

/** The topic took it, which SNS passes on to who has confirmed. */
function describeSent(receivers: AlarmReceivers): CheckLine {
  if (receivers === undefined) {
    return { status: 'ok', subject: SUBJECT, text: 'a test alarm was sent to everybody who receives the alarms' };
  }
  const { length } = receivers;
  if (length === 0) {
    const text = 'a test alarm was sent, and nobody received it: nobody has confirmed a subscription of the alarms';
    return { status: 'fail', subject: SUBJECT, text };
  }
  const others = length > MOST_NAMED ? `, and ${length - MOST_NAMED} more` : '';
  const text = `a test alarm was sent to ${receivers.slice(0, MOST_NAMED).join(', ')}${others}`;
  return { status: 'ok', subject: SUBJECT, text };
}
