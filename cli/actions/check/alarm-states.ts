import { CloudWatchClient, DescribeAlarmsCommand, type MetricAlarm } from '@aws-sdk/client-cloudwatch';
import { AWS_CALL_MS, inTime } from '../../../lambda/aws/time-limit';
import { escapeEach, UNSEEN } from '../../../lambda/connection/escape-character';
import { ALARM_NAMES, type AlarmName, alarmNameOf, DOCS_FOLDERS, USUAL_LAUNCHER } from '../../../lambda/contract';
import { describeMoment } from '../../../lambda/report/words/author';
import { explainAws } from '../../deployed/stack';
import type { ResolvedTarget } from '../../target';
import { testReasonOf } from './alarm';
import type { CheckLine } from './check-line';

const SUBJECT = 'alarms';

interface Rule {
  /** `fail`: a run, or the alert of a run, is missing. `warn`: it will be missing at a later time. */
  readonly whenRed: 'fail' | 'warn';
  /**
   * The meaning of INSUFFICIENT_DATA. `usual`: nothing is missing; the alarm counts rare events, or waits for the first
   * run. `paused`: the alarm does not watch, because the schedule is paused, CloudWatch has just created the alarm, or
   * `alarmWarmUpHours` are not over.
   */
  readonly withoutData: 'usual' | 'paused';
}

const RULES = {
  'run-failed': { whenRed: 'fail', withoutData: 'usual' },
  'no-completed-run': { whenRed: 'fail', withoutData: 'paused' },
  'still-no-completed-run': { whenRed: 'fail', withoutData: 'paused' },
  'not-delivered': { whenRed: 'fail', withoutData: 'usual' },
  throttled: { whenRed: 'fail', withoutData: 'usual' },
  'near-time-limit': { whenRed: 'warn', withoutData: 'usual' },
  'near-memory-limit': { whenRed: 'warn', withoutData: 'usual' },
  'failed-run-lost': { whenRed: 'fail', withoutData: 'usual' },
  'alert-undelivered': { whenRed: 'fail', withoutData: 'usual' },
  'old-credentials': { whenRed: 'warn', withoutData: 'usual' },
  'writes-stopped': { whenRed: 'warn', withoutData: 'usual' },
} as const satisfies Readonly<Record<AlarmName, Rule>>;

/** Lists the alarms of the environment that are in ALARM, do not watch, notify no one, or are missing. */
export async function* checkAlarms(target: ResolvedTarget): AsyncGenerator<CheckLine> {
  const { aws, environment, definition } = target;
  // Reads by name, not by prefix: the prefix of `prod` also matches the alarms of `prod-eu`. One page has up to 100 names.
  const AlarmNames = ALARM_NAMES.map((name) => alarmNameOf(environment, name));
  let found: readonly MetricAlarm[];
  try {
    const client = new CloudWatchClient(aws);
    const command = new DescribeAlarmsCommand({ AlarmNames, MaxRecords: 100 });
    const answer = await inTime(AWS_CALL_MS, (abortSignal) => client.send(command, { abortSignal }));
    found = answer.MetricAlarms ?? [];
  } catch (error) {
    yield { status: 'skip', subject: SUBJECT, text: `not checked: ${explainAws(error, 'the alarms')}` };
    return;
  }
  const alarms = new Map(found.map((alarm) => [alarm.AlarmName, alarm]));
  const missing: AlarmName[] = [];
  let quiet = 0;
  for (const name of ALARM_NAMES) {
    const alarm = alarms.get(alarmNameOf(environment, name));
    const line = alarm && judgeAlarm(name, alarm, target);
    if (line !== undefined) yield line;
    else if (alarm !== undefined) quiet += 1;
    else if (name !== 'writes-stopped' || definition.mode === 'remediate') missing.push(name);
  }
  if (quiet > 0) yield { status: 'ok', subject: SUBJECT, text: countQuiet(quiet, alarms.size) };
  if (missing.length > 0) yield judgeMissing(missing, { hasNone: alarms.size === 0, target });
}

/** As severe as the most severe missing alarm when it is in ALARM, because a missing alarm notifies no one. */
function judgeMissing(
  missing: readonly AlarmName[],
  { hasNone, target }: { readonly hasNone: boolean; readonly target: ResolvedTarget },
): CheckLine {
  const which = hasNone ? 'none of the alarms of this version' : `no alarm ${missing.join(', ')}`;
  const text = `the stack has ${which}. A deploy of this version creates alarms that this version adds, but does not restore deleted alarms. ${readOf(target, UNDO_ANCHOR)}`;
  return { status: missing.some((name) => RULES[name].whenRed === 'fail') ? 'fail' : 'warn', subject: SUBJECT, text };
}

function judgeAlarm(name: AlarmName, alarm: MetricAlarm, target: ResolvedTarget): CheckLine | undefined {
  const { whenRed, withoutData } = RULES[name];
  const { StateValue: state, ActionsEnabled: tells = true } = alarm;
  if (state === 'ALARM' && alarm.StateReason === testReasonOf(target.environment)) {
    const text = `${name} is in ALARM only because of a test alarm; CloudWatch soon restores the real state`;
    return { status: 'skip', subject: SUBJECT, text };
  }
  if (state === 'ALARM') return { status: whenRed, subject: SUBJECT, text: describeRed(name, alarm, target) };
  if (!tells) {
    const text = `${name} notifies no one: its actions were disabled, and a deploy does not enable them. ${readOf(target, UNDO_ANCHOR)}`;
    return { status: whenRed, subject: SUBJECT, text };
  }
  if (state !== 'INSUFFICIENT_DATA' || withoutData === 'usual') return undefined;
  return target.definition.schedule.enabled === false
    ? { status: 'warn', subject: SUBJECT, text: `${name} does not watch the runs: the schedule is paused` }
    : {
        status: 'skip',
        subject: SUBJECT,
        text: `${name} does not watch the runs yet: CloudWatch has just created the alarm, or its warm-up (alarmWarmUpHours) has not ended`,
      };
}

/** Quotes the first line of the alarm's description, which states the problem. The reason of the state has only numbers. */
function describeRed(name: AlarmName, alarm: MetricAlarm, target: ResolvedTarget): string {
  const { AlarmDescription = '', StateReason = '', StateTransitionedTimestamp, StateUpdatedTimestamp } = alarm;
  const since = StateTransitionedTimestamp ?? StateUpdatedTimestamp;
  const when = since === undefined ? '' : ` (since ${describeMoment(since.toISOString())})`;
  const [wrong = ''] = (AlarmDescription.trim() || StateReason).split('\n');
  return `${name} is in ALARM${when}: ${shorten(wrong)} ${readOf(target, name)}`;
}

const UNDO_ANCHOR = 'undo-a-change-that-was-made-outside-a-deploy';

function readOf({ docsUrl, commands }: ResolvedTarget, anchor: string): string {
  return `What to do: ${docsUrl ?? DOCS_FOLDERS[commands.launcher ?? USUAL_LAUNCHER]}/runbook.md#${anchor}`;
}

const LONGEST = 200;

function shorten(text: string): string {
  const visible = escapeEach(text.trim(), UNSEEN);
  return visible.length > LONGEST ? `${visible.slice(0, LONGEST - 1)}…` : visible;
}

/** Without this sentence, the status `ok` after a failed run would be misleading. */
const OF_EVENTS =
  'Alarms on single events leave ALARM within an hour: the command history shows whether the last run failed.';

function countQuiet(quiet: number, all: number): string {
  if (quiet < all) return `the other ${quiet} of ${all} alarms are not in ALARM now. ${OF_EVENTS}`;
  return `${all} ${all === 1 ? 'alarm' : 'alarms'}, none is in ALARM now. ${OF_EVENTS}`;
}
