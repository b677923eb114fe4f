import type { Tenant } from '../lambda/audit/ports';
import { createTenant } from '../lambda/auth0/tenant';
import { createTokenHolder } from '../lambda/auth0/token';
import { createTransport, type Transport } from '../lambda/auth0/transport';
import type { ResolvedTarget } from './target';
import type { Terminal } from './terminal';

/** The tenant for one command: read only, without a time limit, since a person can end it. */
export function openTenant(target: ResolvedTarget, { now, sleep }: Terminal): { tenant: Tenant; transport: Transport } {
  const transport = createTransport({
    origin: target.address.origin,
    deadline: Number.POSITIVE_INFINITY,
    writes: 'refused',
    reservePercent: target.reservePercent,
    now,
    sleep,
  });
  const tokens = createTokenHolder({ audience: target.audience, readCredentials: async () => target.credentials, now });
  return { tenant: createTenant(transport, tokens, now), transport };
}
