import { inLines } from '../../lambda/report/commands/command';
import { testAlarmCommand } from '../../lambda/report/commands/npm';
import { fill } from '../../lambda/report/text/columns';
import type { Environment } from '../../lib/environment/environment';
import { checkEnvironment } from '../../lib/environment/with-defaults';
import type { CommandContext } from '../command';
import type { Target } from '../command-options';
import type { CheckOptions } from '../commands/check';
import type { FoundStack } from '../deployed/stack';
import { findAsked } from '../environments/find-asked';
import type { ExitCode } from '../exit-code';
import { paintFor } from '../screen/colours';
import { type ResolvedTarget, resolveTarget } from '../target';
import { TargetError } from '../target-error';
import type { Terminal } from '../terminal';
import { checkAccess } from './check/access';
import { sendTestAlarm } from './check/alarm';
import type { CheckLine } from './check/check-line';
import { checkDeployment } from './check/deployment';
import { checkReach } from './check/reach';

/** Says line by line what is set up and what is missing, with the remedy. Audits nothing, and changes nothing lasting. */
export async function check(options: CheckOptions, context: CommandContext): Promise<ExitCode> {
  const { readEnvironments, starter, terminal } = context;
  const lines: CheckLine[] = [];
  const say = (line: CheckLine) => {
    lines.push(line);
    terminal.print(describeLine(line, terminal).join('\n'));
  };
  const target = await resolveOrSay(options, context, say);
  if (target === undefined) return 2;

  const files = await readEnvironments();
  const environment = checkEnvironment(findAsked({ files, starter }, target.environment).environment);
  say(await checkReach(target));
  for await (const line of checkAccess(target, environment, terminal)) say(line);
  for await (const line of checkDeployment(target)) say(line);
  const { found } = target.deployment;
  if (options.testAlarm) say(await testAlarm(found, target, terminal));
  else if (found?.kind === 'deployed' && usesForeignKey(environment)) say(offerTestAlarm(target));
  return lines.some(({ status }) => status === 'fail') ? 2 : 0;
}

function describeLine({ status, subject, text, command }: CheckLine, { columns, hasColours }: Terminal): string[] {
  const first = `${status.padEnd(5)} ${subject.padEnd(12)} `;
  const [head = '', ...others] = fill(text, { first, rest: ' '.repeat(first.length), columns });
  const marked = paintFor({ hasColours })(status, status) + head.slice(status.length);
  // Whole, since a command that is broken into lines cannot be pasted.
  return [marked, ...others, ...inLines(command)];
}

/** A test that was asked for and not made is a failure. */
async function testAlarm(
  found: FoundStack | undefined,
  target: ResolvedTarget,
  terminal: Terminal,
): Promise<CheckLine> {
  if (found?.kind === 'deployed') return sendTestAlarm(found.stack, target, terminal);
  return { status: 'fail', subject: 'alarms', text: 'no test alarm was sent: the stack is not known' };
}

/** The stack made the policies of its own topic and key. */
function usesForeignKey({ existingKeyArn, existingAlertsTopicArn }: Environment): boolean {
  return (existingKeyArn ?? existingAlertsTopicArn) !== undefined;
}

function offerTestAlarm({ commands }: ResolvedTarget): CheckLine {
  const text =
    'not looked at: whether alarms may use the key or the topic that is not of the stack. This sends a test alarm to everybody:';
  return { status: 'skip', subject: 'alarms', text, command: testAlarmCommand(commands) };
}

/** What keeps a tenant from being asked is what this command is there to say. */
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
