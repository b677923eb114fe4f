import { draftBaseline } from '../../lambda/judge/baseline';
import { introduce } from '../../lambda/report/commands/command';
import { initCommand, lintPolicyCommand } from '../../lambda/report/commands/npm';
import { fill } from '../../lambda/report/text/columns';
import { writeJson } from '../../lambda/report/text/json';
import { count } from '../../lambda/report/words/run';
import type { CommandContext } from '../command';
import type { BaselineOptions } from '../commands/baseline';
import type { ExitCode } from '../exit-code';
import { readConnections } from '../read-connections';
import { completeAnswers, findWrongAnswers } from '../setup/answers';
import { findGivenDomain, resolveTarget } from '../target';
import { writeDraft } from './baseline/write-draft';

/** Drafts a policy that describes the current tenant: the start for a tenant that already has connections. */
export async function draftPolicy(options: BaselineOptions, context: CommandContext): Promise<ExitCode> {
  const target = await resolveTarget(options, context, { history: 'none', credentials: 'needed' });
  const { terminal } = context;
  const { output } = options;
  const connections = await readConnections(target, terminal);
  const policy = draftBaseline(connections, { now: terminal.now(), timeZone: target.timeZone });
  writeDraft(writeJson(policy, { indent: 2 }), output, terminal);
  if (output !== undefined) {
    const rules = count(policy.rules?.length ?? 0, 'rule');
    const exemptions = count(policy.exemptions?.length ?? 0, 'exemption');
    const drafted = `${output}: a default, ${rules} and ${exemptions} describe ${count(connections.length, 'connection')}. Review each of them, then lint the file:`;
    const lines = [
      ...introduce(fill(drafted, { columns: 80 }), lintPolicyCommand(output, context.launcher)),
      ...tellWhereTo(output, { options, environment: target.environment }, context),
    ];
    terminal.print(lines.join('\n'));
  }
  return 0;
}

/** The next step: a new environment for a named tenant, otherwise the policy in the file of the environment. */
function tellWhereTo(
  policyFile: string,
  { options, environment }: { readonly options: BaselineOptions; readonly environment: string },
  { launcher, terminal }: CommandContext,
): string[] {
  const { canonicalDomain } = options;
  const { domain } = findGivenDomain(options, terminal.variables);
  if (domain === undefined) return fill(`Then set it as the policy of environment ${environment}.`, { columns: 80 });
  const wrong = findWrongAnswers(completeAnswers({ domain, canonicalDomain }, terminal.variables));
  const isRefused = wrong.some(
    ({ question }) => question === 'domain' || (question === 'canonicalDomain' && canonicalDomain !== undefined),
  );
  // The domain of an environment is always reached over https.
  if (isRefused) return ['Then set it as the policy in the file of an environment.'];
  return introduce(
    ['Then write an environment with this policy:'],
    initCommand({ policyFile, domain, canonicalDomain }, launcher),
  );
}
