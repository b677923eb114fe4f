import { isObject } from '../connection/own-entry';

/** Members of a JSON object that this auditor does not know. */
export type Unknown = Readonly<Record<string, unknown>>;

/**
 * What a later version of the auditor wrote into the state and this one does not know. It is written back as it was
 * read; of an entry that is gone, nothing is.
 */
export interface Carried {
  /** Of the file, beside what this auditor knows. */
  readonly file: Unknown;
  /** Other controls, whole. */
  readonly controls: Unknown;
  /** Of the control of this auditor. */
  readonly control: Unknown;
  /** Of entries, by connection id; only of those that have some. */
  readonly findings: Readonly<Record<string, Unknown>>;
  readonly resolved: Readonly<Record<string, Unknown>>;
  readonly holds: Readonly<Record<string, Unknown>>;
  readonly refusals: Readonly<Record<string, Unknown>>;
  /** Of points of the trend, by run id. */
  readonly trend: Readonly<Record<string, Unknown>>;
  /** Of runs, by run id. */
  readonly runs: Readonly<Record<string, Unknown>>;
}

export const NOTHING_CARRIED: Carried = {
  file: {},
  controls: {},
  control: {},
  findings: {},
  resolved: {},
  holds: {},
  refusals: {},
  trend: {},
  runs: {},
};

/** The members of an object beside those that are known. */
export function unknownIn(value: Unknown, known: readonly string[]): Unknown {
  return Object.fromEntries(Object.entries(value).filter(([key]) => !known.includes(key)));
}

/** The unknown members of each entry. An entry without unknown members is left out. */
export function unknownInEach(entries: unknown, known: readonly string[]): Readonly<Record<string, Unknown>> {
  const rests = Object.entries(asObject(entries)).flatMap(([key, entry]) =>
    Object.keys(asObject(entry)).every((member) => known.includes(member))
      ? []
      : [[key, unknownIn(asObject(entry), known)] as const],
  );
  return Object.fromEntries(rests);
}

/** Parsed JSON as an object, empty where it is none. */
export function asObject(value: unknown): Unknown {
  return isObject(value) ? value : {};
}

/** Deeper than any version nests; what is deeper could be read, and not written again. */
const DEEPEST = 100;

/** Whether a value nests objects and lists deeper than they can be written again. */
export function isTooDeep(value: unknown, levels = DEEPEST): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((member) => isTooDeep(member, levels - 1));
}
