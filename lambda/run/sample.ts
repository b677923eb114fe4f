/** Ids that a listing leaves to the next run, which proves by them that a shorter one is true. */
export const SAMPLE_SIZE = 300;

/** Collects a sample of ids, in memory that does not grow with their number. */
export interface Sampler {
  add(id: string): void;
  readonly ids: readonly string[];
}

/**
 * Keeps the ids with the lowest hashes: the same ones from run to run, however many others come and go, and spread
 * evenly over the listing.
 */
export function createSampler(size = SAMPLE_SIZE): Sampler {
  let kept: { readonly id: string; readonly hash: number }[] = [];
  const shrink = () => {
    kept = kept.toSorted((a, b) => a.hash - b.hash).slice(0, size);
  };
  return {
    add(id) {
      kept.push({ id, hash: hashOf(id) });
      if (kept.length >= 2 * size) shrink();
    },
    get ids() {
      shrink();
      return kept.map(({ id }) => id);
    },
  };
}

/** FNV-1a, 32 bits (draft-eastlake-fnv), with the last steps of MurmurHash3, since ids differ in their last characters. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
