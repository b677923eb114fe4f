import { type Tenant, TenantFailure } from '../connection/tenant';
import type { TenantState } from '../history/state';
import type { Notice } from '../judge/notice';

/** Connections read by id, at most, to prove that what is missing from a listing is gone. */
const MAX_REQUESTS = 20;
/** A drop by more than this share of the connections is named, though it was confirmed. */
const NAMED_DROP = 0.2;

/** What a complete listing came to. */
interface Listed {
  readonly listed: number;
  /** Whether the listing has a connection that earlier runs knew. */
  readonly has: (id: string) => boolean;
  /** What earlier runs left could be read. */
  readonly isRemembered: boolean;
}

/**
 * Proves a listing by what earlier runs saw: every connection that is missing has to be gone, which only the API's own
 * 404 says. Throws `TenantFailure` where one is still there or cannot be read; then nothing may be concluded from its
 * absence. Findings are asked for first, then the sample, evenly. Gives back what a person should know of it.
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
  throw new TenantFailure('listing_short', `Connection ${id} is missing from the listing, and it still exists.`);
}

/** So many members, at even distances. */
function spread<T>(members: readonly T[], count: number): readonly T[] {
  const step = members.length / count;
  return step <= 1
    ? members
    : members.filter((_, index) => Math.floor(index / step) !== Math.floor((index - 1) / step));
}
