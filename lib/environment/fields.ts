/** What a value holds, where it is an object; the files are not trusted to have been type-checked. */
export function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
