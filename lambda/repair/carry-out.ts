import type { Finding } from '../judge/finding';
import { type Ending, ending, isFailure } from '../judge/outcome';
import { createGate, type Gate } from './gate';
import { remediate } from './remediate';
import type { RepairContext } from './repair-context';

/** Repairs under way at once: two round trips each, so that more would not be faster than a tenant's limit. */
const AT_ONCE = 8;

/**
 * Carries out a finished plan: of each strategy the first repair alone, the others once that one is verified. Whatever
 * stops the writes, each finding comes to an end, given by connection id.
 */
export async function carryOut(plan: readonly Finding[], context: RepairContext): Promise<ReadonlyMap<string, Ending>> {
  const endings = new Map<string, Ending>();
  const gate = createGate(context);
  const attempt = async (finding: Finding): Promise<Ending> => {
    const reached = await attemptOne(finding, gate, context);
    endings.set(finding.connection.id, reached);
    context.progress?.(endings.size);
    return reached;
  };

  const proven: Finding[] = [];
  await eachAtOnce(strategiesOf(plan), async (ofStrategy) => {
    proven.push(...(await proveStrategy(ofStrategy, attempt, gate)));
  });
  await eachAtOnce(proven, async (finding) => {
    await attempt(finding);
  });
  return endings;
}

async function attemptOne(finding: Finding, gate: Gate, context: RepairContext): Promise<Ending> {
  const stopped = await gate.closedFor(finding.connection.strategy);
  if (stopped !== undefined) return ending('skipped_stopped', { stopped });
  const reached = await remediate(finding, context, gate.closedBy).catch(describeError);
  gate.learn(finding.connection.strategy, reached);
  return reached;
}

/** What we did not expect ends one repair, not the record of the others. */
function describeError(error: unknown): Ending {
  const name = error instanceof Error ? error.name : typeof error;
  const detail = `An error of the auditor itself (${name}) ended this repair, and nobody can say what was written; please report it.`;
  return ending('failed_verification', { detail });
}

/** Repairs one after the other until one is verified, and gives back the rest; a failed one closes the strategy. */
async function proveStrategy(
  findings: readonly Finding[],
  attempt: (finding: Finding) => Promise<Ending>,
  gate: Gate,
): Promise<readonly Finding[]> {
  for (const [index, finding] of findings.entries()) {
    const { outcome } = await attempt(finding);
    if (outcome === 'remediated') return findings.slice(index + 1);
    if (isFailure(outcome)) gate.close(finding.connection.strategy, 'canary');
  }
  return [];
}

function strategiesOf(plan: readonly Finding[]): readonly (readonly Finding[])[] {
  const strategies = new Set(plan.map(({ connection }) => connection.strategy));
  return [...strategies].map((strategy) => plan.filter(({ connection }) => connection.strategy === strategy));
}

async function eachAtOnce<T>(members: readonly T[], work: (member: T) => Promise<void>): Promise<void> {
  const queue = [...members].reverse();
  const workers = Array.from({ length: Math.min(AT_ONCE, queue.length) }, async () => {
    for (let member = queue.pop(); member !== undefined; member = queue.pop()) await work(member);
  });
  await Promise.all(workers);
}
