import type { Finding } from '../judge/finding';

/** An operator asked to retry connections, but a complete listing has no finding for them. Nothing was written. */
export class NothingToRetry extends Error {
  /** The names or ids that the operator gave. */
  readonly names: readonly string[];
  /** The connections that have a finding. */
  readonly known: readonly Finding['connection'][];

  constructor(names: readonly string[], known: readonly Finding['connection'][] = []) {
    super(`No finding for a connection named ${names.join(' or ')}.`);
    this.name = 'NothingToRetry';
    this.names = names;
    this.known = known;
  }
}

/**
 * The ids of the paused connections that an operator wants to retry, by id or exact name. Throws `NothingToRetry` if
 * one has no finding, unless the listing is incomplete: nothing is written then in any case.
 */
export function findRetried(
  names: ReadonlySet<string>,
  { findings, isComplete }: { readonly findings: readonly Finding[]; readonly isComplete: boolean },
): ReadonlySet<string> {
  const ids = new Map([...names].map((name) => [name, idOf(name, findings)] as const));
  const unknown = [...ids].flatMap(([name, id]) => (id === undefined ? [name] : []));
  if (isComplete && unknown.length > 0) {
    throw new NothingToRetry(
      unknown,
      findings.map(({ connection }) => connection),
    );
  }
  return new Set([...ids.values()].filter((id) => id !== undefined));
}

/** Names are untrusted texts: a name that looks like an id does not take precedence over the id. */
function idOf(name: string, findings: readonly Finding[]): string | undefined {
  const connections = findings.map(({ connection }) => connection);
  return (connections.find(({ id }) => id === name) ?? connections.find((one) => one.name === name))?.id;
}
