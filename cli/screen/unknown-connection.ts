import { didYouMean } from '../../lambda/policy/nearest';
import { makeHarmless } from '../../lambda/report/text/harmless';

/** A name or id that no connection has, in quotes, with the name that is probably meant. Anyone can choose the name of a connection. */
export function quoteUnknown(
  wanted: string,
  connections: readonly { readonly id: string; readonly name: string }[],
): string {
  const known = connections.flatMap(({ id, name }) => [name, id]);
  const write = (name: string): string => `'${makeHarmless(name)}'`;
  return `${write(wanted)}${didYouMean(wanted, known, { write })}`;
}
