import { compileGlob, literalPrefix } from './glob';

/** Patterns by their first characters, so that a name is compared only with patterns that have the same beginning. */
export interface PrefixIndex<T> {
  readonly add: (pattern: string, value: T) => void;
  /** The values whose pattern matches the whole name. */
  readonly find: (name: string) => readonly T[];
}

interface Node<T> {
  readonly next: Map<string, Node<T>>;
  readonly here: { readonly matches: (name: string) => boolean; readonly value: T }[];
}

export function createPrefixIndex<T>(): PrefixIndex<T> {
  const root: Node<T> = { next: new Map(), here: [] };
  const none: readonly T[] = [];
  return {
    add: (pattern, value) => {
      let node = root;
      for (const unit of literalPrefix(pattern).split('')) {
        const next = node.next.get(unit) ?? { next: new Map(), here: [] };
        node.next.set(unit, next);
        node = next;
      }
      node.here.push({ matches: compileGlob(pattern).matches, value });
    },
    find: (name) => {
      let found: T[] | undefined;
      let node: Node<T> | undefined = root;
      for (let at = 0; node !== undefined; at += 1) {
        for (const { matches, value } of node.here) {
          if (!matches(name)) continue;
          found ??= [];
          found.push(value);
        }
        node = at < name.length ? node.next.get(name.charAt(at)) : undefined;
      }
      return found ?? none;
    },
  };
}
