import { CloudWatchClient, DescribeAlarmHistoryCommand, SetAlarmStateCommand } from '@aws-sdk/client-cloudwatch';
import { AWS_CALL_MS, inTime } from '../../../lambda/aws/time-limit';
import { DOCS_FOLDERS, USUAL_LAUNCHER } from '../../../lambda/contract';
import { makeVisible } from '../../../lambda/report/text/harmless';
import { type DeployedStack, explainAws } from '../../deployed/stack';
import type { ResolvedTarget } from '../../target';
import type { Terminal } from '../../terminal';
import type { CheckLine } from './check-line';

const SUBJECT = 'alarms';
/** An action is taken at once; its entry in the history is there some seconds later. */
const WAIT_MS = 30_000;
const PAUSE_MS = 2_000;

/**
 * Sends a test alarm by the way of a real one: CloudWatch may not use every key and topic, and an alarm that may not fails
 * without a trace. CloudWatch itself says in the alarm's history whether the topic took it; the next evaluation, seconds
 * later, puts the true state back
 * (https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_SetAlarmState.html).
 */
export async function sendTestAlarm(
  { alarmName }: DeployedStack,
  { aws, environment, commands }: ResolvedTarget,
  { sleep }: Terminal,
): Promise<CheckLine> {
  if (alarmName === undefined) {
    return { status: 'fail', subject: SUBJECT, text: 'no test alarm was sent: the stack names none; deploy it again' };
  }
  const client = new CloudWatchClient(aws);
  try {
    const before = await readAction(client, alarmName);
    const reason = `Test alarm of the Auth0 connection auditor (${environment}). Nothing is wrong.`;
    const set = new SetAlarmStateCommand({ AlarmName: alarmName, StateValue: 'ALARM', StateReason: reason });
    await inTime(AWS_CALL_MS, (abortSignal) => client.send(set, { abortSignal }));
    for (let waited = 0; waited < WAIT_MS; waited += PAUSE_MS) {
      await sleep(PAUSE_MS);
      const last = await readAction(client, alarmName);
      if (last !== undefined && last.at !== before?.at) return judge(last.summary, commands.launcher);
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

function judge(summary: string, launcher = USUAL_LAUNCHER): CheckLine {
  if (/^Successfully executed action/.test(summary)) {
    return { status: 'ok', subject: SUBJECT, text: 'a test alarm was sent to everybody who receives the alerts' };
  }
  const text = `CloudWatch could not send a test alarm: ${makeVisible(summary, 300)} Add what CloudWatch needs to the policy of the topic and of its key (${DOCS_FOLDERS[launcher]}/deploying.md).`;
  return { status: 'fail', subject: SUBJECT, text };
}
