import { testAlarmCommand } from '../../lambda/report/commands/npm';
import type { Environment } from '../../lib/environment/environment';
import type { CommandContext } from '../command';
import type { Target } from '../command-options';
import type { CheckOptions } from '../commands/check';
import type { FoundStack } from '../deployed/stack';
import type { ExitCode } from '../exit-code';
import { writeJsonResult } from '../formats/json-result';
import { type ResolvedTarget, resolveTarget } from '../target';
import { TargetError } from '../target-error';
import { checkAccess } from './check/access';
import { type Sending, sendTestAlarm } from './check/alarm';
import type { CheckLine } from './check/check-line';
import { checkDeployment } from './check/deployment';
import { checkReach } from './check/reach';
import { describeLine, fieldsOfLine } from './check/show';

/** Shows line by line what is set up and what is missing, with the remedy. Does not audit. Changes nothing permanently. */
export async function check(options: CheckOptions, context: CommandContext): Promise<ExitCode> {
  const { terminal } = context;
  const lines: CheckLine[] = [];
  const say = (line: CheckLine): void => {
    lines.push(line);
    if (options.format === 'text') terminal.print(describeLine(line, terminal));
  };
  const target = await resolveOrSay(options, context, say);
  if (target !== undefined) for await (const line of checkAll(target, options, context)) say(line);
  terminal.progress?.('');
  const exitCode = lines.some(({ status }) => status === 'fail') ? 2 : 0;
  if (options.format === 'json') {
    const of = {
      environment: target?.environment ?? options.environment ?? null,
      tenant: target?.address.host ?? null,
    };
    terminal.print(writeJsonResult('check', { ...of, exitCode, checks: lines.map(fieldsOfLine) }));
  }
  return exitCode;
}

async function* checkAll(
  target: ResolvedTarget,
  { testAlarm }: CheckOptions,
  { terminal }: CommandContext,
): AsyncGenerator<CheckLine> {
  terminal.progress?.(`asking ${target.address.host}`);
  yield await checkReach(target);
  yield* checkAccess(target, target.definition, terminal);
  terminal.progress?.('asking AWS');
  const receivers = yield* checkDeployment(target);
  const { found } = target.deployment;
  if (testAlarm) yield await sendAlarm(found, { target, receivers, terminal });
  else if (found?.kind === 'deployed' && usesForeignKey(target.definition)) yield offerTestAlarm(target);
}

/** A requested test alarm that was not sent is a failure. */
async function sendAlarm(found: FoundStack | undefined, sending: Sending): Promise<CheckLine> {
  if (found?.kind === 'deployed') return sendTestAlarm(found.stack, sending);
  return { status: 'fail', subject: 'alarms', text: 'no test alarm was sent: the stack is not known' };
}

/** The stack writes the policies of its own topics, and of their keys unless a key was given for the topic of the alerts. */
function usesForeignKey(environment: Environment): boolean {
  const { alarmsTopicArn, alarmRecipients, existingKeyArn, existingAlertsTopicArn } = environment;
  if (alarmsTopicArn !== undefined) return true;
  return alarmRecipients === undefined && (existingKeyArn ?? existingAlertsTopicArn) !== undefined;
}

function offerTestAlarm({ commands }: ResolvedTarget): CheckLine {
  const text =
    'not checked: whether alarms are allowed to use the key or the topic that the stack does not own. This command sends a test alarm to all recipients of alarms:';
  return { status: 'skip', subject: 'alarms', text, command: testAlarmCommand(commands) };
}

/** Problems that prevent a request to the tenant are lines of the check, not an error of the command. */
async function resolveOrSay(
  asked: Target,
  context: CommandContext,
  say: (line: CheckLine) => void,
): Promise<ResolvedTarget | undefined> {
  try {
    return await resolveTarget(asked, context, { history: 'none', credentials: 'if_known' });
  } catch (error) {
    if (!(error instanceof TargetError)) throw error;
    for (const text of error.problems) say({ status: 'fail', subject: 'settings', text });
    return undefined;
  }
}
