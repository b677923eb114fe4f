const MOST_EDITS = 2;

/** The known word that is closest to this one, where at most two edits, and one for each three letters, make the one into the other. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const most = Math.min(MOST_EDITS, Math.floor(word.length / 3));
  const [best] = known
    .filter((candidate) => Math.abs(candidate.length - word.length) <= most)
    .map((candidate) => ({ candidate, edits: distance(word, candidate) }))
    .filter(({ edits }) => edits <= most)
    .toSorted((a, b) => a.edits - b.edits);
  return best?.candidate;
}

/** Letters to insert, delete or replace (Levenshtein), row by row. */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (const [index, letter] of [...from].entries()) {
    let before = index + 1;
    const next = [before];
    for (let column = 1; column <= to.length; column += 1) {
      const replaced = (row[column - 1] ?? 0) + (letter === to[column - 1] ? 0 : 1);
      before = Math.min(replaced, before + 1, (row[column] ?? 0) + 1);
      next.push(before);
    }
    row = next;
  }
  return row[to.length] ?? 0;
}
