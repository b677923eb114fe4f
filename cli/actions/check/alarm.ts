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
/** CloudWatch takes an action immediately. The entry in the history appears some seconds later. */
const WAIT_MS = 30_000;
const PAUSE_MS = 2_000;

const MOST_NAMED = 5;

/** What the test alarm needs. */
export interface Sending {
  readonly target: ResolvedTarget;
  /** The recipients of alarms. */
  readonly receivers: AlarmReceivers;
  readonly terminal: Pick<Terminal, 'sleep'>;
}

/** The reason of the state. It distinguishes a test alarm from a real alarm. */
export function testReasonOf(environment: string): string {
  return `Test alarm of the Auth0 connection auditor (${environment}). Nothing is wrong.`;
}

/**
 * Sends a test alarm in the same way as a real alarm. CloudWatch is not allowed to use every key and topic, and an alarm
 * without this permission fails without a trace. The alarm's history in CloudWatch shows whether the topic accepted the
 * alarm. The next evaluation, seconds later, restores the real state
 * (https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_SetAlarmState.html).
 */
export async function sendTestAlarm(
  { alarmName }: DeployedStack,
  { target, receivers, terminal }: Sending,
): Promise<CheckLine> {
  const { aws, environment, commands } = target;
  if (alarmName === undefined) {
    return {
      status: 'fail',
      subject: SUBJECT,
      text: 'no test alarm was sent: the stack has no output with an alarm; deploy the stack again',
    };
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
  const text = `alarm ${alarmName} took no action within ${WAIT_MS / 1000} s. It might be in ALARM already, and a test does not change that. Check it in CloudWatch.`;
  return { status: 'fail', subject: SUBJECT, text };
}

interface Action {
  /** Milliseconds since the epoch, by the clock of AWS. */
  readonly at: number;
  readonly summary: string;
}

/** The last action in the history of an alarm. */
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
  const text = `CloudWatch could not send a test alarm: ${makeVisible(summary, 300)} Add the permissions of CloudWatch to the policy of the topic and of its key (${DOCS_FOLDERS[launcher]}/deploying.md).`;
  return { status: 'fail', subject: SUBJECT, text };
}

/** The topic accepted the alarm. SNS passes it to the confirmed subscribers. */
function describeSent(receivers: AlarmReceivers): CheckLine {
  if (receivers === undefined) {
    return { status: 'ok', subject: SUBJECT, text: 'a test alarm was sent to all recipients of alarms' };
  }
  const { length } = receivers;
  if (length === 0) {
    const text = 'a test alarm was sent, but no one received it: no subscription to the alarms is confirmed';
    return { status: 'fail', subject: SUBJECT, text };
  }
  const others = length > MOST_NAMED ? `, and ${length - MOST_NAMED} more` : '';
  const text = `a test alarm was sent to ${receivers.slice(0, MOST_NAMED).join(', ')}${others}`;
  return { status: 'ok', subject: SUBJECT, text };
}
