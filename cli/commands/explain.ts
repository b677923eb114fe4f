import { recall } from '../../lambda/history/memory';
import { explain } from '../../lambda/judge/explain';
import type { Finding } from '../../lambda/judge/finding';
import { compilePolicy } from '../../lambda/policy/expectation';
import { refuseOne } from '../../lambda/repair/admit';
import { makeHarmless } from '../../lambda/report/text/harmless';
import { count } from '../../lambda/report/words/run';
import { defineCommand, type Ready } from '../command';
import { HISTORY, TARGET_OPTIONS } from '../command-options';
import type { ExitCode } from '../exit-code';
import { describeExplanation } from '../formats/explanation';
import { openHistory } from '../open-history';
import { text, type ValuesOf } from '../option';
import { readConnections } from '../read-connections';
import { type ResolvedTarget, resolveTarget, TargetError } from '../target';
import type { Terminal } from '../terminal';

const OPTIONS = {
  ...TARGET_OPTIONS,
  connection: text({ name: 'connection', placeholder: 'NAME_OR_ID', help: 'exact name or id of the connection' }),
  history: HISTORY,
} as const;
const NEEDS = ['connection'] as const;
type ExplainOptions = Ready<ValuesOf<typeof OPTIONS>, (typeof NEEDS)[number]>;

export const explainCommand = defineCommand({
  name: 'explain',
  summary: 'Shows which rule decides for a connection, and its planned repair',
  options: OPTIONS,
  needs: NEEDS,
  example: 'explain --connection Username-Password-Authentication',
  exitCodes: { 0: 'connection explained', 2: 'connection not found, tenant not readable, or wrong usage' },
  run: async (options, { environments, terminal }) =>
    explainConnection(
      await resolveTarget(options, { environments, terminal }, { history: 'reads', credentials: 'needed' }),
      options,
      terminal,
    ),
});

/** Says of one connection, by its id or its exact name, which rule decides and what a repair would do. */
async function explainConnection(
  target: ResolvedTarget,
  { connection: wanted }: ExplainOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const connections = await readConnections(target, terminal);
  // Names are anyone's texts: one that reads like an id does not stand before the id.
  const connection = connections.find(({ id }) => id === wanted) ?? connections.find(({ name }) => name === wanted);
  if (connection === undefined) {
    const shown = makeHarmless(wanted);
    const all = count(connections.length, 'connection');
    throw new TargetError([`--connection: of ${all}, none has the id or name '${shown}'`]);
  }
  const policy = compilePolicy(target.policy, { now: terminal.now(), timeZone: target.timeZone });
  const explanation = explain(connection, policy);
  terminal.print(describeExplanation({ ...explanation, finding: await applyHolds(explanation.finding) }));
  return 0;

  /** A hold or a quarantine keeps a run from repairing, whatever the policy says. */
  async function applyHolds(finding: Finding | null): Promise<Finding | null> {
    if (finding === null) return null;
    const { history } = openHistory(target, terminal);
    const { state, failure } = await recall(history);
    if (failure !== null) terminal.note(`Holds and quarantine are not known here: ${failure}`);
    return refuseOne(finding, { state, quarantine: target.quarantine, retry: new Set(), now: terminal.now() });
  }
}
