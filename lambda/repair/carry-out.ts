import type { Finding } from '../judge/finding';
import { type Ending, ending, isFailure, type StopReason } from '../judge/outcome';
import { type Attempted, endWith } from './attempted';
import { createGate, type Gate } from './gate';
import { remediate } from './remediate';
import type { RepairContext } from './repair-context';
import { shapeOf } from './shape';

/** Repairs under way at once: two round trips each, so that more would not be faster than a tenant's limit. */
const AT_ONCE = 8;

/**
 * Carries out a finished plan in its order: of each strategy and shape the first repair alone, the others once one is
 * verified. Whatever stops the writes, each finding comes to an end, given by connection id. `mayWrite`: asked before the
 * first write and again during a long run.
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
    proven.push(...(await proveShapes(ofStrategy, attempt, gate)));
  });
  await eachAtOnce(proven, async (finding) => {
    await attempt(finding);
  });
  return attempts;
}

async function attemptOne(finding: Finding, gate: Gate, context: RepairContext): Promise<Attempted> {
  const { strategy } = finding.connection;
  const stopped = await gate.closedFor(strategy);
  if (stopped !== undefined) return endWith(ending('skipped_stopped', { stopped }));
  const attempted = await remediate(finding, context, gate).catch(describeError);
  gate.learn(strategy, attempted);
  return attempted;
}

/** What we did not expect ends one repair, not the record of the others. */
function describeError(error: unknown): Attempted {
  const name = error instanceof Error ? error.name : typeof error;
  const detail = `An error of the auditor itself (${name}) ended this repair, and nobody can say what was written; please report it.`;
  return endWith(ending('failed_verification', { detail }));
}

/**
 * Repairs one after the other until one of each shape is verified, and gives back the rest. A connection that Auth0
 * refuses proves nothing about the next one; any other failure closes the strategy.
 */
async function proveShapes(
  findings: readonly Finding[],
  attempt: (finding: Finding) => Promise<Ending>,
  gate: Gate,
): Promise<readonly Finding[]> {
  const proven = new Set<string>();
  const rest: Finding[] = [];
  for (const finding of findings) {
    const shape = shapeOf(finding.repair);
    if (proven.has(shape)) {
      rest.push(finding);
      continue;
    }
    const { outcome, refusal } = await attempt(finding);
    if (outcome === 'remediated') proven.add(shape);
    if (isFailure(outcome) && refusal === null) gate.close(finding.connection.strategy, 'canary');
  }
  return rest;
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
