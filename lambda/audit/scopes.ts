import type { Mode } from '../contract';

export type MissingScope = 'read:connections' | 'read:connections_options';

const NEEDED: readonly MissingScope[] = ['read:connections', 'read:connections_options'];
const WRITING = ['update:connections', 'update:connections_options'] as const;

/** The scopes without which an audit would see nothing, or answers with the options left out. */
export function missingScopes(granted: ReadonlySet<string>): readonly MissingScope[] {
  return NEEDED.filter((scope) => !granted.has(scope));
}

/** Scopes that a run in this mode has no use for: a credential that cannot write cannot be made to. */
export function needlessScopes(granted: ReadonlySet<string>, mode: Mode): readonly string[] {
  return mode === 'report' ? WRITING.filter((scope) => granted.has(scope)) : [];
}
