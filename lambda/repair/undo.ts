import { currentValue } from '../connection/connection';
import type { Sealed } from '../connection/sealed';
import { strategyOf } from '../connection/strategies';
import { type FreshConnection, type Tenant, TenantFailure } from '../connection/tenant';
import type { PastChange } from '../history/history';
import { describeExpectation } from '../history/state';
import { hazardOf, type ManualReason, whyNotWrite } from '../judge/repair';
import { type CompiledPolicy, resolveExpectation } from '../policy/expectation';
import { type Change, mergeChange } from './merge';
import { type Sent, verifyWrite } from './write';

/** How the undo of one change ended. */
export interface Undone {
  readonly connectionId: string;
  readonly outcome:
    | 'restored'
    /** The connection already has the earlier value: it was restored, or the run was interrupted before it wrote. */
    | 'already_restored'
    /** The value is no longer the value that the run wrote. The later change is taken as intended. */
    | 'moved'
    | 'gone'
    | 'skipped_unsafe'
    /** Writes were no longer allowed when this connection was next. */
    | 'not_tried'
    | 'failed'
    | 'failed_verification';
  readonly unsafe: ManualReason | null;
  /** The write might have been made, although nothing shows it so far; see `doubt` in `Attempted`. */
  readonly isInDoubt: boolean;
  readonly detail: string | null;
  /** What the policy expects of the connection now, for the hold; `null` if the connection is deleted. */
  readonly expectation: string | null;
}

export interface Undoing {
  readonly tenant: Tenant;
  readonly policy: CompiledPolicy;
  /** Appears in the tenant's log. */
  readonly runId: string;
  /** Whether it is allowed to restore `never_on_login`, which stops the creation of users at login. */
  readonly allowsNeverOnLogin: boolean;
  /** Called immediately before the write. */
  readonly mayStillWrite: () => boolean;
}

/** Restores exactly the value that a run replaced, or its absence, if the connection still has the run's value. */
export async function undoChange(past: PastChange, undoing: Undoing): Promise<Undone> {
  const { tenant, policy, runId } = undoing;
  const { connectionId } = past;
  let expectation: string | null = null;
  const undone = (outcome: Undone['outcome'], more: Partial<Undone> = {}): Undone => ({
    connectionId,
    outcome,
    unsafe: null,
    isInDoubt: false,
    detail: null,
    expectation,
    ...more,
  });
  try {
    const { decided, answer, windowMs } = await tenant.rewriteConnection(connectionId, runId, (fresh) =>
      decide(past, fresh, undoing),
    );
    if (decided.fresh !== undefined)
      expectation = describeExpectation(resolveExpectation(policy, decided.fresh.connection));
    if ('outcome' in decided)
      return undone(decided.outcome, decided.unsafe === undefined ? {} : { unsafe: decided.unsafe });
    if (answer === undefined) return undone('failed');
    const written = await verifyWrite(tenant, decided, { answer, windowMs });
    if (written.result === 'verified') return undone('restored');
    if (written.result === 'gone') return undone('gone');
    if (written.result === 'unverified') return undone('failed_verification', { detail: written.message });
    const isInDoubt = written.result === 'turned_away' ? !written.isOwn : written.refusal === null;
    return undone('failed', { detail: written.message, isInDoubt });
  } catch (error) {
    if (!(error instanceof TenantFailure)) throw error;
    return undone('failed', { detail: error.message });
  }
}

type Decided =
  | {
      readonly body: undefined;
      readonly fresh: FreshConnection | undefined;
      readonly outcome: Undone['outcome'];
      readonly unsafe?: ManualReason;
    }
  | ({ readonly body: Sealed } & Sent);

function decide(
  { before, after }: PastChange,
  fresh: FreshConnection | undefined,
  { policy, allowsNeverOnLogin, mayStillWrite }: Undoing,
): Decided {
  if (fresh === undefined) return { body: undefined, fresh, outcome: 'gone' };
  const unsafe = hazardOf(fresh.connection);
  if (unsafe !== undefined) return { body: undefined, fresh, outcome: 'skipped_unsafe', unsafe };
  const current = currentValue(fresh.connection);
  if (current === before) return { body: undefined, fresh, outcome: 'already_restored' };
  if (current !== after) return { body: undefined, fresh, outcome: 'moved' };
  if (before === 'never_on_login' && !allowsNeverOnLogin) {
    return { body: undefined, fresh, outcome: 'skipped_unsafe', unsafe: 'stops_user_creation' };
  }
  const change: Change = before === null ? { action: 'remove' } : { action: 'set', to: before };
  const expectation = resolveExpectation(policy, fresh.connection);
  const refused = whyNotWrite(fresh.connection, change.action, expectation);
  if (refused !== undefined) return { body: undefined, fresh, outcome: 'skipped_unsafe', unsafe: refused.reason };
  if (!mayStillWrite()) return { body: undefined, fresh, outcome: 'not_tried' };
  const { allowedFills } = expectation;
  return {
    body: mergeChange(fresh.sealed, change, strategyOf(fresh.connection.strategy)),
    fresh,
    change,
    allowedFills,
  };
}
