import { describeRange, type Range } from '../lambda/connection/range';
import { didYouMean } from '../lambda/policy/nearest';

/** One option of the command line: how it is written, what it is for, and how its value is read. */
export interface Option<T> {
  readonly name: string;
  readonly short?: string;
  /** The name of the value in a usage; `undefined` for a switch, which takes no value. */
  readonly placeholder: string | undefined;
  readonly help: string;
  /**
   * Whether the option can be given several times.
   * @default no
   */
  readonly isRepeatable?: boolean;
  /** `given`: each value in order; empty if the option is absent. A missing value is an empty text. */
  readonly read: (given: readonly string[]) => Reading<T>;
}

export type Reading<T> = { readonly value: T } | { readonly problem: string };

/** The options of a command, each under the name that the command uses for its value. */
export type OptionsOf<Values> = { readonly [Key in keyof Values]: Option<Values[Key]> };
export type ValuesOf<Options> = Options extends OptionsOf<infer Values> ? Readonly<Values> : never;

interface Wording {
  readonly name: string;
  readonly placeholder: string;
  readonly help: string;
}

export function text(wording: Wording): Option<string | undefined> {
  return { ...wording, read: readText };
}

/** One or several values, each after its own option; none if the option is absent. */
export function texts(wording: Wording): Option<readonly string[]> {
  return {
    ...wording,
    isRepeatable: true,
    read: (given) => (given.includes('') ? MISSING : { value: given }),
  };
}

export function wholeNumber(range: Range, wording: Wording): Option<number | undefined> {
  return {
    ...wording,
    read: (given) => {
      const found = readText(given);
      if ('problem' in found) return found;
      if (found.value === undefined) return { value: undefined };
      const value = /^\d{1,9}$/.test(found.value) ? Number(found.value) : undefined;
      return value !== undefined && value >= range.least && value <= range.most
        ? { value }
        : { problem: `expected ${describeRange(range)}, got '${found.value}'` };
    },
  };
}

/** The first value is the default. */
export function oneOf<T extends string>(known: readonly [T, ...T[]], wording: Wording): Option<T> {
  const [fallback] = known;
  return {
    ...wording,
    help: `${wording.help}: ${listOf(known)} (default: ${fallback})`,
    read: (given) => {
      const found = readText(given);
      if ('problem' in found) return found;
      return found.value === undefined ? { value: fallback } : readOneOf(known, found.value);
    },
  };
}

/** Like `oneOf`, without a default. */
export function oneOfIfGiven<T extends string>(known: readonly T[], wording: Wording): Option<T | undefined> {
  return {
    ...wording,
    help: `${wording.help}: ${listOf(known)}`,
    read: (given) => {
      const found = readText(given);
      if ('problem' in found) return found;
      return found.value === undefined ? { value: undefined } : readOneOf(known, found.value);
    },
  };
}

export function toggle(wording: Omit<Wording, 'placeholder'> & { readonly short?: string }): Option<boolean> {
  return { ...wording, placeholder: undefined, read: ([given]) => ({ value: given !== undefined }) };
}

/** Several values, separated by commas; none if the option is absent. */
export function list(wording: Wording): Option<readonly string[]> {
  return {
    ...wording,
    read: ([given]) => (given === undefined ? { value: [] } : readList([given])),
  };
}

/** Like `list`, for an option that can also be given several times. */
export function lists(wording: Wording): Option<readonly string[]> {
  return { ...wording, isRepeatable: true, read: readList };
}

const MISSING = { problem: 'expected a value' } as const;

function readText([given]: readonly string[]): Reading<string | undefined> {
  return given === undefined ? { value: undefined } : readPresent(given);
}

function readPresent(given: string): Reading<string> {
  return given === '' ? MISSING : { value: given };
}

function readList(given: readonly string[]): Reading<readonly string[]> {
  const values = given.flatMap((text) => text.split(',')).map((value) => value.trim());
  return values.includes('') ? { problem: 'expected a value between the commas' } : { value: values };
}

function readOneOf<T extends string>(known: readonly T[], given: string): Reading<T> {
  const value = known.find((one) => one === given);
  if (value !== undefined) return { value };
  return { problem: `expected ${listOf(known)}, got '${given}'${didYouMean(given, known)}` };
}

/** `a, b or c` */
function listOf(known: readonly string[]): string {
  return [known.slice(0, -1).join(', '), known.at(-1)].filter((part) => part).join(' or ');
}
