import type { Shelf } from '../lambda/history/shelf';

/** A shelf that lasts as long as a test. */
export function createMemoryShelf(): Shelf & { readonly kept: ReadonlyMap<string, string> } {
  const kept = new Map<string, string>();
  const versions = new Map<string, number>();
  const read = (key: string) => {
    const text = kept.get(key);
    return text === undefined ? undefined : { text, version: String(versions.get(key)) };
  };
  return {
    kept,
    placeOf: (key) => `memory/${key}`,
    read: async (key) => read(key),
    async write(key, text, condition) {
      const version = read(key)?.version;
      const holds =
        condition === 'any' || (condition === 'absent' ? version === undefined : version === condition.version);
      if (!holds) return false;
      kept.set(key, text);
      versions.set(key, (versions.get(key) ?? 0) + 1);
      return true;
    },
  };
}
