import type { Connection } from '../connection/connection';
import { grantsWriting, type MissingScope, missingScopes, needlessScopes } from '../connection/scopes';
import { isKnownStrategy } from '../connection/strategies';
import { type Tenant, TenantFailure } from '../connection/tenant';
import type { Mode } from '../contract';
import { occurrenceOf, resolvedBy } from '../history/delta';
import type { TenantState } from '../history/state';
import { evaluate, type Verdict } from '../judge/evaluate';
import { type Finding, sortFindings, toFinding } from '../judge/finding';
import type { Incomplete, Notice, Resolved } from '../judge/report';
import { exemptionsOf } from '../policy/exemptions';
import { type CompiledPolicy, resolveExpectation } from '../policy/expectation';
import { type Coverage, countIn, coverageNotices, newCoverage } from './coverage';

/** Everything a listing came to, judged. */
export interface Judged {
  readonly listed: number;
  readonly verdicts: Readonly<Record<Verdict['verdict'], number>>;
  readonly findings: readonly Finding[];
  readonly notices: readonly Notice[];
  /** Why not everything was seen; `null` when it was. */
  readonly incomplete: Incomplete | null;
  readonly scopes: ReadonlySet<string> | undefined;
  /** Findings of earlier runs that this listing settles. */
  readonly resolved: readonly Resolved[];
}

export interface Reading {
  readonly tenant: Tenant;
  readonly mode: Mode;
  readonly policy: CompiledPolicy;
  /** What earlier runs left. */
  readonly state: TenantState;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  /** Told after each connection how many have been listed. */
  readonly progress?: ((listed: number) => void) | undefined;
}

/**
 * Proves the access, then lists and judges every connection page by page, keeping compact findings only. What could not
 * be seen makes the result incomplete; it never makes it shorter in silence.
 */
export async function judgeAll({ tenant, mode, policy, state, startedAt, progress }: Reading): Promise<Judged> {
  const tally = newTally();
  let scopes: ReadonlySet<string> | undefined;
  let incomplete: Incomplete | null = null;
  try {
    ({ scopes } = await tenant.access());
    tally.notices.push(...judgeScopes(scopes, mode));
    for await (const connection of tenant.listConnections()) {
      judge(connection, { policy, state, startedAt }, tally);
      progress?.(tally.listed);
    }
    tally.notices.push(...coverageNotices(tally.coverage, policy));
  } catch (error) {
    incomplete = describeFailure(error);
  }
  const { listed, verdicts, notices, findings } = tally;
  return {
    listed,
    verdicts,
    scopes,
    incomplete,
    resolved: resolvedBy(state, tally.known, incomplete === null),
    findings: sortFindings(findings),
    notices: [...notices, ...unknownIn(tally)],
  };
}

/** Throws where an audit would see nothing; what is granted beyond need, or needed and missing for repairs, is told. */
function judgeScopes(scopes: ReadonlySet<string> | undefined, mode: Mode): Notice[] {
  if (scopes === undefined) return [{ code: 'SCOPES_UNKNOWN' }];
  const missing = missingScopes(scopes);
  if (missing.length > 0) throw new ScopeMissingError(missing);
  if (mode === 'remediate') return grantsWriting(scopes) ? [] : [{ code: 'WRITE_SCOPES_MISSING' }];
  const needless = needlessScopes(scopes);
  return needless.length > 0 ? [{ code: 'WRITE_SCOPES_IN_REPORT_MODE', scopes: needless }] : [];
}

/** The token is good and may not read connections, or not their options. Not a refused credential. */
class ScopeMissingError extends TenantFailure {
  readonly missing: readonly MissingScope[];

  constructor(missing: readonly MissingScope[]) {
    super(
      'scope_missing',
      `The machine-to-machine application lacks ${missing.join(' and ')}. Grant it in the Auth0 Dashboard: Applications > APIs > Auth0 Management API > Machine to Machine Applications.`,
    );
    this.missing = missing;
  }
}

interface Tally {
  listed: number;
  readonly verdicts: Record<Verdict['verdict'], number>;
  readonly findings: Finding[];
  readonly notices: Notice[];
  readonly unknownStrategies: Map<string, number>;
  readonly coverage: Coverage;
  /** The verdicts on connections that had a finding before. */
  readonly known: Map<string, Verdict['verdict']>;
}

function newTally(): Tally {
  return {
    listed: 0,
    verdicts: { compliant: 0, noncompliant: 0, not_applicable: 0, indeterminate: 0 },
    findings: [],
    notices: [],
    unknownStrategies: new Map(),
    coverage: newCoverage(),
    known: new Map(),
  };
}

function judge(
  connection: Connection,
  { policy, state, startedAt }: Pick<Reading, 'policy' | 'state' | 'startedAt'>,
  tally: Tally,
): void {
  const expectation = resolveExpectation(policy, connection);
  const exemptions = exemptionsOf(policy.exemptions, connection);
  const verdict = evaluate(connection, expectation);
  countIn(tally.coverage, expectation, exemptions, verdict);
  tally.listed += 1;
  tally.verdicts[verdict.verdict] += 1;
  if (Object.hasOwn(state.findings, connection.id)) tally.known.set(connection.id, verdict.verdict);
  if (verdict.verdict === 'noncompliant' || verdict.verdict === 'indeterminate') {
    const occurrence = occurrenceOf(state, connection.id, verdict.code, startedAt);
    tally.findings.push(toFinding(connection, verdict, expectation, { occurrence, exemption: exemptions[0] }));
  }
  if (!isKnownStrategy(connection.strategy)) {
    const { unknownStrategies } = tally;
    unknownStrategies.set(connection.strategy, (unknownStrategies.get(connection.strategy) ?? 0) + 1);
  }
}

function unknownIn({ unknownStrategies }: Tally): Notice[] {
  return [...unknownStrategies].map(([strategy, connections]) => ({ code: 'UNKNOWN_STRATEGY', strategy, connections }));
}

/** The one place where a failure becomes part of the record. What we did not throw ourselves is named, not quoted. */
function describeFailure(error: unknown): Incomplete {
  if (error instanceof TenantFailure) {
    const missing = error instanceof ScopeMissingError ? error.missing : [];
    return { reason: error.reason, message: error.message, missingScopes: missing };
  }
  const name = error instanceof Error ? error.name : typeof error;
  const message = `An error of the auditor itself (${name}) ended the run; please report it.`;
  return { reason: 'internal', message, missingScopes: [] };
}
