import { type Tenant, TenantFailure } from '../connection/tenant';
import type { TenantState } from '../history/state';
import type { Notice } from '../judge/notice';

/** The most connections read by id to prove that a connection that is missing from a listing was deleted. */
const MAX_REQUESTS = 20;
/** A drop by more than this share of the connections is reported, even if it was confirmed. */
const NAMED_DROP = 0.2;

/** The result of a complete listing. */
interface Listed {
  readonly listed: number;
  /** Whether the listing contains this connection. */
  readonly has: (id: string) => boolean;
  /** Whether the state of earlier runs could be read. */
  readonly isRemembered: boolean;
}

/**
 * Uses what earlier runs saw to prove that a listing is complete. Every missing connection must be deleted, and only a
 * 404 from the API proves that. Throws `TenantFailure` if a missing connection still exists or cannot be read; then its
 * absence proves nothing. Reads missing connections with findings first, then an evenly spread part of the sample.
 * Returns what an operator should know.
 */
export async function proveListing(
  tenant: Tenant,
  state: TenantState,
  { listed, has, isRemembered }: Listed,
): Promise<Notice[]> {
  const before = lastListed(state);
  if (listed === 0 && before > 0 && state.acceptedEmpty === null) {
    const message = `The listing is empty, and the last complete run listed ${before}.`;
    throw new TenantFailure('listing_empty', message);
  }
  const isMissing = (id: string): boolean => !has(id);
  const findings = Object.keys(state.findings).filter(isMissing);
  const known = new Set(findings);
  const sample = (state.lastListing?.sample ?? []).filter((id) => isMissing(id) && !known.has(id));
  const asked = findings.slice(0, MAX_REQUESTS);
  for (const id of [...asked, ...spread(sample, MAX_REQUESTS - asked.length)]) await proveGone(tenant, id);
  if (isRemembered && before === 0 && listed === 0 && isFirst(state)) return [{ code: 'NO_CONNECTIONS' }];
  return listed < before * (1 - NAMED_DROP) ? [{ code: 'LISTING_DROPPED', before, now: listed }] : [];
}

/** How many connections the last complete run listed. */
export function lastListed({ lastListing, trend }: TenantState): number {
  return lastListing?.listed ?? trend.findLast(({ complete }) => complete)?.listed ?? 0;
}

function isFirst({ trend }: TenantState): boolean {
  return !trend.some(({ complete }) => complete);
}

async function proveGone(tenant: Tenant, id: string): Promise<void> {
  const found = await tenant.readConnection(id).catch((error: unknown) => {
    if (!(error instanceof TenantFailure) || error.reason === 'out_of_time') throw error;
    const message = `Connection ${id} is missing from the listing, and it could not be read: ${error.message}`;
    throw new TenantFailure('listing_short', message);
  });
  if (found === undefined) return;
  throw new TenantFailure('listing_short', `Connection ${id} is missing from the listing, but it still exists.`);
}

/** `count` members, evenly spaced. */
function spread<T>(members: readonly T[], count: number): readonly T[] {
  const step = members.length / count;
  return step <= 1
    ? members
    : members.filter((_, index) => Math.floor(index / step) !== Math.floor((index - 1) / step));
}
