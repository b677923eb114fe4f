/**
 * The text of `JSON.stringify(value)` in pieces, so that a large text is never whole in memory. The members and entries
 * of the outermost `levels` come one by one; each deeper value is one piece. For plain data without `toJSON`.
 */
export function* piecesOfJson(value: unknown, levels: number): Generator<string> {
  if (levels === 0 || typeof value !== 'object' || value === null) {
    // A value without a JSON form is `null` in a list.
    yield JSON.stringify(value) ?? 'null';
    return;
  }
  if (Array.isArray(value)) {
    let before = '[';
    for (const entry of value) {
      yield before;
      yield* piecesOfJson(entry, levels - 1);
      before = ',';
    }
    yield before === ',' ? ']' : '[]';
    return;
  }
  let before = '{';
  for (const [key, member] of Object.entries(value)) {
    if (member === undefined) continue;
    yield `${before}${JSON.stringify(key)}:`;
    yield* piecesOfJson(member, levels - 1);
    before = ',';
  }
  yield before === ',' ? '}' : '{}';
}
