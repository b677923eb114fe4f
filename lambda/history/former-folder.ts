import { formerIdsUnder } from './former-ids';
import { type History, HistoryFailure, type LeaseTerms } from './history';
import { createHistory } from './keep';
import { joinLeases } from './lease';
import type { TenantState } from './state';
import type { Store } from './store';

/** The hosts that name the folders of a tenant's history. */
interface Hosts {
  readonly tenant: string;
  /** Named the folder before; `undefined`: none did. */
  readonly former: string | undefined;
}

/**
 * The history of one tenant, also where it began in a folder of another name. What the tenant's own folder lacks is then
 * read in the former one, of which nothing but the lease is written, and nothing deleted
 * (docs/decisions/0014-keep-the-history-under-the-tenants-own-domain.md). `now`: milliseconds since the epoch.
 */
export function createTenantHistory(store: Store, { tenant, former }: Hosts, now: () => number): History {
  const ours = createHistory(store, tenant);
  return former === undefined ? ours : readThrough(ours, createHistory(store, former), { former, now });
}

/** Marks a version of the former folder. S3's versions and a folder's are hexadecimal, or in quotes. */
const FORMER = 'former:';
/** Between the versions of two leases. */
const AND = '\n';

function readThrough(
  ours: History,
  theirs: History,
  { former, now }: { readonly former: string; readonly now: () => number },
): History {
  /** Whoever has the former lease alone writes its state there at the end, and does not know ours. */
  async function refuseWhileAtWork(): Promise<void> {
    const [{ owner, until }, { owner: ourOwner }] = await Promise.all([theirs.readLease(), ours.readLease()]);
    if (owner === '' || owner === ourOwner || until <= now()) return;
    throw new HistoryFailure(
      `${theirs.leasePlace} names a run that may still be at work, so the state beside it was not carried over. The next run tries again.`,
    );
  }

  /** Over the version that was read in the former folder, and only where ours is still without a state. */
  async function carryOver(state: TenantState, version: string): Promise<boolean> {
    await refuseWhileAtWork();
    const { version: found } = await theirs.readState();
    return found === version && ours.writeState(state, undefined);
  }

  /** The former lease first, so that it decides between two. Without ours, it is given back as it was. */
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
   * Ours alone, where the former folder has none: a run of version 0.1.0 may take that one at the same moment, and does not
   * know ours.
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
      // The policy may be kept there alone: then it is kept in ours as well.
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
