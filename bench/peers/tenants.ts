import type { SeedConnection } from '../../sandbox/auth0/stored-connection';
import { generate, mixed } from '../../sandbox/seeds';

/** The number of drifted connections among the generated connections, regardless of their total number. */
const DRIFTED = 40;

/**
 * The given number of connections: the special cases of the sandbox, 17 of them drifted, and generated connections, 40 of
 * them drifted. Each call returns the same connections.
 */
export function* tenantOf(connections: number): Generator<SeedConnection> {
  const special = mixed();
  yield* special;
  const generated = connections - special.length;
  if (generated < DRIFTED)
    throw new Error(`a tenant of this benchmark has ${special.length + DRIFTED} connections or more`);
  yield* generate(generated, { driftPercent: (100 * DRIFTED) / generated });
}
