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

/** One connection that is not as the policy says, or that could not be seen. Facts only; the words are in `report/`. */
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
  /** The value as read; `null` where the key is absent or could not be seen (`source` tells which). */
  readonly actual: string | null;
  /** The value Auth0 acts on; `null` where nobody can say. */
  readonly effective: RootAttributes | null;
  readonly expected: readonly RootAttributes[];
  /** Whether the value was written there or is Auth0's default; `null` where the options could not be seen. */
  readonly source: 'explicit' | 'default' | null;
  /** The id of the rule that decided, or `default`. */
  readonly rule: string;
  readonly reason: string | null;
  /** The permission to deviate that holds today; the verdict stays true beside it. */
  readonly exemption: Permission | null;
  readonly repair: Repair;
  /** Where it stands against earlier runs. */
  readonly lifecycle: Lifecycle;
  /** ISO 8601, UTC: when a run first saw this connection with this code; `null` outside of a run. */
  readonly firstSeen: string | null;
  /** Who moved it, looked up for what is new or back; `null` where nobody looked. */
  readonly changedBy: Attribution | null;
}

/** Where a finding stands against earlier runs, and whether that is news; what is news comes first. */
export const LIFECYCLES = {
  new: { isNews: true },
  /** It was resolved before, and is back. */
  reopened: { isNews: true },
  open: { isNews: false },
} as const satisfies Readonly<Record<string, { readonly isNews: boolean }>>;
export type Lifecycle = keyof typeof LIFECYCLES;

export interface Occurrence {
  readonly lifecycle: Lifecycle;
  /** ISO 8601, UTC: when a run first saw it, this time round. */
  readonly firstSeen: string;
}

/** Who moved a connection, or why nobody can say. */
export type Attribution =
  | (Author & {
      readonly kind: 'known';
      /** ISO 8601, UTC. */
      readonly at: string;
    })
  /** The latest write was made by an earlier run of ours or by an undo, as its record in the history tells. */
  | {
      readonly kind: 'ours';
      readonly change: WritingKind;
      readonly runId: string;
      /** The person who made it; `null`: the function, or people are left out. */
      readonly by: string | null;
      /** ISO 8601, UTC. */
      readonly at: string;
    }
  | { readonly kind: 'unknown'; readonly why: UnknownAuthor };

/**
 * `no_scope`: the application may not read the log. `not_in_log`: no write to it is there, so that it was made before
 * the log's retention; a creation is not found either, and a log that is late does not show the last seconds.
 * `log_late`: the latest write there is one of ours, and the value is another. `too_many`: the log holds more writes than a
 * look-up may read. `log_unreadable`: it could not be read. `record_unread`: the write carries the id of a run whose record
 * was not read, so that it may be one of ours.
 */
export type UnknownAuthor = 'no_scope' | 'not_in_log' | 'log_late' | 'too_many' | 'log_unreadable' | 'record_unread';

/** Keeps of a deviation what a report needs: a few hundred bytes, so that 100,000 connections fit a small function. */
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

/** Sets how a repair ended. Nothing else sets the outcome of a finding, and only what is still planned can end. */
export function endRepair(finding: Finding, reached: Ending): Finding {
  return finding.outcome === 'planned' ? { ...finding, ...reached } : finding;
}

/** What a run that may write would do about a repair, as far as the policy decides it. */
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

/** The worst first: by severity, then what was seen before what could not be, then by name and id. */
export function sortFindings(findings: readonly Finding[]): readonly Finding[] {
  return [...findings].sort(
    (a, b) =>
      SEVERITIES.indexOf(b.severity) - SEVERITIES.indexOf(a.severity) ||
      byText(b.verdict, a.verdict) ||
      byText(a.connection.name, b.connection.name) ||
      byText(a.connection.id, b.connection.id),
  );
}
