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
 * verified, and then the next shape. Whatever stops the writes, each finding comes to an end, given by connection id.
 * `mayWrite`: asked before the first write and again during a long run.
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

/** What we did not expect ends one repair, not the record of the others. */
function describeError(error: unknown): Attempted {
  const name = error instanceof Error ? error.name : typeof error;
  const detail = `An error of the auditor itself (${name}) ended this repair, and nobody can say what was written; please report it.`;
  return endWith(ending('failed_verification', { detail }));
}

/** Proves one shape after the other, and repairs those of a proven shape together before the next. */
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
 * Repairs one after the other until one is verified, and gives back those that are left; `undefined` where none was. A
 * connection that Auth0 refuses proves nothing about the next one; any other failure closes the strategy.
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

/** In rows of those that follow each other and have one shape. */
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

/** Lets so much work be under way at once; the rest waits in order. */
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
