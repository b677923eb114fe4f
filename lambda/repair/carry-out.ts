import type { Finding } from '../judge/finding';
import { type Ending, ending, isFailure, type StopReason } from '../judge/outcome';
import { type Attempted, endWith } from './attempted';
import { createGate, type Gate } from './gate';
import { remediate } from './remediate';
import type { RepairContext } from './repair-context';
import { shapeOf } from './shape';

/**
 * The number of parallel repairs. Each needs two round trips, so more would not be faster with a tenant's rate limit.
 */
const AT_ONCE = 8;

/**
 * Carries out a finished plan in its order. For each strategy and shape, the first repair runs alone. The others start
 * after one repair is verified; then the next shape follows. Every finding gets an ending, also if writes are stopped.
 * The result is by connection id. `mayWrite`: called before the first write and again during a long run.
 */
export async function carryOut(
  plan: readonly Finding[],
  context: RepairContext,
  mayWrite: () => Promise<StopReason | undefined>,
): Promise<ReadonlyMap<string, Attempted>> {
  const { now, stopAt, isInterrupted } = context;
  const attempts = new Map<string, Attempted>();
  const gate = createGate({ now, stopAt, isInterrupted, mayWrite });
  const inTurn = limitTo(AT_ONCE);
  const attempt = async (finding: Finding): Promise<Ending> => {
    const attempted = await inTurn(() => attemptOne(finding, gate, context));
    attempts.set(finding.connection.id, attempted);
    context.progress?.({ kind: 'repaired', done: attempts.size, left: plan.length - attempts.size });
    return attempted.ending;
  };
  await Promise.all(strategiesOf(plan).map((ofStrategy) => repairShapes(ofStrategy, attempt, gate)));
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

/** An unexpected error ends one repair. The results of the other repairs are kept. */
function describeError(error: unknown): Attempted {
  const name = error instanceof Error ? error.name : typeof error;
  const detail = `An internal error of the auditor (${name}) ended this repair. What was written is unknown. Please report this error.`;
  return endWith(ending('failed_verification', { detail }));
}

/** Proves one shape after the other. Repairs the findings of a proven shape in parallel before the next shape. */
async function repairShapes(
  findings: readonly Finding[],
  attempt: (finding: Finding) => Promise<Ending>,
  gate: Gate,
): Promise<void> {
  const proven = new Set<string>();
  for (const { shape, members } of inRows(findings)) {
    const left = proven.has(shape) ? members : await proveShape(members, attempt, gate);
    if (left === undefined) continue;
    proven.add(shape);
    await Promise.all(left.map(attempt));
  }
}

/**
 * Repairs one finding after the other until one repair is verified, and returns the remaining findings; `undefined` if
 * no repair was verified. A refusal by Auth0 proves nothing about the next connection. Any other failure closes the
 * strategy.
 */
async function proveShape(
  findings: readonly Finding[],
  attempt: (finding: Finding) => Promise<Ending>,
  gate: Gate,
): Promise<readonly Finding[] | undefined> {
  for (const [index, finding] of findings.entries()) {
    const { outcome, refusal } = await attempt(finding);
    if (outcome === 'remediated') return findings.slice(index + 1);
    if (isFailure(outcome) && refusal === null) gate.close(finding.connection.strategy, 'canary');
  }
  return undefined;
}

/** Groups consecutive findings of the same shape. */
function inRows(findings: readonly Finding[]): readonly { readonly shape: string; readonly members: Finding[] }[] {
  const rows: { readonly shape: string; readonly members: Finding[] }[] = [];
  for (const finding of findings) {
    const shape = shapeOf(finding.repair);
    const last = rows.at(-1);
    if (last?.shape === shape) last.members.push(finding);
    else rows.push({ shape, members: [finding] });
  }
  return rows;
}

function strategiesOf(plan: readonly Finding[]): readonly (readonly Finding[])[] {
  const strategies = new Set(plan.map(({ connection }) => connection.strategy));
  return [...strategies].map((strategy) => plan.filter(({ connection }) => connection.strategy === strategy));
}

/** Limits the work that runs in parallel. Other work waits in order. */
function limitTo(most: number): <T>(work: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  let underWay = 0;
  return async (work) => {
    if (underWay >= most) await new Promise<void>((go) => waiting.push(go));
    else underWay += 1;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) underWay -= 1;
      else next();
    }
  };
}
