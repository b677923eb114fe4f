import { draftBaseline } from '../../lambda/judge/baseline';
import { writeJson } from '../../lambda/report/text/json';
import { fill } from '../../lambda/report/text/paragraphs';
import { count } from '../../lambda/report/words/run';
import type { ExitCode } from '../exit-code';
import { readConnections } from '../read-connections';
import type { ResolvedTarget } from '../target';
import type { Terminal } from '../terminal';
import { writeOutput } from '../write-output';

/** Drafts the policy that describes the tenant as it is: the way in for a tenant with a history. */
export async function baselineCommand(
  target: ResolvedTarget,
  output: string | undefined,
  terminal: Terminal,
): Promise<ExitCode> {
  const connections = await readConnections(target, terminal);
  const policy = draftBaseline(connections, { now: terminal.now(), timeZone: target.timeZone });
  writeOutput(writeJson(policy, { indent: 2 }), { output, what: 'draft' }, terminal);
  if (output !== undefined) {
    const rules = count(policy.rules?.length ?? 0, 'rule');
    const exemptions = count(policy.exemptions?.length ?? 0, 'exemption');
    const drafted = `${output}: a default, ${rules} and ${exemptions} describe ${count(connections.length, 'connection')}. Review each, then lint it:`;
    terminal.print([...fill(drafted, { columns: 80 }), `  npm run audit -- lint --policy ${output}`].join('\n'));
  }
  return 0;
}
