import { occurrenceOf } from '../../lambda/history/delta';
import { recall } from '../../lambda/history/memory';
import { explain } from '../../lambda/judge/explain';
import type { Finding } from '../../lambda/judge/finding';
import { compilePolicy } from '../../lambda/policy/expectation';
import { refuseOne } from '../../lambda/repair/admit';
import { count } from '../../lambda/report/words/run';
import type { CommandContext } from '../command';
import type { ExplainOptions } from '../commands/explain';
import type { ExitCode } from '../exit-code';
import { describeExplanation } from '../formats/explanation';
import { fieldsOfExplanation } from '../formats/explanation-json';
import { writeJsonResult } from '../formats/json-result';
import { openHistory } from '../open-history';
import { readConnections } from '../read-connections';
import { quoteUnknown } from '../screen/unknown-connection';
import { READING_HISTORY, whileTelling } from '../screen/while-telling';
import { resolveTarget } from '../target';
import { TargetError } from '../target-error';

/** Shows which rule applies to one connection, given by id or exact name, and what a repair would do. */
export async function explainConnection(options: ExplainOptions, context: CommandContext): Promise<ExitCode> {
  const target = await resolveTarget(options, context, { history: 'reads', credentials: 'needed' });
  const { terminal } = context;
  const { connection: wanted } = options;
  const connections = await readConnections(target, terminal);
  // Anyone can choose a name. A name that looks like an id does not take precedence over the id.
  const connection = connections.find(({ id }) => id === wanted) ?? connections.find(({ name }) => name === wanted);
  if (connection === undefined) {
    const all = count(connections.length, 'connection');
    throw new TargetError([`none of ${all} has the id or name ${quoteUnknown(wanted, connections)}`]);
  }
  const policy = compilePolicy(target.policy, { now: terminal.now(), timeZone: target.timeZone });
  const explanation = explain(connection, policy);
  const held = { ...explanation, finding: await applyHistory(explanation.finding) };
  const { environment, address } = target;
  terminal.print(
    options.format === 'json'
      ? writeJsonResult('explanation', { environment, tenant: address.host, ...fieldsOfExplanation(held) })
      : describeExplanation(held),
  );
  return 0;

  /** Adds what earlier runs recorded, and what prevents a repair regardless of the policy: a hold or a quarantine. */
  async function applyHistory(finding: Finding | null): Promise<Finding | null> {
    if (finding === null) return null;
    const { history } = openHistory(target, terminal);
    const { state, failure } = await whileTelling(READING_HISTORY, terminal, () => recall(history));
    const now = terminal.now();
    if (failure !== null) terminal.note(`Holds, quarantine and earlier runs are unknown: ${failure}`);
    const { connection, code } = finding;
    const seen =
      failure === null
        ? { ...finding, ...occurrenceOf(state, connection.id, code, new Date(now).toISOString()) }
        : finding;
    return refuseOne(seen, { state, quarantine: target.quarantine, retry: new Set(), now });
  }
}
