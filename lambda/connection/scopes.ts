export type MissingScope = 'read:connections' | 'read:connections_options';

const NEEDED: readonly MissingScope[] = ['read:connections', 'read:connections_options'];
const WRITING = ['update:connections', 'update:connections_options'] as const;

/** The scopes without which an audit would see nothing, or answers with the options left out. */
export function missingScopes(granted: ReadonlySet<string>): readonly MissingScope[] {
  return NEEDED.filter((scope) => !granted.has(scope));
}

/** Scopes that a run which only reports has no use for: a credential that cannot write cannot be made to. */
export function needlessScopes(granted: ReadonlySet<string>): readonly string[] {
  return WRITING.filter((scope) => granted.has(scope));
}

/** The scopes without which nothing can be repaired. */
export function missingWriteScopes(granted: ReadonlySet<string>): readonly string[] {
  return WRITING.filter((scope) => !granted.has(scope));
}

export function grantsWriting(granted: ReadonlySet<string>): boolean {
  return missingWriteScopes(granted).length === 0;
}

/** Whether the tenant's log may be read: who changed a connection, and who wrote to one that we repaired. */
export function grantsLogs(granted: ReadonlySet<string>): boolean {
  return granted.has('read:logs');
}
