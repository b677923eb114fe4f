import { isObject, type Json, type JsonObject } from '../json';
import { whyNotComparable } from './not-comparable';

/** The differences between two sides of one connection: texts with names of keys, but never with values. */
export interface Comparison {
  readonly keys: readonly string[];
  readonly values: readonly string[];
  /** The reason for each value that was compared only by its type. */
  readonly byType: readonly string[];
}

/** Compares every key at the top level and in the options. `sent`: the options of the last write of this connection. */
export function compareConnections(recorded: JsonObject, mine: JsonObject, sent: JsonObject): Comparison {
  const theirs = flat(recorded);
  const ours = flat(mine);
  const keys: string[] = [];
  const values: string[] = [];
  const byType: string[] = [];
  for (const path of theirs.keys()) if (!ours.has(path)) keys.push(`${path} is missing here`);
  for (const path of ours.keys()) if (!theirs.has(path)) keys.push(`${path} is only here`);
  for (const [path, value] of theirs) {
    const other = ours.get(path);
    if (other === undefined) continue;
    const reason = whyNotComparable(path, recorded.strategy, sent);
    if (reason !== undefined) byType.push(reason);
    if (reason !== undefined && kind(value) === kind(other)) continue;
    const differing = differingPath(value, other, path);
    if (differing !== undefined) values.push(`${differing} has another value`);
  }
  return { keys, values, byType };
}

/** Compares refusals. The text of a refusal contains no value of a connection, but is still not repeated. */
export function compareRefusals(recorded: JsonObject, mine: JsonObject): string[] {
  return ['error', 'errorCode', 'message']
    .filter((key) => recorded[key] !== mine[key])
    .map((key) => `${key} has another value`);
}

/** Objects whose keys are compared one by one. */
const OPENED = ['options', 'options.configuration'];

/** Each key by its path. An object with compared keys is also listed itself: an empty object on only one side is a difference. */
function flat(object: JsonObject, prefix = ''): Map<string, Json> {
  const found = new Map<string, Json>();
  for (const [key, value] of Object.entries(object)) {
    const path = `${prefix}${key}`;
    const opened = OPENED.includes(path) && isObject(value);
    found.set(path, opened ? {} : value);
    if (opened) for (const [inner, below] of flat(value, `${path}.`)) found.set(inner, below);
  }
  return found;
}

/** The path of the first difference of two values, or undefined. Lists are compared in order, objects regardless of the order of their keys. */
function differingPath(left: Json | undefined, right: Json | undefined, path: string): string | undefined {
  if (isObject(left) && isObject(right)) {
    for (const key of new Set([...Object.keys(left), ...Object.keys(right)])) {
      const inner = differingPath(left[key], right[key], `${path}.${key}`);
      if (inner !== undefined) return inner;
    }
    return undefined;
  }
  if (Array.isArray(left) && Array.isArray(right)) {
    const same =
      left.length === right.length && left.every((value, i) => differingPath(value, right[i], '') === undefined);
    return same ? undefined : path;
  }
  return left === right ? undefined : path;
}

function kind(value: Json): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'list' : typeof value;
}
