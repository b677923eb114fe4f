import { usageFailure } from './failure';
import { Given } from './given';
import { loadValue } from './load-value';
import { GLOBAL_OPTIONS, type Operation, type Option, type Service } from './operation';
import { SERVICES } from './operations/table';
import { readWords } from './read-words';

export interface Command {
  readonly service: string;
  readonly name: string;
  readonly operation: Operation;
  readonly given: Given;
}

/** Parses a command line that the shell has split into words. Throws `Failure`. */
export async function parse(words: readonly string[]): Promise<Command> {
  const [service, name] = readWords(words, GLOBAL_OPTIONS).positional;
  const operation = await findOperation(service, name);
  const options: { readonly [name: string]: Option } = { ...GLOBAL_OPTIONS, ...operation.options };
  const { values, positional, unknown } = readWords(words, options);
  const places = operation.positional ?? [];
  const [, , ...placed] = positional;
  const missing = [
    ...places.slice(placed.length),
    ...Object.entries(operation.options).flatMap(([each, { isRequired }]) =>
      isRequired && !values.has(each) ? [`--${each}`] : [],
    ),
  ];
  if (missing.length > 0) {
    throw usageFailure(`aws: error: the following arguments are required: ${missing.join(', ')}`);
  }
  const strangers = [...unknown, ...placed.slice(places.length)];
  if (strangers.length > 0) throw usageFailure(`Unknown options: ${strangers.join(', ')}`);

  const isRaw = values.get('cli-binary-format') === 'raw-in-base64-out';
  const given = new Map(
    [...values].map(([each, value]) => [each, loadValue(each, value, { kind: options[each]?.kind, isRaw })]),
  );
  places.forEach((place, index) => {
    given.set(place, placed[index] ?? '');
  });
  return { service: service ?? '', name: name ?? '', operation, given: new Given(given) };
}

async function findOperation(service: string | undefined, name: string | undefined): Promise<Operation> {
  const services = new Map<string, () => Promise<Service>>(Object.entries(SERVICES));
  const load = services.get(service ?? '');
  if (load === undefined) throw invalidChoice('command', service, [...services.keys()]);
  const operations = await load();
  const operation = new Map(Object.entries(operations)).get(name ?? '');
  if (operation === undefined) throw invalidChoice('operation', name, Object.keys(operations));
  return operation;
}

function invalidChoice(argument: string, word: string | undefined, choices: readonly string[]) {
  if (word === undefined) return usageFailure(`aws: error: the following arguments are required: ${argument}`);
  const known = `The stand-in supports only ${choices.join(', ')}.`;
  return usageFailure(`aws: error: argument ${argument}: Found invalid choice '${word}'\n\n${known}`);
}
