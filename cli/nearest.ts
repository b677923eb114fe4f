const MOST_EDITS = 2;

/** Of the known words, the one that a slip or two of the keyboard made into this one. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const [best] = known
    .map((candidate) => ({ candidate, edits: editDistance(word, candidate) }))
    .filter(({ edits }) => edits <= MOST_EDITS)
    .toSorted((a, b) => a.edits - b.edits);
  return best?.candidate;
}

/** How many letters have to be put in, left out or exchanged (Levenshtein). */
function editDistance(from: string, to: string): number {
  // Row by row: what it costs to make the first letters of `from` into each beginning of `to`.
  let costs = Array.from({ length: to.length + 1 }, (_, length) => length);
  for (const [row, letter] of [...from].entries()) {
    const next = [row + 1];
    for (const [column, wanted] of [...to].entries()) {
      const exchanged = at(costs, column) + (letter === wanted ? 0 : 1);
      next.push(Math.min(exchanged, at(costs, column + 1) + 1, at(next, column) + 1));
    }
    costs = next;
  }
  return at(costs, to.length);
}

function at(costs: readonly number[], index: number): number {
  return costs[index] ?? Number.POSITIVE_INFINITY;
}
