import { formerIdsUnder } from './former-ids';
import { type History, HistoryFailure, type LeaseTerms } from './history';
import { createHistory } from './keep';
import { joinLeases } from './lease';
import type { TenantState } from './state';
import type { Store } from './store';

/** The hosts that name the folders of a tenant's history. */
interface Hosts {
  readonly tenant: string;
  /** The host that named the folder before; `undefined`: there is no such host. */
  readonly former: string | undefined;
}

/**
 * The history of one tenant, also if it began in a folder of another name (the former folder). Files that the tenant's
 * own folder does not have are then read from the former folder. Only the lease is written there, and nothing is
 * deleted (docs/decisions/0014-keep-the-history-under-the-tenants-own-domain.md). `now`: milliseconds since the epoch.
 */
export function createTenantHistory(store: Store, { tenant, former }: Hosts, now: () => number): History {
  const ours = createHistory(store, tenant);
  return former === undefined ? ours : readThrough(ours, createHistory(store, former), { former, now });
}

/** Marks a version in the former folder. Versions in S3 and in a local folder are hexadecimal, or in quotes. */
const FORMER = 'former:';
/** Separates the versions of two leases. */
const AND = '\n';

function readThrough(
  ours: History,
  theirs: History,
  { former, now }: { readonly former: string; readonly now: () => number },
): History {
  /** A run that has only the former lease writes its state there at the end and does not know our folder. */
  async function refuseWhileAtWork(): Promise<void> {
    const [{ owner, until }, { owner: ourOwner }] = await Promise.all([theirs.readLease(), ours.readLease()]);
    if (owner === '' || owner === ourOwner || until <= now()) return;
    throw new HistoryFailure(
      `${theirs.leasePlace} names a run that might still be in progress, so the state in the same folder was not copied. The next run tries again.`,
    );
  }

  /** Copies the state if the former folder still has the version that was read, and our folder has no state yet. */
  async function carryOver(state: TenantState, version: string): Promise<boolean> {
    await refuseWhileAtWork();
    const { version: found } = await theirs.readState();
    return found === version && ours.writeState(state, undefined);
  }

  /**
   * Writes the former lease first: it decides between two runs. If our lease cannot be written, the former one is
   * restored.
   */
  async function writeBoth(terms: LeaseTerms, theirVersion: string, ourVersion: string | undefined): Promise<boolean> {
    const before = await theirs.readLease();
    if (before.version !== theirVersion || !(await theirs.writeLease(terms, theirVersion))) return false;
    if (await ours.writeLease(terms, ourVersion)) return true;
    const written = await theirs.readLease();
    const { owner, until, unsettled } = before;
    if (before.isReadable && written.owner === terms.owner) {
      await theirs.writeLease({ owner, until, unsettled }, written.version);
    }
    return false;
  }

  /**
   * Writes only our lease, because the former folder has none. A run of version 0.1.0 can take the former lease at the
   * same time, and it does not know our lease.
   */
  async function writeOurs(terms: LeaseTerms, version: string | undefined): Promise<boolean> {
    const before = await ours.readLease();
    if (before.version !== version || !(await ours.writeLease(terms, version))) return false;
    if (terms.owner === '' || terms.owner === before.owner) return true;
    const { owner, until } = await theirs.readLease();
    if (owner === '' || until <= now()) return true;
    const written = await ours.readLease();
    if (before.isReadable && written.owner === terms.owner) {
      const { owner: earlier, until: end, unsettled } = before;
      await ours.writeLease({ owner: earlier, until: end, unsettled }, written.version);
    }
    return false;
  }

  return {
    async readState() {
      const kept = await ours.readState();
      if (kept.version !== undefined) return kept;
      const { state, version } = await theirs.readState();
      if (version === undefined) return kept;
      // The policy might be stored only in the former folder: `null` makes the run store it in our folder too.
      const carried = { ...state, formerIds: formerIdsUnder(former, state), keptPolicy: null };
      return { state: carried, version: `${FORMER}${version}` };
    },
    writeState: (state, version) =>
      version?.startsWith(FORMER) === true
        ? carryOver(state, version.slice(FORMER.length))
        : ours.writeState(state, version),
    writeRun: ours.writeRun,
    concludeRun: ours.concludeRun,
    keepPage: ours.keepPage,
    placesOf: ours.placesOf,
    async readRun(runId) {
      const own = await ours.readRun(runId);
      if (own !== undefined) return own;
      const run = await theirs.readRun(runId);
      return run && { ...run, version: undefined };
    },
    keepPolicy: ours.keepPolicy,
    readPolicy: async (policyFingerprint) =>
      (await ours.readPolicy(policyFingerprint)) ?? theirs.readPolicy(policyFingerprint),
    leasePlace: `${ours.leasePlace} or ${theirs.leasePlace}`,
    async readLease() {
      const [first, second] = await Promise.all([theirs.readLease(), ours.readLease()]);
      if (first.version === undefined) return second;
      return { ...joinLeases(first, second), version: `${first.version}${AND}${second.version ?? ''}` };
    },
    writeLease(terms, version) {
      const [theirVersion, ourVersion] = version?.split(AND) ?? [];
      if (theirVersion === undefined || ourVersion === undefined) return writeOurs(terms, version);
      return writeBoth(terms, theirVersion, ourVersion === '' ? undefined : ourVersion);
    },
    async readClaims() {
      const kept = await ours.readClaims();
      if (kept.version !== undefined) return kept;
      return { claims: (await theirs.readClaims()).claims, version: undefined };
    },
    writeClaims: ours.writeClaims,
  };
}
