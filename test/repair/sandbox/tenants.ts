import type { SeedConnection } from '../../../sandbox/auth0/stored-connection';
import type { JsonObject } from '../../../sandbox/json';
import { optionsFor } from '../../../sandbox/seed-options';

/** `count` connections of a strategy, all drifted to on_first_login. Their ids sort by number. */
export function drifted(strategy: string, count: number): SeedConnection[] {
  return Array.from({ length: count }, (_, index) => {
    const number = String(index + 1).padStart(3, '0');
    return {
      id: `con_${strategy}${number}`,
      name: `${strategy}-${number}`,
      strategy,
      display_name: `Customer ${number}`,
      show_as_button: true,
      options: { ...optionsFor(strategy, number), set_user_root_attributes: 'on_first_login' },
    };
  });
}

export function compliant(strategy: string, count: number): SeedConnection[] {
  return drifted(strategy, count).map(({ options, ...rest }) => {
    const { set_user_root_attributes: _, ...others } = options;
    return { ...rest, id: `${rest.id}ok`, name: `${rest.name}-ok`, options: others };
  });
}

export function pathOf(id: string): string {
  return `/api/v2/connections/${id}`;
}

/** The answer to a write after which a key has changed. */
export function withKey(connection: SeedConnection | undefined, key: string): JsonObject {
  return { ...connection, options: { ...connection?.options, [key]: 'changed' } };
}
