/** The keys of a table, in the order of the table. */
export function keysOf<Key extends string>(table: { readonly [One in Key]: unknown }): readonly Key[] {
  const keys: Key[] = [];
  for (const key in table) keys.push(key);
  return keys;
}

/** A table with the same keys. */
function mapTable<Key extends string, T>(
  table: { readonly [One in Key]: unknown },
  make: (key: Key) => T,
): { readonly [One in Key]: T } {
  // Entries as lists, not as pairs: then the library's own type declares the result as `any`.
  const entries: readonly (readonly unknown[])[] = keysOf(table).map((key) => [key, make(key)]);
  return Object.fromEntries(entries);
}

/** How often the members contain each key of a table, zeros included. */
export function countBy<Key extends string>(
  table: { readonly [One in Key]: unknown },
  members: readonly Key[],
): { readonly [One in Key]: number } {
  const counts = new Map<Key, number>();
  for (const member of members) counts.set(member, (counts.get(member) ?? 0) + 1);
  return mapTable(table, (key) => counts.get(key) ?? 0);
}
