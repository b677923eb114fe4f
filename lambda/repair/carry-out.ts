import type { Finding } from '../judge/finding';
import { type Ending, ending, isFailure, type StopReason } from '../judge/outcome';
import { createGate, type Gate } from './gate';
import { type Attempted, remediate } from './remediate';
import type { RepairContext } from './repair-context';

/** Repairs under way at once: two round trips each, so that more would not be faster than a tenant's limit. */
const AT_ONCE = 8;

/**
 * Carries out a finished plan: of each strategy the first repair alone, the others once that one is verified. Whatever
 * stops the writes, each finding comes to an end, given by connection id. `mayWrite`: asked before the first write and
 * again during a long run.
 */
export async function carryOut(
  plan: readonly Finding[],
  context: RepairContext,
  mayWrite: () => Promise<StopReason | undefined>,
): Promise<ReadonlyMap<string, Attempted>> {
  const { now, stopAt, isInterrupted } = context;
  const attempts = new Map<string, Attempted>();
  const gate = createGate({ now, stopAt, isInterrupted, mayWrite });
  const attempt = async (finding: Finding): Promise<Ending> => {
    const attempted = await attemptOne(finding, gate, context);
    attempts.set(finding.connection.id, attempted);
    context.progress?.(attempts.size);
    return attempted.ending;
  };

  const proven: Finding[] = [];
  await eachAtOnce(strategiesOf(plan), async (ofStrategy) => {
    proven.push(...(await proveStrategy(ofStrategy, attempt, gate)));
  });
  await eachAtOnce(proven, async (finding) => {
    await attempt(finding);
  });
  return attempts;
}

async function attemptOne(finding: Finding, gate: Gate, context: RepairContext): Promise<Attempted> {
  const stopped = await gate.closedFor(finding.connection.strategy);
  if (stopped !== undefined) return { ending: ending('skipped_stopped', { stopped }), doubt: null };
  const attempted = await remediate(finding, context, gate).catch(describeError);
  gate.learn(finding.connection.strategy, attempted.ending);
  return attempted;
}

/** What we did not expect ends one repair, not the record of the others. */
function describeError(error: unknown): Attempted {
  const name = error instanceof Error ? error.name : typeof error;
  const detail = `An error of the auditor itself (${name}) ended this repair, and nobody can say what was written; please report it.`;
  return { ending: ending('failed_verification', { detail }), doubt: null };
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
