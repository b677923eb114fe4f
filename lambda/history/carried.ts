import { isObject } from '../connection/own-entry';

/** Members of a JSON object that this auditor does not know. */
export type Unknown = Readonly<Record<string, unknown>>;

/**
 * Members that a later version of the auditor wrote into the state and this version does not know. They are written
 * back unchanged. The members of a deleted entry are not written back.
 */
export interface Carried {
  /** Top-level members of the file that this auditor does not know. */
  readonly file: Unknown;
  /** Other controls, complete. */
  readonly controls: Unknown;
  /** Unknown members of the control of this auditor. */
  readonly control: Unknown;
  /** Unknown members of entries, by connection id; only entries that have unknown members. */
  readonly findings: Readonly<Record<string, Unknown>>;
  readonly resolved: Readonly<Record<string, Unknown>>;
  readonly holds: Readonly<Record<string, Unknown>>;
  readonly refusals: Readonly<Record<string, Unknown>>;
  /** Unknown members of trend points, by run id. */
  readonly trend: Readonly<Record<string, Unknown>>;
  /** Unknown members of runs, by run id. */
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

/** The members of an object whose keys are not in `known`. */
export function unknownIn(value: Unknown, known: readonly string[]): Unknown {
  return Object.fromEntries(Object.entries(value).filter(([key]) => !known.includes(key)));
}

/** The unknown members of each entry. An entry without unknown members is omitted. */
export function unknownInEach(entries: unknown, known: readonly string[]): Readonly<Record<string, Unknown>> {
  const rests = Object.entries(asObject(entries)).flatMap(([key, entry]) =>
    Object.keys(asObject(entry)).every((member) => known.includes(member))
      ? []
      : [[key, unknownIn(asObject(entry), known)] as const],
  );
  return Object.fromEntries(rests);
}

/** Parsed JSON as an object; an empty object if the value is not an object. */
export function asObject(value: unknown): Unknown {
  return isObject(value) ? value : {};
}

/** No version nests deeper. A value that nests deeper could be read but not written again. */
const DEEPEST = 100;

/** Whether a value nests objects and lists too deep to be written again. */
export function isTooDeep(value: unknown, levels = DEEPEST): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((member) => isTooDeep(member, levels - 1));
}
