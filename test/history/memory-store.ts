import { joinText, type Store, StoreError } from '../../lambda/history/store';

/** A store in memory that can be made to fail. */
export interface MemoryStore extends Store {
  readonly texts: ReadonlyMap<string, string>;
  /** Sets which operations fail from now on. */
  failWhen(fails: (operation: 'read' | 'write', key: string, text: string | undefined) => boolean): void;
  put(key: string, text: string): void;
}

export function createMemoryStore(): MemoryStore {
  const kept = new Map<string, { text: string; version: string }>();
  let versions = 0;
  let fails: Parameters<MemoryStore['failWhen']>[0] = () => false;
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
      if (fails('read', key, undefined)) throw new StoreError(`Reading memory:${key}: made to fail.`);
      return kept.get(key);
    },
    async write(key, given, condition) {
      const text = joinText(given);
      if (fails('write', key, text)) throw new StoreError(`Writing memory:${key}: made to fail.`);
      const version = kept.get(key)?.version;
      const holds =
        condition === 'any' || (condition === 'absent' ? version === undefined : version === condition.version);
      if (holds) put(key, text);
      return holds ? kept.get(key)?.version : undefined;
    },
  };
}
