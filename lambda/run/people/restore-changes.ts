import type { Tenant } from '../../connection/tenant';
import type { WriteSwitch } from '../../contract';
import type { History, KeptLease, PastChange } from '../../history/history';
import { releaseLease } from '../../history/lease';
import { giveLeaseBack, keepRecord, keepState } from '../../history/memory';
import { type Hold, holdAll } from '../../history/state';
import type { ChangedConnection, ChangeResult } from '../../judge/change';
import type { StopReason } from '../../judge/outcome';
import type { CompiledPolicy } from '../../policy/expectation';
import { createGate } from '../../repair/gate';
import { askToWrite } from '../../repair/may-write';
import { type Undone, undoChange } from '../../repair/undo';
import { changeBy, keepPersonalState, type Person, recordOf } from './personal-change';

export interface Undo extends Person {
  /** The run to undo. */
  readonly of: string;
  readonly policy: CompiledPolicy;
  readonly allowsNeverOnLogin: boolean;
}

export interface UndoWorld {
  readonly tenant: Tenant;
  readonly history: History;
  readonly mayWrite: () => Promise<WriteSwitch>;
  readonly isInterrupted: () => boolean;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** Milliseconds since the epoch after which nothing is started. */
  readonly stopAt: number;
  /** Milliseconds since the epoch at which this undo has certainly ended. */
  readonly overBy: number;
  /** Called before a wait for the run that is still active. The argument is in milliseconds. */
  readonly waiting: (milliseconds: number) => void;
  /** Called after each connection. */
  readonly progress: (undone: Undone) => void;
}

export type UndoResult =
  /** Another run has the lease. Nothing was written. */
  | { readonly kind: 'held'; readonly lease: KeptLease }
  /** Nothing was written. `failure`: why. */
  | { readonly kind: 'refused'; readonly failure: string }
  | {
      readonly kind: 'ended';
      readonly undone: readonly Undone[];
      /** Connections that the run had changed. */
      readonly planned: number;
      readonly stopped: StopReason | undefined;
      /** Why the holds or the record could not be kept, or `null`. */
      readonly failure: string | null;
    };

/** Holds each connection, restores the earlier values, and keeps what was written. */
export async function restoreChanges(
  changes: readonly PastChange[],
  undo: Undo,
  world: UndoWorld,
): Promise<UndoResult> {
  const { history, now } = world;
  const { runId, of } = undo;
  const at = new Date(now()).toISOString();
  const planned = { ...changeBy(undo, { kind: 'undo', of, at: now() }), connections: changes.map(toPlanned) };
  const record = await keepRecord(history, recordOf(planned, 'planned', undo), { runId, version: undefined });
  if (record.result !== 'kept') {
    return giveUp(
      record.result === 'failed' ? record.failure : 'Another run concluded that this undo was cut off.',
      undo,
      world,
    );
  }
  const held = await keepState(history, (state) => holdAll(state, holdsFor(changes, undo, at)));
  if (held.failure !== null) return giveUp(`The holds could not be saved. ${held.failure}`, undo, world);

  const { undone, stopped } = await undoEach(changes, undo, world);
  const ended = {
    ...planned,
    at: new Date(now()).toISOString(),
    connections: undone.flatMap((one) => toChanged(one, now())),
  };
  const kept = await keepRecord(history, recordOf(ended, 'ended', undo), { runId, version: record.version });
  const result = {
    kind: 'ended',
    undone: undone.map(({ ended: one }) => one),
    planned: changes.length,
    stopped,
  } as const;
  if (kept.result === 'concluded') {
    return { ...result, failure: 'Another run concluded that this undo was cut off and reports its writes.' };
  }
  const refined = holdsFor(
    changes,
    undo,
    at,
    new Map(undone.map(({ ended: one }) => [one.connectionId, one.expectation])),
  );
  const unkept = await keepPersonalState(history, { person: undo, change: ended }, (state) => holdAll(state, refined));
  const failure = kept.result === 'failed' ? kept.failure : unkept;
  if (failure !== null) return { ...result, failure };
  return { ...result, failure: await giveLeaseBack(history, runId) };

  function toPlanned({ connectionId, name, strategy, before, after }: PastChange): ChangedConnection {
    return { id: connectionId, name, strategy, before: after, after: before, result: 'unknown', at };
  }
}

interface Tried {
  readonly past: PastChange;
  readonly ended: Undone;
}

/** One connection after another; what failed for one connection can fail for each of the others. */
async function undoEach(
  changes: readonly PastChange[],
  { policy, runId, allowsNeverOnLogin }: Undo,
  world: UndoWorld,
): Promise<{ readonly undone: readonly Tried[]; readonly stopped: StopReason | undefined }> {
  const { tenant, history, mayWrite, isInterrupted, now, stopAt, progress } = world;
  const gate = createGate({
    now,
    stopAt,
    isInterrupted,
    mayWrite: () => askToWrite(history, { owner: runId, mayWrite }),
  });
  const undone: Tried[] = [];
  const mayStillWrite = (): boolean => gate.closedBy('') === undefined;
  for (const past of changes) {
    let ended: Undone;
    do {
      const stopped = await gate.closedFor('');
      if (stopped !== undefined) return { undone, stopped };
      ended = await undoChange(past, { tenant, policy, runId, allowsNeverOnLogin, mayStillWrite });
    } while (ended.outcome === 'not_tried');
    undone.push({ past, ended });
    progress(ended);
    if (ended.outcome === 'failed_verification') return { undone, stopped: 'failures' };
  }
  return { undone, stopped: undefined };
}

/** `undefined` if nothing was written. The result of a write that got no answer is unknown. */
function resultOf({ outcome, isInDoubt }: Undone): ChangeResult | undefined {
  if (outcome === 'restored') return 'verified';
  if (outcome === 'failed_verification') return 'unverified';
  return isInDoubt ? 'unknown' : undefined;
}

/** What the undo wrote; empty if it wrote nothing. */
function toChanged({ past, ended }: Tried, now: number): ChangedConnection[] {
  const result = resultOf(ended);
  if (result === undefined) return [];
  const { connectionId: id, name, strategy, before, after } = past;
  return [{ id, name, strategy, before: after, after: before, result, at: new Date(now).toISOString() }];
}

/**
 * Holds for every connection that the operator asked to undo, restored or not. The record gives the expected value, and
 * so does the current policy after the connection was read. The hold applies to both values, because the operator's
 * version of the policy can differ from the function's. If the expected value is unknown, the connection is not held.
 */
function holdsFor(
  changes: readonly PastChange[],
  { of, by }: Undo,
  since: string,
  read: ReadonlyMap<string, string | null> = new Map(),
): Record<string, Hold> {
  return Object.fromEntries(
    changes.flatMap(({ connectionId, expectation }) => {
      const expected = read.get(connectionId) ?? expectation;
      if (expected === null) return [];
      const then = expectation === null || expectation === expected ? {} : { expectedThen: expectation.slice(0, 300) };
      return [[connectionId, { runId: of, since, by, expectation: expected.slice(0, 300), ...then }]];
    }),
  );
}

/** Releases the lease before anything was written. Throws `HistoryFailure`. */
export async function giveUp(failure: string, { runId }: Undo, { history }: UndoWorld): Promise<UndoResult> {
  await releaseLease(history, runId);
  return { kind: 'refused', failure };
}
