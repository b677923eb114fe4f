import type { History, KeptLease, LeaseTerms, Tenure } from './history';

export const NO_LEASE: LeaseTerms = { owner: '', until: 0, unsettled: [] };

/** No run, undo or unlock takes a lease for longer (milliseconds). A lease that ends later comes from a wrong clock. */
export const LONGEST_TENURE_MS = 2 * 60 * 60_000;

/** No process writes, and no writes must be settled. */
export function isEmpty({ owner, unsettled, isReadable }: KeptLease): boolean {
  return isReadable && owner === '' && unsettled.length === 0;
}

/** Takes an empty lease until a time. `false`: another process has the lease, or writes must be settled first. */
export async function takeLease(history: History, tenure: Tenure): Promise<boolean> {
  const lease = await history.readLease();
  return isEmpty(lease) && history.writeLease({ ...tenure, unsettled: [] }, lease.version);
}

export async function isOwner(history: History, owner: string): Promise<boolean> {
  return (await history.readLease()).owner === owner;
}

/** Another process can write the lease between our read and our write. The lease is then read again. */
const MAX_ATTEMPTS = 3;

/**
 * Releases the lease, or removes an owner who lost it from the list of owners to settle. `false`: other processes wrote
 * the lease at each attempt; it ends at its time limit.
 */
export async function releaseLease(history: History, owner: string): Promise<boolean> {
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
    const lease = await history.readLease();
    const unsettled = lease.unsettled.filter((tenure) => tenure.owner !== owner);
    const isOurs = lease.owner === owner;
    if (!lease.isReadable || (!isOurs && unsettled.length === lease.unsettled.length)) return true;
    const terms = isOurs ? { ...NO_LEASE, unsettled } : { owner: lease.owner, until: lease.until, unsettled };
    if (await history.writeLease(terms, lease.version)) return true;
  }
  return false;
}

/**
 * Reads two leases on one tenant as one. The owner is the owner of the first lease; if there is none, the owner of the
 * second. If both leases have an owner, the second owner is added to the runs that must be settled.
 */
export function joinLeases(first: KeptLease, second: KeptLease): Omit<KeptLease, 'version'> {
  const both = [first, second];
  const holder = both.find(({ isReadable }) => !isReadable) ?? both.find(({ owner }) => owner !== '') ?? first;
  const tenures = new Map<string, number>();
  for (const { owner, until } of both.flatMap((one) => [...one.unsettled, { owner: one.owner, until: one.until }])) {
    tenures.set(owner, Math.max(until, tenures.get(owner) ?? 0));
  }
  const { owner, isReadable } = holder;
  const until = tenures.get(owner) ?? holder.until;
  tenures.delete(owner);
  tenures.delete(NO_LEASE.owner);
  return { owner, until, unsettled: [...tenures].map(([left, end]) => ({ owner: left, until: end })), isReadable };
}
