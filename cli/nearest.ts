import { distance } from 'fastest-levenshtein';

const MOST_EDITS = 2;

/** The known word that is closest to this one, if at most two edits make one into the other. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const [best] = known
    .map((candidate) => ({ candidate, edits: distance(word, candidate) }))
    .filter(({ edits }) => edits <= MOST_EDITS)
    .toSorted((a, b) => a.edits - b.edits);
  return best?.candidate;
}
