/** Makes a forgotten case a compile error, and never throws over one at run time: a report must always come out. */
export function unreachable(value: never): string {
  return String(value);
}
