import type { Finding } from '../judge/finding';

/** A person asked to retry connections of which a complete listing has no finding. Nothing was written. */
export class NothingToRetry extends Error {
  /** As the person gave them: names or ids. */
  readonly names: readonly string[];
  /** The connections that have a finding. */
  readonly known: readonly Finding['connection'][];

  constructor(names: readonly string[], known: readonly Finding['connection'][] = []) {
    super(`No finding of a connection that is named ${names.join(' or ')}.`);
    this.name = 'NothingToRetry';
    this.names = names;
    this.known = known;
  }
}

/**
 * The ids of the connections that a person wants tried although they rest, by id or exact name. Throws `NothingToRetry`
 * where one has no finding, unless the listing is incomplete: then nothing is written in any case.
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

/** Names are anyone's texts: one that reads like an id does not stand before the id. */
function idOf(name: string, findings: readonly Finding[]): string | undefined {
  const connections = findings.map(({ connection }) => connection);
  return (connections.find(({ id }) => id === name) ?? connections.find((one) => one.name === name))?.id;
}
