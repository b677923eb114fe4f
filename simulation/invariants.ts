import { createTenantHistory } from '../lambda/history/former-folder';
import { isEmpty } from '../lambda/history/lease';
import type { Store } from '../lambda/history/store';
import { isSettled } from '../lambda/judge/outcome';
import type { Report } from '../lambda/judge/report';
import { headline } from '../lambda/report/headline/headline';
import { type Begun, CAPS, FUNCTION_MS, hostsAt, type Place, QUARANTINE } from './place';
import type { Effect } from './tenant';

const DAY_MS = 86_400_000;
/** The largest difference between the clocks of two processes, in milliseconds. Each process uses its own clock. */
const SKEWS_MS = 60_000;

/** Checks the invariants after a seed. Each problem is one sentence. */
export async function findProblems(place: Place): Promise<readonly string[]> {
  return [
    ...place.tenant.violations,
    ...findOverlaps(place),
    ...findCapBreaks(place),
    ...findQuarantineBreaks(place),
    ...findHoldBreaks(place),
    ...findUnreported(place),
    ...findRepeats(place),
    ...findFalseAllClears(place),
    ...(await findUnreadable(place)),
  ];
}

/** Two owners never write at the same time: all writes of one owner are before all writes of the other owner. */
function findOverlaps({ tenant }: Place): string[] {
  const owners = [...new Set(tenant.effects.map(({ runId }) => runId))];
  const spans = owners.map((runId) => {
    const times = tenant.effects.filter((effect) => effect.runId === runId).map(({ at }) => at);
    return { runId, first: Math.min(...times), last: Math.max(...times) };
  });
  return spans.flatMap((one, index) =>
    spans
      .slice(index + 1)
      .filter((other) => one.first < other.last && other.first < one.last)
      .map((other) => `${one.runId} and ${other.runId} wrote at the same time`),
  );
}

/** The writes of runs, without the undos of people. */
function repairsIn({ effects }: Place['tenant']): readonly Effect[] {
  return effects.filter(({ runId }) => !runId.includes('undo'));
}

function findCapBreaks({ tenant }: Place): string[] {
  const counts = new Map<string, number>();
  for (const { runId } of repairsIn(tenant)) counts.set(runId, (counts.get(runId) ?? 0) + 1);
  return [...counts]
    .filter(([, writes]) => writes > CAPS.maxChanges)
    .map(([runId, writes]) => `${runId} wrote ${writes} connections, over the cap of ${CAPS.maxChanges}`);
}

function findQuarantineBreaks({ tenant }: Place): string[] {
  const repairs = repairsIn(tenant);
  return repairs.flatMap(({ connectionId, at, runId }) => {
    const earlier = repairs.filter(
      (other) =>
        other.connectionId === connectionId && other.at < at && other.at > at - QUARANTINE.days * DAY_MS + SKEWS_MS,
    );
    return earlier.length >= QUARANTINE.repairs ? [`${runId} repaired ${connectionId}, which was in quarantine`] : [];
  });
}

function findHoldBreaks({ tenant, holds }: Place): string[] {
  return repairsIn(tenant)
    .filter(({ connectionId, at }) =>
      holds.some((hold) => hold.connectionId === connectionId && hold.from <= at && at < hold.until),
    )
    .map(({ runId, connectionId }) => `${runId} repaired ${connectionId}, which was held after an undo`);
}

type Audience = 'people' | 'machines';

/** The writes that a message reports, as `run connection`. */
function writesTold(report: Report, to: Audience): string[] {
  const own = report.findings
    .filter(({ change, outcome }) => change !== null || outcome === 'failed_verification')
    .map(({ connection }) => `${report.runId} ${connection.id}`);
  const earlier = report.earlierChanges
    .filter((one) => one.to[to])
    .flatMap(({ change }) => change.connections.map(({ id }) => `${change.runId} ${id}`));
  return [...own, ...earlier];
}

function messages({ begun }: Place, to: Audience) {
  const told = begun.flatMap((run) =>
    run.told
      .filter((told) => told.to === to)
      .map(({ report, at }) => ({ run, report, at, writes: writesTold(report, to) })),
  );
  // In the order in which they were sent.
  return told.toSorted((a, b) => a.at - b.at);
}

const nameOf = ({ runId, connectionId }: Effect): string => `${runId} ${connectionId}`;

/** Every write is reported to recipients and to consumers. */
function findUnreported(place: Place): string[] {
  return (['people', 'machines'] as const).flatMap((to) => {
    const told = new Set(messages(place, to).flatMap(({ writes }) => writes));
    return place.tenant.effects
      .filter((effect) => !told.has(nameOf(effect)))
      .map((effect) => `${nameOf(effect)} was written, and was never reported to ${to}`);
  });
}

/**
 * No write is reported twice, unless the run that reported it before was killed or could not know that it reported the
 * write.
 */
function findRepeats(place: Place): string[] {
  return (['people', 'machines'] as const).flatMap((to) => {
    const reporters = new Map<string, Begun[]>();
    for (const { run, writes } of messages(place, to)) {
      for (const write of writes) reporters.set(write, [...(reporters.get(write) ?? []), run]);
    }
    return [...reporters].flatMap(([write, runs]) => {
      const unexcused = runs.slice(0, -1).filter(({ caller }) => !isExcused(caller));
      return unexcused.length === 0
        ? []
        : [`${write} was reported to ${to} by ${runs.map(({ runId }) => runId).join(' and ')}`];
    });
  });
}

/** A process that was killed, lost an answer or failed to write might not know that it has reported. */
function isExcused({ hasLostAnswer, hasFailed, process }: Begun['caller']): boolean {
  return hasLostAnswer || hasFailed || process.killIn !== undefined;
}

/**
 * All-clear messages and runs without a message, although a write is unreported, a connection is unread or a finding is
 * open.
 */
function findFalseAllClears(place: Place): string[] {
  const { begun, tenant } = place;
  return begun.flatMap((run) => {
    const { report } = run;
    if (run.kind !== 'function' || report === undefined || !report.complete) return [];
    const isQuiet = report.telling === 'nothing_new';
    const isAllClear = headline(report).startsWith('OK: ');
    if (!isQuiet && !isAllClear) return [];
    // A simultaneous run might report the write later, before its time limit.
    const told = messages(place, 'people').filter(({ at }) => at <= Date.parse(report.finishedAt) + FUNCTION_MS);
    const known = new Set([
      ...told.flatMap(({ writes }) => writes),
      ...writesTold(report, 'people'),
      ...leftByTheFailed(place, run),
    ]);
    const isAtWork = (runId: string): boolean =>
      begun.some((other) => other.runId === runId && mayStillReport(other, run));
    const missed = isBesideTheDead(place, run)
      ? []
      : tenant.effects.filter(
          (effect) => effect.at < run.startedAt && !known.has(nameOf(effect)) && !isAtWork(effect.runId),
        );
    const open = report.findings.filter((finding) => !isSettled(finding));
    return [
      ...missed.map((effect) => `${run.runId} was quiet or all-clear, and ${nameOf(effect)} was not reported`),
      ...(isShort(place, run) ? [`${run.runId} was complete after a short listing`] : []),
      ...(isAllClear && open.length > 0 ? [`${run.runId} reported OK with ${open.length} open findings`] : []),
    ];
  });
}

/** Other runs of the function that can be active at the same time. */
function besides({ begun }: Place, run: Begun): readonly Begun[] {
  return begun.filter(
    (other) => other !== run && other.kind === 'function' && Math.abs(other.startedAt - run.startedAt) < FUNCTION_MS,
  );
}

/** A killed run leaves the writes that it should report to the next run, and an alarm reports that it failed. */
function isBesideTheDead(place: Place, run: Begun): boolean {
  return besides(place, run).some(({ process }) => process.killIn !== undefined);
}

/** The writes that a simultaneous run could not report to recipients. Its invocation fails, and an alarm reports that. */
function leftByTheFailed(place: Place, run: Begun): readonly string[] {
  return besides(place, run).flatMap(({ report }) =>
    report !== undefined && report.untold.length > 0 ? writesTold(report, 'people') : [],
  );
}

/** Whether the listing lacks an existing connection that the last run with a stored sample had listed. */
function isShort({ begun, tenant }: Place, run: Begun): boolean {
  const before = begun.findLast(({ report, process, startedAt, kind }) => {
    const isCarriedOn = report?.complete === true && report.untold.length === 0 && report.historyFailure === null;
    return (
      kind === 'function' && isCarriedOn && process.killIn === undefined && startedAt + 60 * 60_000 < run.startedAt
    );
  });
  if (before === undefined) return false;
  const ours = new Set(tenant.listed.get(run.caller));
  const theirs = tenant.listed.get(before.caller) ?? [];
  return theirs.some((id) => !ours.has(id) && tenant.valueOf(id) !== undefined);
}

/** A run whose time is not over by any clock might still report its own writes, or the run after this one reports them. */
function mayStillReport(other: Begun, run: Begun): boolean {
  const LONGEST_MS = 30 * 60_000;
  return other.startedAt + LONGEST_MS > run.startedAt;
}

/** The state, the lease, the records and their policies can be read, and no unsettled owner remains. */
async function findUnreadable(place: Place): Promise<string[]> {
  const { bucket, begun, scheduler } = place;
  const { texts } = bucket;
  const store: Store = {
    placeOf: (key) => key,
    read: async (key) => {
      const text = texts.get(key);
      return text === undefined ? undefined : { text, version: '0' };
    },
    write: async () => undefined,
  };
  const history = createTenantHistory(store, hostsAt(place, scheduler.now()), scheduler.now);
  const { state } = await history.readState();
  const lease = await history.readLease();
  const problems = [
    ...(isEmpty(lease)
      ? []
      : [`the lease is still held by ${lease.owner || lease.unsettled.map(({ owner }) => owner).join()}`]),
    ...Object.keys(state.unreported).map((runId) => `${runId} is still unreported in the state`),
  ];
  for (const { runId, caller } of begun) {
    const run = await history.readRun(runId);
    const policyFingerprint = run?.file.policyFingerprint;
    if (typeof policyFingerprint !== 'string' || caller.hasFailed) continue;
    const policy = await history.readPolicy(policyFingerprint);
    if (policy === undefined) problems.push(`the record of ${runId} names a policy whose text is not stored`);
  }
  return problems;
}
