import type { Connection, FailureReason, RootAttributes } from '../connection/ports';
import type { MissingScope } from '../connection/scopes';
import { type Mode, SEVERITIES, type Severity } from '../contract';
import type { Lifecycle, Resolved, Standing, TrendPoint } from '../history/delta';
import type { DatedExemption } from '../policy/exemptions';
import type { ResolvedExpectation } from '../policy/expectation';
import type { Exemption, Permission } from '../policy/policy';
import type { OtherWriters } from '../repair/other-writers';
import type { Attribution } from '../run/attribute';
import type { Telling } from '../run/telling';
import type { FindingCode, Verdict } from './evaluate';
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

/** Something about the run itself that a person should know, and that does not make it incomplete. */
export type Notice =
  | { readonly code: 'SCOPES_UNKNOWN' }
  | { readonly code: 'WRITE_SCOPES_IN_REPORT_MODE'; readonly scopes: readonly string[] }
  | { readonly code: 'WRITE_SCOPES_MISSING' }
  /** The plan is larger than the caps allow: in report mode it is only told. */
  | { readonly code: 'CAP_EXCEEDED'; readonly planned: number; readonly allowed: number }
  | { readonly code: 'UNKNOWN_STRATEGY'; readonly strategy: string; readonly connections: number }
  | { readonly code: 'RULE_MATCHED_NOTHING'; readonly rule: string }
  | { readonly code: 'ONLY_DEFAULT'; readonly connections: number }
  | {
      readonly code: 'EXEMPTION_EXPIRED';
      readonly exemption: Exemption;
      /** The last day on which its connections are not repaired; `null` when that has passed too. */
      readonly graceUntil: string | null;
    }
  | { readonly code: 'EXEMPTION_EXPIRING'; readonly exemption: Exemption; readonly daysLeft: number }
  | { readonly code: 'EXEMPTION_UNUSED' | 'EXEMPTION_NOT_NEEDED'; readonly exemption: Exemption };

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
  /** Findings of earlier runs that this one settles. */
  readonly resolved: readonly Resolved[];
  /** Earlier runs in numbers, oldest first. */
  readonly trend: readonly TrendPoint[];
  /** Whether people are told, and as what. */
  readonly telling: Telling;
  /** Where this run's record and its HTML report are kept; `null` where they are not. */
  readonly places: { readonly record: string; readonly html: string } | null;
  readonly otherWriters: OtherWriters;
  /** Why this run could not be kept, or what earlier ones left could not be read; `null` when all went well. */
  readonly historyFailure: string | null;
  /** Why people or machines could not be told of this run; empty in what they are told. */
  readonly untold: readonly string[];
}

/** Keeps of a deviation what a report needs: a few hundred bytes, so that 100,000 connections fit a small function. */
export function toFinding(
  connection: Connection,
  verdict: Deviation,
  expectation: ResolvedExpectation,
  { standing, exemption }: { standing: Standing | undefined; exemption: DatedExemption | undefined },
): Finding {
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
    exemption: exemption?.standing === 'active' ? permissionOf(exemption.exemption) : null,
    repair,
    lifecycle: standing?.lifecycle ?? 'new',
    firstSeen: standing?.firstSeen ?? null,
    changedBy: null,
    ...ending(expectOutcome(repair, expectation, exemption)),
  };
}

/** What a run that may write would do about a repair, as far as the policy decides it. */
export function expectOutcome(
  repair: Repair,
  expectation: ResolvedExpectation,
  exemption: DatedExemption | undefined,
): Outcome {
  if (repair.action === 'manual') return 'skipped_unsafe';
  if (exemption?.standing === 'active') return 'skipped_exempt';
  if (exemption?.standing === 'grace') return 'skipped_grace';
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

/** By code unit, so that the order is the same on every machine. */
function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
