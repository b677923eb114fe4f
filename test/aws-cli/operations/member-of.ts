/** A value from the list of an API. Like the CLI, this function also passes on any other value, and the service refuses it. */
export function memberOf<T extends string>(values: { readonly [name: string]: T }, value?: string): T | undefined {
  const known = Object.values(values).find((each) => each === value);
  return value === undefined ? undefined : (known ?? JSON.parse(JSON.stringify(value)));
}
