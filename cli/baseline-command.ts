import { draftBaseline } from '../lambda/audit/baseline';
import { writeJson } from '../lambda/report/json-text';
import type { ExitCode } from './audit-command';
import { readConnections } from './read-connections';
import type { ResolvedTarget } from './target';
import type { Terminal } from './terminal';

/** Drafts the policy that describes the tenant as it is: the way in for a tenant with a history. */
export async function baselineCommand(
  target: ResolvedTarget,
  output: string | undefined,
  terminal: Terminal,
): Promise<ExitCode> {
  const connections = await readConnections(target, terminal);
  const policy = draftBaseline(connections, { now: terminal.now(), timeZone: target.timeZone });
  const text = writeJson(policy, { indent: 2 });
  if (output === undefined) terminal.print(text);
  else {
    terminal.writeFile(output, `${text}\n`);
    terminal.print(
      `${output}: ${policy.rules?.length ?? 0} rules and ${policy.exemptions?.length ?? 0} exemptions describe the ${connections.length} connections. Review each, then lint it: npm run audit -- lint --policy ${output}`,
    );
  }
  return 0;
}
