import { type Mode, SEVERITIES, type Severity } from '../contract';
import type { FindingCode, Verdict } from './evaluate';
import type { ResolvedExpectation } from './policy';
import type { Connection, FailureReason, RootAttributes } from './ports';
import { type Deviation, planRepair, type Repair } from './repair';
import type { MissingScope } from './scopes';
import { severityOf } from './severity';

/** What became of a repair. In report mode: what a run that may write would attempt, or the skip that would apply. */
export type Outcome = 'planned' | 'skipped_unsafe';

/** One connection that is not as the policy says, or that could not be seen. Facts only; the words are in `report/`. */
export interface Finding {
  readonly connection: {
    readonly id: string;
    readonly name: string;
    readonly displayName: string | null;
    readonly strategy: string;
  };
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
  readonly exemption: null;
  readonly repair: Repair;
  readonly outcome: Outcome;
}

/** Something about the run itself that a person should know, and that does not make it incomplete. */
export type Notice =
  | { readonly code: 'SCOPES_UNKNOWN' }
  | { readonly code: 'WRITE_SCOPES_IN_REPORT_MODE'; readonly scopes: readonly string[] }
  | { readonly code: 'UNKNOWN_STRATEGY'; readonly strategy: string; readonly connections: number };

/** Why a run did not see everything. The message is ours, for people. */
export interface Incomplete {
  readonly reason: FailureReason;
  readonly message: string;
  readonly missingScopes: readonly MissingScope[];
}

export interface Report {
  readonly runId: string;
  readonly environment: string;
  /** The tenant's domain as configured. */
  readonly tenant: string;
  readonly mode: Mode;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly finishedAt: string;
  /** Every page was read and time sufficed. Only a complete report may say that all is well. */
  readonly complete: boolean;
  readonly incomplete: Incomplete | null;
  /** `listed`: connections read from the tenant; `judged`: those of them whose setting could be seen. */
  readonly coverage: { readonly listed: number; readonly judged: number };
  readonly summary: Readonly<Record<Verdict['verdict'] | 'exempt', number>>;
  readonly findings: readonly Finding[];
  readonly notices: readonly Notice[];
}

/** Keeps of a deviation what a report needs: a few hundred bytes, so that 100,000 connections fit a small function. */
export function toFinding(connection: Connection, verdict: Deviation, expectation: ResolvedExpectation): Finding {
  const { id, name, displayName, strategy } = connection;
  const repair = planRepair(connection, verdict, expectation);
  const seen = verdict.verdict === 'noncompliant';
  return {
    connection: { id, name, displayName: displayName ?? null, strategy },
    verdict: verdict.verdict,
    code: verdict.code,
    severity: severityOf(verdict, expectation),
    actual: seen ? verdict.actual : null,
    effective: seen ? verdict.effective : null,
    expected: verdict.expected,
    source: seen ? verdict.source : null,
    rule: expectation.rule,
    reason: expectation.reason ?? null,
    exemption: null,
    repair,
    outcome: repair.action === 'manual' ? 'skipped_unsafe' : 'planned',
  };
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

/** By code unit, so that the order is the same on every machine. */
function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
