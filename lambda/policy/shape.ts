import type * as z from 'zod';
import { ONCE } from '../connection/once';
import { type PolicyProblemCode, type Problem, pathOf, policyProblem, show } from './problem';

/**
 * The deviations of a value from a schema: every bad value, missing key or unknown key, each one time. A check in the
 * schema can name its own problem: `params: { code, message }` of a custom issue.
 */
export function findBadValues(schema: z.ZodType, value: unknown, whole: string): Problem[] {
  const { error } = schema.safeParse(value, ONCE);
  const issues = error?.issues ?? [];
  const problems = issues.flatMap((issue) => flatten(issue, [], value)).map(toProblem(value, whole));
  const found = [...new Map(problems.map((problem) => [`${problem.path} ${problem.allowed}`, problem])).values()];
  return [...found, ...findDropped(value, found, whole)];
}

/** Zod drops this key of a record without an issue: a condition in the file would be missing. */
const DROPPED = '__proto__';

function findDropped(value: unknown, found: readonly Problem[], whole: string): Problem[] {
  return holdersOf(value, [], new Set())
    .map((keys) => ({ holder: pathOf(keys, whole), path: pathOf([...keys, DROPPED], whole) }))
    .filter(({ holder, path }) => !found.some((problem) => problem.path === holder || problem.path === path))
    .map(({ path }) =>
      policyProblem(BAD_VALUE, path, { message: 'bad key', found: show(DROPPED), allowed: 'any other key' }),
    );
}

/** The paths of the objects with this key, at any depth. */
function holdersOf(value: unknown, keys: readonly PropertyKey[], seen: Set<object>): (readonly PropertyKey[])[] {
  if (typeof value !== 'object' || value === null || seen.has(value)) return [];
  seen.add(value);
  const members: readonly (readonly [PropertyKey, unknown])[] = Array.isArray(value)
    ? [...value.entries()]
    : Object.entries(value);
  const below = members.flatMap(([key, member]) => holdersOf(member, [...keys, key], seen));
  return Object.hasOwn(value, DROPPED) ? [keys, ...below] : below;
}

interface Fault {
  readonly code: string;
  readonly message: string | undefined;
  readonly keys: readonly PropertyKey[];
  /** An unknown key of the object at `keys`. */
  readonly key?: string;
  readonly allowed: string;
}

const UNKNOWN_KEY: PolicyProblemCode = 'UNKNOWN_KEY';
const BAD_VALUE: PolicyProblemCode = 'BAD_VALUE';

function flatten(issue: z.core.$ZodIssue, before: readonly PropertyKey[], root: unknown): Fault[] {
  const keys = [...before, ...issue.path];
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ code: UNKNOWN_KEY, message: 'unknown key', keys, key, allowed: issue.message }));
  }
  // A union here is "one value, or a list". If a list is given, its bad elements are the problem.
  const ofList = issue.code === 'invalid_union' && Array.isArray(lookUp(root, keys)) ? issue.errors.at(-1) : undefined;
  if (ofList !== undefined) return ofList.flatMap((inner) => flatten(inner, keys, root));
  const { code = BAD_VALUE, message } = issue.code === 'custom' ? (issue.params ?? {}) : {};
  return [{ code, message, keys, allowed: issue.message }];
}

function toProblem(root: unknown, whole: string): (fault: Fault) => Problem {
  return ({ code, message, keys, key, allowed }) => {
    const found = key ?? lookUp(root, keys);
    return {
      severity: 'error',
      code,
      path: pathOf(key === undefined ? keys : [...keys, key], whole),
      message: message ?? (found === undefined ? 'missing' : 'bad value'),
      found: show(found),
      allowed,
    };
  };
}

function lookUp(root: unknown, keys: readonly PropertyKey[]): unknown {
  return keys.reduce<unknown>(
    (at, key) =>
      typeof at === 'object' && at !== null && Object.hasOwn(at, key)
        ? Object.getOwnPropertyDescriptor(at, key)?.value
        : undefined,
    root,
  );
}
