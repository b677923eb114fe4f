import type { Connection } from '../lambda/connection/connection';
import { TenantFailure } from '../lambda/connection/tenant';
import { count } from '../lambda/report/words/run';
import { openTenant } from './open-tenant';
import type { ResolvedTarget } from './target';
import { TargetError } from './target-error';
import type { Terminal } from './terminal';

/** Reads every connection of the tenant, for a command that needs all of them. Throws `TargetError`. */
export async function readConnections(target: ResolvedTarget, terminal: Terminal): Promise<readonly Connection[]> {
  const { tenant } = openTenant(target, terminal, { writes: 'refused', deadline: Number.POSITIVE_INFINITY });
  const connections: Connection[] = [];
  terminal.progress?.(`asking ${target.address.host}`);
  try {
    for await (const connection of tenant.listConnections()) {
      connections.push(connection);
      terminal.progress?.(`${count(connections.length, 'connection')} read`);
    }
    return connections;
  } catch (error) {
    if (error instanceof TenantFailure) throw new TargetError([error.message]);
    throw error;
  } finally {
    terminal.progress?.('');
  }
}
