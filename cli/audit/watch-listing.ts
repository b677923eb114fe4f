import type { Connection } from '../../lambda/connection/connection';
import type { Tenant } from '../../lambda/connection/tenant';

/** The same tenant, which tells of each connection that it lists. */
export function watchListing(tenant: Tenant, listed: (connection: Connection) => void): Tenant {
  return {
    access: () => tenant.access(),
    async *listConnections() {
      for await (const connection of tenant.listConnections()) {
        listed(connection);
        yield connection;
      }
    },
    readConnection: (id) => tenant.readConnection(id),
    rewriteConnection: (id, correlationId, decide) => tenant.rewriteConnection(id, correlationId, decide),
    listWrites: (from, to, requests) => tenant.listWrites(from, to, requests),
  };
}
