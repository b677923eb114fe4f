import type { Connection } from '../lambda/audit/ports';
import { openTenant } from './open-tenant';
import type { ResolvedTarget } from './target';
import type { Terminal } from './terminal';

/** Every connection of the tenant, for a command that has to see them side by side. Throws `TenantFailure`. */
export async function readConnections(target: ResolvedTarget, terminal: Terminal): Promise<readonly Connection[]> {
  const { tenant } = openTenant(target, terminal, { writes: 'refused', deadline: Number.POSITIVE_INFINITY });
  const connections: Connection[] = [];
  for await (const connection of tenant.listConnections()) {
    connections.push(connection);
    terminal.progress?.(`${connections.length} connections read`);
  }
  terminal.progress?.('');
  return connections;
}
