import { type Shelf, ShelfError } from '../../../lambda/history/shelf';

/** A shelf in memory, and a way to make it fail. */
export interface MemoryShelf extends Shelf {
  readonly texts: ReadonlyMap<string, string>;
  /** Says which of the operations fail from now on. */
  failWhen(fails: (operation: 'read' | 'write', key: string, text: string | undefined) => boolean): void;
  put(key: string, text: string): void;
}

export function createMemoryShelf(): MemoryShelf {
  const kept = new Map<string, { text: string; version: string }>();
  let versions = 0;
  let fails: Parameters<MemoryShelf['failWhen']>[0] = () => false;
  const put = (key: string, text: string) => {
    versions += 1;
    kept.set(key, { text, version: String(versions) });
  };
  return {
    get texts() {
      return new Map([...kept].map(([key, { text }]) => [key, text]));
    },
    failWhen(newly) {
      fails = newly;
    },
    put,
    placeOf: (key) => `memory:${key}`,
    async read(key) {
      if (fails('read', key, undefined)) throw new ShelfError(`Reading memory:${key}: made to fail.`);
      return kept.get(key);
    },
    async write(key, text, condition) {
      if (fails('write', key, text)) throw new ShelfError(`Writing memory:${key}: made to fail.`);
      const version = kept.get(key)?.version;
      const holds =
        condition === 'any' || (condition === 'absent' ? version === undefined : version === condition.version);
      if (holds) put(key, text);
      return holds;
    },
  };
}
