/** A value that an API takes from a list. The CLI sends any other as well, and the service refuses it; so does this. */
export function memberOf<T extends string>(values: { readonly [name: string]: T }, value?: string): T | undefined {
  const known = Object.values(values).find((each) => each === value);
  return value === undefined ? undefined : (known ?? JSON.parse(JSON.stringify(value)));
}
