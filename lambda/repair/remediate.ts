import { currentValue } from '../connection/connection';
import type { LoginKey } from '../connection/fills';
import type { Sealed } from '../connection/sealed';
import { type RootAttributes, SETTING } from '../connection/setting';
import { strategyOf } from '../connection/strategies';
import { type FreshConnection, TenantFailure } from '../connection/tenant';
import { evaluate } from '../judge/evaluate';
import { expectOutcome, type Finding } from '../judge/finding';
import { type ChangeRecord, type Ending, ending, type Outcome } from '../judge/outcome';
import { type Manual, planRepair, type Repair, type Write } from '../judge/repair';
import { exemptionsOf } from '../policy/exemptions';
import { type CompiledPolicy, resolveExpectation } from '../policy/expectation';
import { type Attempted, endWith } from './attempted';
import type { Gate } from './gate';
import { type Change, mergeChange } from './merge';
import type { RepairContext } from './repair-context';
import { shapeOf } from './shape';
import { verifyWrite, type Written } from './write';

/** A rejected write was not applied. The whole repair then starts again from a fresh read, up to this limit. */
const MAX_ATTEMPTS = 3;

/** Repairs one finding: reads and judges the connection again, merges, writes, compares. Every case has an outcome. */
export async function remediate(
  finding: Finding,
  { tenant, policy, runId, now }: Pick<RepairContext, 'tenant' | 'policy' | 'runId' | 'now'>,
  gate: Pick<Gate, 'closedFor' | 'closedBy'>,
): Promise<Attempted> {
  const { id, strategy } = finding.connection;
  let turnedAway = '';
  /** The record of a write that something other than Auth0 rejected, until a read shows that it was not made. */
  let doubt: ChangeRecord | null = null;
  const nothing = (): string => (doubt === null ? ' Nothing was changed.' : '');
  try {
    for (let attempt = 1; attempt <= MAX_ATTEMPTS; ) {
      const rewrite = await tenant.rewriteConnection(id, runId, (fresh) => {
        if (fresh !== undefined && currentValue(fresh.connection) === doubt?.before) doubt = null;
        return decide(finding, fresh, policy, gate);
      });
      const { decided, answer, windowMs } = rewrite;
      const writtenAt = new Date(now()).toISOString();
      if ('ending' in decided) return endWith(withDetail(decided.ending, doubt === null ? '' : turnedAway), doubt);
      if ('isStale' in decided) {
        // The repair waited so long that the permission to write is too old.
        const stopped = await gate.closedFor(strategy);
        if (stopped !== undefined) return endWith(ending('skipped_stopped', { stopped }), doubt);
        continue;
      }
      if (answer === undefined) break;
      const written = await verifyWrite(tenant, decided, { answer, windowMs });
      if (written.result !== 'turned_away') return conclude(written, decided, writtenAt);
      turnedAway = written.message;
      doubt = written.isOwn ? null : recordOf(decided, { windowMs, writtenAt });
      attempt += 1;
    }
    return endWith(ending('failed', { detail: `${turnedAway}${nothing()}` }), doubt);
  } catch (error) {
    if (!(error instanceof TenantFailure)) throw error;
    if (error.reason === 'out_of_time') return endWith(ending('skipped_stopped', { stopped: 'time' }), doubt);
    return endWith(ending('failed', { detail: `${error.message}${nothing()}` }), doubt);
  }
}

function withDetail(reached: Ending, more: string): Ending {
  const detail = [reached.detail ?? '', more].filter((one) => one !== '').join(' ');
  return { ...reached, detail: detail === '' ? null : detail };
}

function without(outcome: Outcome, more: Partial<Ending> = {}): Attempted {
  return endWith(ending(outcome, more));
}

type Decided =
  | { readonly body: undefined; readonly ending: Ending }
  | { readonly body: undefined; readonly isStale: true }
  | Intent;

interface Intent {
  readonly body: Sealed;
  readonly fresh: FreshConnection;
  readonly change: Change;
  readonly before: RootAttributes | null;
  readonly allowedFills: readonly LoginKey[];
}

/** Decides what to do with the planned repair after the connection was read again. */
function decide(
  finding: Finding,
  fresh: FreshConnection | undefined,
  policy: CompiledPolicy,
  { closedBy }: Pick<Gate, 'closedBy'>,
): Decided {
  if (fresh === undefined) return leave(ending('gone'));
  const { connection } = fresh;
  const expectation = resolveExpectation(policy, connection);
  const verdict = evaluate(connection, expectation);
  if (verdict.verdict === 'compliant') return leave(ending('already_compliant'));
  if (verdict.verdict === 'not_applicable') return conflict('The setting no longer applies to this connection.');

  const repair = planRepair(connection, verdict, expectation);
  if (repair.action === 'manual')
    return leave(ending('skipped_unsafe', { unsafe: repair.reason, detail: keysIn(repair) }));
  const before = currentValue(connection);
  const isAsPlanned =
    verdict.verdict === 'noncompliant' && verdict.actual === finding.actual && isSame(repair, finding.repair);
  if (!isAsPlanned || before === undefined) {
    return conflict('The connection changed after it was judged. The next run judges it again.');
  }
  const outcome = expectOutcome(repair, expectation, exemptionsOf(policy.exemptions, connection)[0]);
  if (outcome !== 'planned') return leave(ending(outcome));
  const stopped = closedBy(connection.strategy);
  if (stopped === 'ask_again') return { body: undefined, isStale: true };
  if (stopped !== undefined) return leave(ending('skipped_stopped', { stopped }));
  const change: Change = repair.action === 'remove' ? { action: 'remove' } : { action: 'set', to: repair.to };
  const { allowedFills } = expectation;
  const body = mergeChange(fresh.sealed, change, strategyOf(connection.strategy));
  return { body, fresh, change, before, allowedFills };
}

function leave(reached: Ending): Decided {
  return { body: undefined, ending: reached };
}

function keysIn(repair: Manual): string | null {
  return repair.reason === 'write_fills' ? `Missing: ${repair.keys.join(', ')}.` : null;
}

function conflict(detail: string): Decided {
  return leave(ending('skipped_conflict', { detail }));
}

/** The shape decides which repair is tried first, so the shape must be as planned too. */
function isSame(a: Write, b: Repair): boolean {
  return b.action !== 'manual' && a.action === b.action && a.to === b.to && shapeOf(a) === shapeOf(b);
}

/** The outcome of a write, with the record for an undo. */
function conclude(written: Exclude<Written, { result: 'turned_away' }>, intent: Intent, writtenAt: string): Attempted {
  if (written.result === 'gone') return without('gone');
  const keys = written.result === 'not_written' ? [] : written.result === 'verified' ? written.rewritten : written.keys;
  const record = recordOf(intent, { windowMs: written.windowMs, writtenAt, keys });
  if (written.result === 'verified') return without('remediated', { change: record });
  if (written.result === 'unverified')
    return without('failed_verification', { change: record, detail: written.message });
  const { message: detail, refusal } = written;
  return {
    ending: ending('failed', { detail, refusal: refusal?.concerns === 'connection' ? refusal.words : null }),
    doubt: refusal === null ? record : null,
    concernsTenant: refusal?.concerns === 'tenant',
  };
}

function recordOf(
  { before, change }: Pick<Intent, 'before' | 'change'>,
  { windowMs, writtenAt, keys = [] }: Pick<ChangeRecord, 'windowMs' | 'writtenAt'> & { keys?: readonly string[] },
): ChangeRecord {
  return {
    before,
    after: change.action === 'set' ? change.to : null,
    otherKeysChanged: keys.filter((key) => key !== `options.${SETTING}`),
    windowMs,
    writtenAt,
  };
}
