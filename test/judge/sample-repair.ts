import type { RootAttributes } from '../../lambda/connection/setting';
import type { Manual, ManualReason, Write } from '../../lambda/judge/repair';

/** A repair that sets the value of a connection without missing options. */
export function set(to: RootAttributes, more: Partial<Pick<Write, 'fills' | 'unproven'>> = {}): Write {
  return { action: 'set', to, fills: [], unproven: [], ...more };
}

/** A repair that removes the key. */
export function remove(more: Partial<Pick<Write, 'fills' | 'unproven'>> = {}): Write {
  return { action: 'remove', to: 'on_each_login', fills: [], unproven: [], ...more };
}

export function manual(reason: ManualReason): Manual {
  return reason === 'write_fills'
    ? { action: 'manual', reason, keys: ['connection_settings.pkce', 'token_endpoint'] }
    : { action: 'manual', reason };
}
