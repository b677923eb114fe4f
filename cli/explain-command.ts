import { compilePolicy } from '../lambda/audit/expectation';
import { explain } from '../lambda/audit/explain';
import { describeExplanation } from '../lambda/report/explain';
import { makeHarmless } from '../lambda/report/harmless';
import { count } from '../lambda/report/run-words';
import type { ExitCode } from './audit-command';
import { readConnections } from './read-connections';
import { type ResolvedTarget, TargetError } from './target';
import type { Terminal } from './terminal';

/** Says of one connection, by its id or its exact name, which rule decides and what a repair would do. */
export async function explainCommand(target: ResolvedTarget, wanted: string, terminal: Terminal): Promise<ExitCode> {
  const connections = await readConnections(target, terminal);
  // Names are anyone's texts: one that reads like an id does not stand before the id.
  const connection = connections.find(({ id }) => id === wanted) ?? connections.find(({ name }) => name === wanted);
  if (connection === undefined) {
    const shown = makeHarmless(wanted);
    const all = count(connections.length, 'connection');
    throw new TargetError([`--connection: of ${all}, none has the id or name '${shown}'`]);
  }
  const policy = compilePolicy(target.policy, { now: terminal.now(), timeZone: target.timeZone });
  terminal.print(describeExplanation(explain(connection, policy)));
  return 0;
}
