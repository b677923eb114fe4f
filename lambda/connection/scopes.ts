export type MissingScope = 'read:connections' | 'read:connections_options';

const NEEDED: readonly MissingScope[] = ['read:connections', 'read:connections_options'];
const WRITING = ['update:connections', 'update:connections_options'] as const;

/** The missing scopes of an audit. Without them, the API refuses the listing or omits the options. */
export function missingScopes(granted: ReadonlySet<string>): readonly MissingScope[] {
  return NEEDED.filter((scope) => !granted.has(scope));
}

/** Granted scopes that report mode does not need. Without them, the credentials cannot be misused to write. */
export function needlessScopes(granted: ReadonlySet<string>): readonly string[] {
  return WRITING.filter((scope) => granted.has(scope));
}

/** The missing scopes of a repair. */
export function missingWriteScopes(granted: ReadonlySet<string>): readonly string[] {
  return WRITING.filter((scope) => !granted.has(scope));
}

export function grantsWriting(granted: ReadonlySet<string>): boolean {
  return missingWriteScopes(granted).length === 0;
}

/** Whether the token can read the tenant's log, which names the author of a change, also after a repair. */
export function grantsLogs(granted: ReadonlySet<string>): boolean {
  return granted.has('read:logs');
}
