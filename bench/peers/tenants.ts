import type { SeedConnection } from '../../sandbox/auth0/stored-connection';
import { generate, mixed } from '../../sandbox/seeds';

/** Drifted ones among the generated connections, whatever their number. */
const DRIFTED = 40;

/**
 * So many connections: the sandbox's collection of special cases, 17 of which have drifted, and generated ones, 40 of which
 * have. The same at each call.
 */
export function* tenantOf(connections: number): Generator<SeedConnection> {
  const special = mixed();
  yield* special;
  const generated = connections - special.length;
  if (generated < DRIFTED)
    throw new Error(`a tenant of this benchmark has ${special.length + DRIFTED} connections or more`);
  yield* generate(generated, { driftPercent: (100 * DRIFTED) / generated });
}
