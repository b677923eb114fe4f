import { createTenant } from '../lambda/auth0/tenant';
import { createTokenHolder } from '../lambda/auth0/token';
import { createTransport, type Transport } from '../lambda/auth0/transport';
import type { Tenant } from '../lambda/connection/tenant';
import { tellWaits } from './screen/waits';
import type { ResolvedTarget } from './target';
import type { Terminal } from './terminal';

/** The tenant for one command. `deadline`: milliseconds since the epoch; no request starts after it. */
export function openTenant(
  target: ResolvedTarget,
  terminal: Terminal,
  { writes, deadline }: { writes: 'refused' | 'allowed'; deadline: number },
): { tenant: Tenant; transport: Transport } {
  const { now, sleep } = terminal;
  const { address, audience, reservePercent, readCredentials, proxy } = target;
  const transport = createTransport({
    origin: address.origin,
    httpsAgent: proxy?.agent,
    deadline,
    writes,
    reservePercent,
    waiting: tellWaits(terminal),
    now,
    sleep,
  });
  const tokens = createTokenHolder({ origin: address.origin, audience, readCredentials, now });
  return { tenant: createTenant(transport, tokens, now), transport };
}
