import { draftBaseline } from '../../lambda/judge/baseline';
import { introduce } from '../../lambda/report/commands/command';
import { lintPolicyCommand } from '../../lambda/report/commands/npm';
import { fill } from '../../lambda/report/text/columns';
import { writeJson } from '../../lambda/report/text/json';
import { count } from '../../lambda/report/words/run';
import { defineCommand } from '../command';
import { OUTPUT, TARGET_OPTIONS } from '../command-options';
import type { ExitCode } from '../exit-code';
import { readConnections } from '../read-connections';
import { type ResolvedTarget, resolveTarget } from '../target';
import type { Terminal } from '../terminal';
import { writeOutput } from '../write-output';

export const baselineCommand = defineCommand({
  name: 'baseline',
  summary: 'Drafts a policy that describes the tenant as it is, for review',
  options: { ...TARGET_OPTIONS, output: OUTPUT },
  example: 'baseline --environment dev --output policy.json',
  exitCodes: { 0: 'policy drafted', 2: 'tenant or file not accessible, or wrong usage' },
  run: async (options, { environments, terminal }) =>
    draftPolicy(
      await resolveTarget(options, { environments, terminal }, { history: 'none', credentials: 'needed' }),
      options.output,
      terminal,
    ),
});

/** Drafts the policy that describes the tenant as it is: the way in for a tenant with a history. */
async function draftPolicy(target: ResolvedTarget, output: string | undefined, terminal: Terminal): Promise<ExitCode> {
  const connections = await readConnections(target, terminal);
  const policy = draftBaseline(connections, { now: terminal.now(), timeZone: target.timeZone });
  writeOutput(writeJson(policy, { indent: 2 }), { output, what: 'draft' }, terminal);
  if (output !== undefined) {
    const rules = count(policy.rules?.length ?? 0, 'rule');
    const exemptions = count(policy.exemptions?.length ?? 0, 'exemption');
    const drafted = `${output}: a default, ${rules} and ${exemptions} describe ${count(connections.length, 'connection')}. Review each, then lint it:`;
    terminal.print(introduce(fill(drafted, { columns: 80 }), lintPolicyCommand(output)).join('\n'));
  }
  return 0;
}
