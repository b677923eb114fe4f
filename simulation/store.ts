import { joinText, type Store, StoreError } from '../lambda/history/store';
import { type Caller, CallFault } from './faults';

/** A bucket that all processes share. */
export interface SharedBucket {
  readonly texts: ReadonlyMap<string, string>;
  /** Opens the bucket for one process. */
  openFor(caller: Caller): Store;
}

export function createBucket(): SharedBucket {
  const kept = new Map<string, { readonly text: string; readonly version: string }>();
  let versions = 0;
  return {
    get texts() {
      return new Map([...kept].map(([key, { text }]) => [key, text]));
    },
    openFor: (caller) => ({
      placeOf: (key) => `s3://bucket/${key}`,
      read: (key) => named(`read ${key}`, () => caller.call(`read ${nameOf(key)}`, () => kept.get(key))),
      write: (key, text, condition) =>
        named(`write ${key}`, () =>
          caller.call(`write ${nameOf(key)}`, () => {
            const version = kept.get(key)?.version;
            const holds =
              condition === 'any' || (condition === 'absent' ? version === undefined : version === condition.version);
            if (!holds) return undefined;
            versions += 1;
            kept.set(key, { text: joinText(text), version: String(versions) });
            return String(versions);
          }),
        ),
    }),
  };
}

function nameOf(key: string): string {
  return key.split('/').slice(1).join('/');
}

async function named<T>(doing: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof CallFault) throw new StoreError(`${doing}: ${error.kind}.`);
    throw error;
  }
}
