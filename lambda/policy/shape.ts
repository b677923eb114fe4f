import type * as z from 'zod';
import { type Problem, pathOf, show } from './problem';
import { policySchema } from './schema';

/** What in a value has not the shape of a policy: every bad value, missing or unknown key, each once. */
export function findBadValues(value: unknown): Problem[] {
  const parsed = policySchema.safeParse(value);
  if (parsed.success) return [];
  const problems = parsed.error.issues
    .flatMap((issue) => flatten(issue, [], value))
    .map(({ keys, key, allowed }): Problem => {
      const found = lookUp(value, keys);
      const unknownKey = key !== undefined;
      return {
        severity: 'error',
        code: unknownKey ? 'UNKNOWN_KEY' : 'BAD_VALUE',
        path: pathOf(unknownKey ? [...keys, key] : keys),
        message: unknownKey ? 'unknown key' : found === undefined ? 'missing' : 'bad value',
        found: unknownKey ? show(key) : show(found),
        allowed,
      };
    });
  return [...new Map(problems.map((problem) => [`${problem.path} ${problem.allowed}`, problem])).values()];
}

interface Fault {
  readonly keys: readonly PropertyKey[];
  /** An unknown key of the object at `keys`. */
  readonly key?: string;
  readonly allowed: string;
}

function flatten(issue: z.core.$ZodIssue, before: readonly PropertyKey[], root: unknown): Fault[] {
  const keys = [...before, ...issue.path];
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => ({ keys, key, allowed: issue.message }));
  // A union here is "one, or a list": where a list was given, its bad elements are what is wrong.
  const ofList = issue.code === 'invalid_union' && Array.isArray(lookUp(root, keys)) ? issue.errors.at(-1) : undefined;
  if (ofList !== undefined) return ofList.flatMap((inner) => flatten(inner, keys, root));
  return [{ keys, allowed: issue.message }];
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
