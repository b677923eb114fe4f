/** Makes a forgotten case a compile error. Never throws at run time: a report must always be written. */
export function unreachable(value: never): string {
  return String(value);
}
