import type { Author } from '../connection/author';
import { byText } from '../connection/by-text';
import type { Connection } from '../connection/connection';
import { type Control, type RootAttributes, SETTING } from '../connection/setting';
import { SEVERITIES, type Severity } from '../contract';
import type { DatedExemption } from '../policy/exemptions';
import type { ResolvedExpectation } from '../policy/expectation';
import type { Permission } from '../policy/policy';
import type { WritingKind } from './change';
import type { FindingCode } from './evaluate';
import { type Ending, ending, type Outcome } from './outcome';
import { type Deviation, planRepair, type Repair } from './repair';
import { severityOf } from './severity';

/** One connection that violates the policy, or that could not be judged. It contains facts only; `report/` has the words. */
export interface Finding extends Ending {
  readonly connection: {
    readonly id: string;
    readonly name: string;
    readonly displayName: string | null;
    readonly strategy: string;
  };
  readonly control: Control;
  readonly verdict: 'noncompliant' | 'indeterminate';
  readonly code: FindingCode;
  readonly severity: Severity;
  /** The value as read; `null` if the key is absent or the options could not be read (`source` shows which). */
  readonly actual: string | null;
  /** The value that Auth0 uses; `null` if it is unknown. */
  readonly effective: RootAttributes | null;
  readonly expected: readonly RootAttributes[];
  /** Whether the value is explicit or Auth0's default; `null` if the options could not be read. */
  readonly source: 'explicit' | 'default' | null;
  /** The id of the rule that decided, or `default`. */
  readonly rule: string;
  readonly reason: string | null;
  /** The active exemption. It does not change the verdict. */
  readonly exemption: Permission | null;
  readonly repair: Repair;
  /** The lifecycle compared with earlier runs. */
  readonly lifecycle: Lifecycle;
  /** ISO 8601, UTC: when a run first had this finding for this connection with this code; `null` outside of a run. */
  readonly firstSeen: string | null;
  /** Who changed the connection, looked up for new and reopened findings; `null` if it was not looked up. */
  readonly changedBy: Attribution | null;
}

/** The lifecycle of a finding compared with earlier runs. The lifecycles that are news come first. */
export const LIFECYCLES = {
  new: { isNews: true },
  /** The finding was resolved before, and occurs again. */
  reopened: { isNews: true },
  open: { isNews: false },
} as const satisfies Readonly<Record<string, { readonly isNews: boolean }>>;
export type Lifecycle = keyof typeof LIFECYCLES;

export interface Occurrence {
  readonly lifecycle: Lifecycle;
  /** ISO 8601, UTC: when a run first had the finding since it was last resolved. */
  readonly firstSeen: string;
}

/** Who changed a connection, or why this is unknown. */
export type Attribution =
  | (Author & {
      readonly kind: 'known';
      /** ISO 8601, UTC. */
      readonly at: string;
    })
  /** An earlier run of this auditor or an undo made the latest write. Its record in the history shows this. */
  | {
      readonly kind: 'ours';
      readonly change: WritingKind;
      readonly runId: string;
      /** The person who made the change; `null`: the function, or the configuration omits people. */
      readonly by: string | null;
      /** ISO 8601, UTC. */
      readonly at: string;
    }
  | { readonly kind: 'unknown'; readonly why: UnknownAuthor };

/**
 * `no_scope`: the application is not allowed to read the log. `not_in_log`: the log has no write to the connection. Either the
 * write is older than the log's retention, or it is the creation of the connection, or the log does not show it yet.
 * `log_late`: the latest write in the log is from this auditor, but the connection has another value. `too_many`: the log has
 * more writes than a look-up is allowed to read. `log_unreadable`: the log could not be read. `record_unread`: the write has
 * the id of a run whose record was not read, so it might be a write of this auditor.
 */
export type UnknownAuthor = 'no_scope' | 'not_in_log' | 'log_late' | 'too_many' | 'log_unreadable' | 'record_unread';

/** Keeps only the facts that a report needs: a few hundred bytes, so that 100,000 connections fit a small function. */
export function toFinding(
  connection: Connection,
  verdict: Deviation,
  expectation: ResolvedExpectation,
  { occurrence, exemption }: { occurrence: Occurrence | undefined; exemption: DatedExemption | undefined },
): Finding {
  const { id, name, displayName, strategy } = connection;
  const repair = planRepair(connection, verdict, expectation);
  const { outcome, stopped, unsafe, detail, quarantine, refusal, change } = ending(
    expectOutcome(repair, expectation, exemption),
  );
  const seen = verdict.verdict === 'noncompliant';
  return {
    connection: { id, name, displayName: displayName ?? null, strategy },
    control: SETTING,
    verdict: verdict.verdict,
    code: verdict.code,
    severity: severityOf(verdict, expectation),
    actual: seen ? verdict.actual : null,
    effective: seen ? verdict.effective : null,
    expected: verdict.expected,
    source: seen ? verdict.source : null,
    rule: expectation.rule,
    reason: expectation.reason ?? null,
    exemption: exemption?.status === 'active' ? permissionOf(exemption.exemption) : null,
    repair,
    lifecycle: occurrence?.lifecycle ?? 'new',
    firstSeen: occurrence?.firstSeen ?? null,
    changedBy: null,
    outcome,
    stopped,
    unsafe,
    detail,
    quarantine,
    refusal,
    change,
  };
}

/** Sets the ending of a repair. Only this function changes the outcome of a finding, and only if it is still `planned`. */
export function endRepair(finding: Finding, reached: Ending): Finding {
  return finding.outcome === 'planned' ? { ...finding, ...reached } : finding;
}

/** The outcome of a repair in remediate mode, as far as the policy decides it. */
export function expectOutcome(
  repair: Repair,
  expectation: ResolvedExpectation,
  exemption: DatedExemption | undefined,
): Outcome {
  if (repair.action === 'manual') return 'skipped_unsafe';
  if (exemption?.status === 'active') return 'skipped_exempt';
  if (exemption?.status === 'grace') return 'skipped_grace';
  return expectation.isRepairable ? 'planned' : 'skipped_rule';
}

function permissionOf({ reason, owner, ticket, expires }: Permission): Permission {
  return { reason, owner, ticket, expires };
}

/** Sorts by severity (most severe first), then judged before indeterminate, then by name and id. */
export function sortFindings(findings: readonly Finding[]): readonly Finding[] {
  return [...findings].sort(
    (a, b) =>
      SEVERITIES.indexOf(b.severity) - SEVERITIES.indexOf(a.severity) ||
      byText(b.verdict, a.verdict) ||
      byText(a.connection.name, b.connection.name) ||
      byText(a.connection.id, b.connection.id),
  );
}
