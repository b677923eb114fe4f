/**
 * The number of ids that a listing keeps for the next run, which uses them to prove that a shorter listing is correct.
 */
export const SAMPLE_SIZE = 300;

/** Collects a sample of ids. Its memory does not grow with the number of ids. */
export interface Sampler {
  add(id: string): void;
  readonly ids: readonly string[];
}

/**
 * Keeps the ids with the lowest hashes. The sample stays the same from run to run when other connections are added or
 * deleted, and is spread evenly over the listing.
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

/**
 * FNV-1a, 32 bits (draft-eastlake-fnv), with the last steps of MurmurHash3, because ids differ in their last
 * characters.
 */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
