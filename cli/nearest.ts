const MOST_EDITS = 2;

/** The known word that is closest to this one, if at most two edits make one into the other. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const [best] = known
    .map((candidate) => ({ candidate, edits: editDistance(word, candidate) }))
    .filter(({ edits }) => edits <= MOST_EDITS)
    .toSorted((a, b) => a.edits - b.edits);
  return best?.candidate;
}

/** How many letters to insert, remove or replace (Levenshtein). */
function editDistance(from: string, to: string): number {
  // Row by row: the edits from the first letters of `from` to each prefix of `to`.
  let costs = Array.from({ length: to.length + 1 }, (_, length) => length);
  for (const [row, letter] of [...from].entries()) {
    const next = [row + 1];
    for (const [column, wanted] of [...to].entries()) {
      const replaced = at(costs, column) + (letter === wanted ? 0 : 1);
      next.push(Math.min(replaced, at(costs, column + 1) + 1, at(next, column) + 1));
    }
    costs = next;
  }
  return at(costs, to.length);
}

function at(costs: readonly number[], index: number): number {
  return costs[index] ?? Number.POSITIVE_INFINITY;
}
