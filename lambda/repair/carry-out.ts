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
    context.progress?.(attempts.size);
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

/**
 * Repairs one after the other until one of a shape is verified, then those that follow of this shape together. A
 * connection that Auth0 refuses proves nothing about the next one; any other failure closes the strategy.
 */
async function repairShapes(
  findings: readonly Finding[],
  attempt: (finding: Finding) => Promise<Ending>,
  gate: Gate,
): Promise<void> {
  const proven = new Set<string>();
  for (const ofShape of inRows(findings, ({ repair }) => shapeOf(repair))) {
    const waiting = [...ofShape];
    for (let next = waiting[0]; next !== undefined && !proven.has(shapeOf(next.repair)); next = waiting[0]) {
      waiting.shift();
      const { outcome, refusal } = await attempt(next);
      if (outcome === 'remediated') proven.add(shapeOf(next.repair));
      if (isFailure(outcome) && refusal === null) gate.close(next.connection.strategy, 'canary');
    }
    await Promise.all(waiting.map(attempt));
  }
}

/** The members in rows of those that follow each other and are alike. */
function inRows<T>(members: readonly T[], likeness: (member: T) => string): readonly (readonly T[])[] {
  const rows: T[][] = [];
  let before: string | undefined;
  for (const member of members) {
    const its = likeness(member);
    if (its === before) rows.at(-1)?.push(member);
    else rows.push([member]);
    before = its;
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
