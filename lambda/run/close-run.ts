import { formerFindings } from '../history/former-ids';
import type { RepairRecord } from '../history/history';
import { giveLeaseBack, type KeptRecord, keepPage, keepRecord, keepState } from '../history/memory';
import { nextState } from '../history/next-state';
import type { Listing, TenantState } from '../history/state';
import { settleReported } from '../history/unreported';
import { NOBODY_TOLD, type Told } from '../judge/change';
import type { Report } from '../judge/report';
import { joinFailures } from './failures';
import { decideNotification } from './notification';
import { isUnheard } from './subscribers';
import type { Delivery, Run, World } from './world';

/** What closing a run needs in addition to its report. */
export interface Closing {
  readonly run: Run;
  readonly world: World;
  /** The state that the run started with. */
  readonly state: TenantState;
  readonly listing: Listing;
  /** The listing was proven by what earlier runs saw. */
  readonly isProven: boolean;
  /** No other run writes, and nothing remains to settle. */
  readonly isLeaseFree: boolean;
  /** The run has the lease, or might have it. */
  readonly hasLease: boolean;
  /** The version of the planned record, if one was kept. */
  readonly record: string | undefined;
  /** The fingerprint of the run's policy; `null`: its text could not be kept. */
  readonly keptPolicy: string | null;
}

const EVERYBODY_TOLD: Told = { people: true, machines: true };

/**
 * Decides whether recipients are notified, keeps the record, sends the messages, adds to the record who was notified,
 * updates the state, and releases the lease last. If a step fails, a later run finds the writes of this run: in the
 * state, or through the lease that is still there.
 */
export async function closeRun(report: Report, closing: Closing): Promise<Report> {
  const { run, world, state, hasLease } = closing;
  const { history, writePage } = world;
  const { runId } = report;
  const decided = (one: Report): Report => {
    const { isLeaseFree } = closing;
    return { ...one, telling: decideNotification(one, state, { cadence: run.cadence, isLeaseFree }) };
  };
  const placed = decided({ ...report, places: history.placesOf(runId) });
  const recordOf = (ended: Report, told: Told): RepairRecord => {
    const { policyFingerprint, by } = run;
    return { kind: 'repair', phase: 'ended', policyFingerprint, report: ended, by, published: hasLease ? told : null };
  };
  const record = await keepRecord(history, recordOf(placed, NOBODY_TOLD), { runId, version: closing.record });
  if (record.result === 'concluded') {
    // The next run reports the changes that this run had claimed.
    if (report.earlierChanges.length > 0) {
      const nothing = { runId, earlierChanges: [] };
      await keepState(history, (found) => ({ ...found, unreported: settleReported(found, nothing, NOBODY_TOLD) }));
    }
    return { ...report, untold: [CONCLUDED] };
  }
  const unkept =
    record.result === 'failed' ? record.failure : await keepPage(history, runId, await writePage?.(placed));
  const ended = unkept === null ? placed : decided(withFailure(report, unkept));

  const { told, untold } = await deliver(ended, closing);
  // The record shows who was notified, and which messages could not be sent.
  const isTold = hasLease || untold.length > 0;
  const keepAgain = (found: KeptRecord, last: Report): Promise<KeptRecord> | KeptRecord =>
    found.result === 'kept' ? keepRecord(history, recordOf(last, told), { runId, version: found.version }) : found;
  const kept = isTold ? await keepAgain(record, { ...ended, untold }) : record;
  const { quarantine, by } = run;
  const { isUnannounced } = world;
  const isAllTold = untold.length === 0 && !isUnannounced;
  const { listing, isProven, keptPolicy } = closing;
  const next = await keepState(history, (found) =>
    nextState(found, ended, { quarantine, told, isAllTold, by, listing, isProven, keptPolicy }),
  );
  const isReported = isUnannounced || (told.people && told.machines);
  const unreleased = hasLease && isReported && next.failure === null ? await giveLeaseBack(history, runId) : null;
  const failures = [next.failure, unreleased].filter((failure) => failure !== null);
  const closed = failures.reduce<Report>(withFailure, { ...ended, untold });
  // Operators read the record later: it must not look better than the run.
  if (failures.length > 0) await keepAgain(kept, closed);
  return closed;
}

/**
 * The record shows that another run treated this run as dead and reports its writes. This run must therefore not report
 * them.
 */
const CONCLUDED =
  'Another run concluded that this run was cut off and reports its writes, so this run reports nothing.';

/** The environment names a recipient. Having no confirmed recipient is therefore a failure, not a choice. */
const UNHEARD =
  'No one has confirmed a subscription to the alerts topic, so no one received the alert. The command check lists each recipient and how to subscribe again.';

async function deliver(report: Report, { world, state }: Closing): Promise<Delivery> {
  if (world.isUnannounced) return { told: NOBODY_TOLD, untold: [] };
  const announcement = { report, formerFindings: formerFindings(state, report) };
  const delivery = (await world.tell?.(announcement)) ?? { told: EVERYBODY_TOLD, untold: [] };
  if (!isUnheard(report)) return delivery;
  return { told: { ...delivery.told, people: false }, untold: [...delivery.untold, UNHEARD] };
}

function withFailure(report: Report, failure: string): Report {
  return { ...report, historyFailure: joinFailures(report.historyFailure, failure) };
}
