import type { Mode } from '../contract';
import { type Coverage, countIn, coverageNotices, newCoverage } from './coverage';
import { evaluate, type Verdict } from './evaluate';
import { exemptionsOf } from './exemptions';
import { type CompiledPolicy, compilePolicy, resolveExpectation } from './expectation';
import type { Policy } from './policy';
import { type Connection, type Tenant, TenantFailure } from './ports';
import { type Finding, type Incomplete, type Notice, type Report, sortFindings, toFinding } from './report';
import { type MissingScope, missingScopes, needlessScopes } from './scopes';
import { isKnownStrategy } from './strategies';

/** One audit of one tenant, as asked for. */
export interface Run {
  readonly runId: string;
  readonly environment: string;
  readonly tenant: string;
  readonly mode: Mode;
  readonly policy: Policy;
  /**
   * The schedule's time zone: exemptions end with the day there.
   * @default UTC
   */
  readonly timeZone?: string | undefined;
}

/** What the audit needs of the world. */
export interface World {
  readonly tenant: Tenant;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Told after each connection how many have been listed. */
  readonly progress?: (listed: number) => void;
}

/**
 * Audits every connection of a tenant: proves the access, lists and judges them page by page, plans the repair of each
 * deviation, and sums up. What could not be seen makes the report incomplete; it never makes it shorter in silence.
 */
export async function runAudit(run: Run, { tenant, now, progress }: World): Promise<Report> {
  const startedAt = now();
  const policy = compilePolicy(run.policy, { now: startedAt, timeZone: run.timeZone ?? 'UTC' });
  const tally = newTally();
  let incomplete: Incomplete | null = null;
  try {
    tally.notices.push(...(await proveAccess(tenant, run.mode)));
    for await (const connection of tenant.listConnections()) {
      judge(connection, policy, tally);
      progress?.(tally.listed);
    }
  } catch (error) {
    incomplete = describeFailure(error);
  }
  if (incomplete === null) tally.notices.push(...coverageNotices(tally.coverage, policy));
  return sumUp(run, tally, incomplete, startedAt, now());
}

async function proveAccess(tenant: Tenant, mode: Mode): Promise<Notice[]> {
  const { scopes } = await tenant.access();
  if (scopes === undefined) return [{ code: 'SCOPES_UNKNOWN' }];
  const missing = missingScopes(scopes);
  if (missing.length > 0) throw new ScopeMissingError(missing);
  const needless = needlessScopes(scopes, mode);
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
}

function newTally(): Tally {
  return {
    listed: 0,
    verdicts: { compliant: 0, noncompliant: 0, not_applicable: 0, indeterminate: 0 },
    findings: [],
    notices: [],
    unknownStrategies: new Map(),
    coverage: newCoverage(),
  };
}

function judge(connection: Connection, policy: CompiledPolicy, tally: Tally): void {
  const expectation = resolveExpectation(policy, connection);
  const exemptions = exemptionsOf(policy.exemptions, connection);
  const verdict = evaluate(connection, expectation);
  countIn(tally.coverage, expectation, exemptions, verdict);
  tally.listed += 1;
  tally.verdicts[verdict.verdict] += 1;
  if (verdict.verdict === 'noncompliant' || verdict.verdict === 'indeterminate') {
    tally.findings.push(toFinding(connection, verdict, expectation, exemptions[0]));
  }
  if (!isKnownStrategy(connection.strategy)) {
    const { unknownStrategies } = tally;
    unknownStrategies.set(connection.strategy, (unknownStrategies.get(connection.strategy) ?? 0) + 1);
  }
}

/** The one place where a failure becomes part of the record. What we did not throw ourselves is named, not quoted. */
function describeFailure(error: unknown): Incomplete {
  if (error instanceof TenantFailure) {
    const missing = error instanceof ScopeMissingError ? error.missing : [];
    return { reason: error.reason, message: error.message, missingScopes: missing };
  }
  const name = error instanceof Error ? error.name : typeof error;
  return {
    reason: 'internal',
    message: `An error of the auditor itself (${name}) ended the run; please report it.`,
    missingScopes: [],
  };
}

function sumUp(run: Run, tally: Tally, incomplete: Incomplete | null, startedAt: number, finishedAt: number): Report {
  const unknown = [...tally.unknownStrategies].map(
    ([strategy, connections]): Notice => ({ code: 'UNKNOWN_STRATEGY', strategy, connections }),
  );
  return {
    runId: run.runId,
    environment: run.environment,
    tenant: run.tenant,
    mode: run.mode,
    startedAt: new Date(startedAt).toISOString(),
    finishedAt: new Date(finishedAt).toISOString(),
    complete: incomplete === null,
    incomplete,
    coverage: { listed: tally.listed, judged: tally.listed - tally.verdicts.indeterminate },
    summary: { ...tally.verdicts, exempt: tally.findings.filter(({ exemption }) => exemption !== null).length },
    findings: sortFindings(tally.findings),
    notices: [...tally.notices, ...unknown],
  };
}
