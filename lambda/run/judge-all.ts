import { type Connection, currentValue } from '../connection/connection';
import type { RootAttributes } from '../connection/setting';
import { isKnownStrategy } from '../connection/strategies';
import { type Tenant, TenantFailure } from '../connection/tenant';
import { occurrenceOf, resolvedBy } from '../history/delta';
import type { Listing, TenantState } from '../history/state';
import { evaluate, type Verdict, type WithoutFinding } from '../judge/evaluate';
import { type Finding, sortFindings, toFinding } from '../judge/finding';
import type { Notice } from '../judge/notice';
import type { Incomplete, Resolved } from '../judge/report';
import { exemptionsOf } from '../policy/exemptions';
import { type CompiledPolicy, resolveExpectation } from '../policy/expectation';
import { type Access, describeFailure } from './access';
import { type Coverage, countIn, coverageNotices, newCoverage } from './coverage';
import { proveListing } from './prove-listing';
import { createSampler, type Sampler } from './sample';

/** The result of listing and judging all connections. */
export interface Judged {
  readonly listed: number;
  readonly verdicts: Readonly<Record<Verdict['verdict'], number>>;
  readonly findings: readonly Finding[];
  readonly notices: readonly Notice[];
  /** Why not everything was read; `null` if everything was read. */
  readonly incomplete: Incomplete | null;
  readonly scopes: ReadonlySet<string> | undefined;
  /** Findings of earlier runs that this listing resolves. */
  readonly resolved: readonly Resolved[];
  readonly listing: Listing;
  /** The raw values of the watched connections, by id; `undefined` if the value is unknown. */
  readonly watched: ReadonlyMap<string, RootAttributes | null | undefined>;
  /** When the page of each finding's connection was read, in milliseconds since the epoch, by connection id. */
  readonly readAt: ReadonlyMap<string, number>;
}

export interface Reading {
  readonly tenant: Tenant;
  readonly access: Access;
  readonly policy: CompiledPolicy;
  /** What earlier runs left. */
  readonly state: TenantState;
  /** Whether the state could be read. */
  readonly isRemembered: boolean;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  /** Ids of connections whose raw value is needed, in addition to the connections that earlier runs know. */
  readonly watch: ReadonlySet<string>;
  /** Whether an operator has asked the run to stop. */
  readonly isInterrupted: () => boolean;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Called after each connection with the number listed so far. */
  readonly progress?: ((listed: number) => void) | undefined;
  /** Called with each connection that has no finding; this function does not keep them. */
  readonly noteWithoutFinding?: ((connection: WithoutFinding) => void) | undefined;
}

/**
 * Lists and judges every connection page by page and keeps compact findings only. Then uses what earlier runs saw to
 * prove that the listing is complete. Anything that could not be read makes the result incomplete, never silently
 * shorter.
 */
export async function judgeAll(reading: Reading): Promise<Judged> {
  const { tenant, access, policy, state, progress, isInterrupted } = reading;
  const tally = newTally(reading);
  let { incomplete } = access;
  try {
    if (incomplete === null) {
      for await (const connection of tenant.listConnections()) {
        if (isInterrupted())
          throw new TenantFailure('interrupted', 'An operator interrupted the run during the listing.');
        judge(connection, reading, tally);
        progress?.(tally.listed);
      }
      tally.notices.push(
        ...(await proveListing(tenant, state, {
          listed: tally.listed,
          has: (id) => tally.seen.has(id),
          isRemembered: reading.isRemembered,
        })),
      );
      tally.notices.push(...coverageNotices(tally.coverage, policy));
    }
  } catch (error) {
    incomplete = describeFailure(error);
  }
  const { listed, verdicts, notices, findings, sampler, known, watched, readAt } = tally;
  return {
    listed,
    verdicts,
    scopes: access.scopes,
    incomplete,
    resolved: resolvedBy(state, known, incomplete === null),
    findings: sortFindings(findings),
    notices: [...access.notices, ...notices, ...unknownIn(tally)],
    listing: { listed, sample: sampler.ids },
    watched,
    readAt,
  };
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
  /** The ids of connections that earlier runs knew. `seen` has the ids that this listing contains. */
  readonly expected: ReadonlySet<string>;
  readonly seen: Set<string>;
  readonly watched: Map<string, RootAttributes | null | undefined>;
  readonly readAt: Map<string, number>;
  readonly sampler: Sampler;
}

function newTally({ state }: Reading): Tally {
  return {
    listed: 0,
    verdicts: { compliant: 0, noncompliant: 0, not_applicable: 0, indeterminate: 0 },
    findings: [],
    notices: [],
    unknownStrategies: new Map(),
    coverage: newCoverage(),
    known: new Map(),
    expected: new Set([...Object.keys(state.findings), ...(state.lastListing?.sample ?? [])]),
    seen: new Set(),
    watched: new Map(),
    readAt: new Map(),
    sampler: createSampler(),
  };
}

function judge(connection: Connection, reading: Reading, tally: Tally): void {
  const { policy, state, startedAt, watch, now } = reading;
  const expectation = resolveExpectation(policy, connection);
  const exemptions = exemptionsOf(policy.exemptions, connection);
  const verdict = evaluate(connection, expectation);
  countIn(tally.coverage, connection, expectation, exemptions, verdict);
  tally.listed += 1;
  tally.sampler.add(connection.id);
  if (tally.expected.has(connection.id)) tally.seen.add(connection.id);
  if (watch.has(connection.id)) tally.watched.set(connection.id, currentValue(connection));
  tally.verdicts[verdict.verdict] += 1;
  if (Object.hasOwn(state.findings, connection.id)) tally.known.set(connection.id, verdict.verdict);
  if (verdict.verdict === 'noncompliant' || verdict.verdict === 'indeterminate') {
    const occurrence = occurrenceOf(state, connection.id, verdict.code, startedAt);
    tally.findings.push(toFinding(connection, verdict, expectation, { occurrence, exemption: exemptions[0] }));
    // There is no wait between reading a page and judging its connections.
    tally.readAt.set(connection.id, now());
  } else {
    const { id, name, strategy } = connection;
    const notApplicable = verdict.verdict === 'not_applicable' ? verdict.reason : null;
    reading.noteWithoutFinding?.({ id, name, strategy, notApplicable });
  }
  if (!isKnownStrategy(connection.strategy)) {
    const { unknownStrategies } = tally;
    unknownStrategies.set(connection.strategy, (unknownStrategies.get(connection.strategy) ?? 0) + 1);
  }
}

function unknownIn({ unknownStrategies }: Tally): Notice[] {
  return [...unknownStrategies].map(([strategy, connections]) => ({ code: 'UNKNOWN_STRATEGY', strategy, connections }));
}
