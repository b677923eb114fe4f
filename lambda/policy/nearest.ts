const MOST_EDITS = 2;
/** The minimum number of letters to identify a word by its beginning. */
const LEAST_BEGINNING = 3;

/**
 * The known word that is probably meant, regardless of upper and lower case: the closest word, at most two edits away
 * and at most one edit for each three letters; otherwise the only known word with this beginning.
 */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const typed = word.toLowerCase();
  const most = Math.min(MOST_EDITS, Math.floor(typed.length / 3));
  const [best] = known
    .filter((candidate) => Math.abs(candidate.length - typed.length) <= most)
    .map((candidate) => ({ candidate, edits: distance(typed, candidate.toLowerCase()) }))
    .filter(({ edits }) => edits <= most)
    .toSorted((a, b) => a.edits - b.edits);
  return best?.candidate ?? onlyBeginning(typed, known);
}

/** The suggestion that is added to a message about an unknown word; `otherwise`: the text if no word is close. */
export function didYouMean(
  word: string,
  known: readonly string[],
  { write = (name) => name, otherwise = '' }: { write?: (name: string) => string; otherwise?: string } = {},
): string {
  const meant = nearest(word, known);
  return meant === undefined ? otherwise : `; did you mean ${write(meant)}?`;
}

function onlyBeginning(typed: string, known: readonly string[]): string | undefined {
  if (typed.length < LEAST_BEGINNING) return undefined;
  const [first, ...others] = new Set(known.filter((candidate) => candidate.toLowerCase().startsWith(typed)));
  return others.length === 0 ? first : undefined;
}

/** The number of letters to insert, delete, replace, or exchange with the next letter (optimal string alignment). */
function distance(from: string, to: string): number {
  let before: readonly number[] = [];
  let row = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let index = 0; index < from.length; index += 1) {
    const next = [index + 1];
    for (let column = 1; column <= to.length; column += 1) {
      const replaced = (row[column - 1] ?? 0) + (from[index] === to[column - 1] ? 0 : 1);
      const isExchanged = from[index] === to[column - 2] && from[index - 1] === to[column - 1];
      const exchanged = isExchanged ? (before[column - 2] ?? 0) + 1 : replaced;
      next.push(Math.min(replaced, exchanged, (next[column - 1] ?? 0) + 1, (row[column] ?? 0) + 1));
    }
    before = row;
    row = next;
  }
  return row[to.length] ?? 0;
}
