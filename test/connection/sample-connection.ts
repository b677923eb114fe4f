import type { Connection, Options } from '../../lambda/connection/connection';
import type { Setting } from '../../lambda/connection/setting';
import { type CompiledPolicy, compilePolicy } from '../../lambda/policy/expectation';
import type { Policy } from '../../lambda/policy/policy';

type Visible = Extract<Options, { visibility: 'visible' }>;

/** A visible connection with nothing set and nothing special. */
export function connectionWith(
  parts: Partial<Omit<Connection, 'options'>> = {},
  options: Partial<Visible> = {},
): Connection {
  return {
    id: 'con_1',
    name: 'acme',
    displayName: undefined,
    strategy: 'oidc',
    isDomainConnection: false,
    metadata: {},
    shown: ['is_domain_connection'],
    ...parts,
    options: {
      visibility: 'visible',
      rootAttributes: { kind: 'absent' },
      customDatabase: false,
      importMode: false,
      encryptedConfiguration: false,
      bothPasswordSchemes: false,
      attributesConflict: false,
      maskedSecret: false,
      isAlone: false,
      lacks: [],
      ...options,
    },
  };
}

export const absent: Setting = { kind: 'absent' };
export const each: Setting = { kind: 'documented', value: 'on_each_login' };
export const first: Setting = { kind: 'documented', value: 'on_first_login' };
export const never: Setting = { kind: 'documented', value: 'never_on_login' };
export const odd: Setting = { kind: 'undocumented', text: 'sometimes' };

/** Noon of 23 November 2026, UTC. */
export const NOW = Date.UTC(2026, 10, 23, 12);

export function compiled(policy: Policy, now = NOW, timeZone = 'UTC'): CompiledPolicy {
  return compilePolicy(policy, { now, timeZone });
}
